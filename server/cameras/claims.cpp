#include "server/cameras/claims.hpp"

#include "server/base/token.hpp"
#include "server/cameras/whereabouts.hpp"

#include <algorithm>
#include <cctype>

namespace heliograph::cameras {
namespace {

// 32 letters and digits that nobody takes for one another: without I, L, O and U, as Crockford has it.
constexpr std::string_view code_letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t code_length = 8;
constexpr std::size_t dash_after = 4;
// Codes that wait already are few among 2^40.
constexpr int max_tries = 3;

std::string make_code() {
  return written_code(random_text(code_letters, code_length));
}

Result<void> check_model(std::string_view model) {
  const bool printable = std::ranges::all_of(model, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x20 && byte != 0x7f;
  });
  if (printable && model.size() <= max_model_length) return {};
  return Error{ErrorKind::bad_request, "`model` has " + std::to_string(max_model_length) +
                                           " bytes at most, and no control characters"};
}

Result<void> check_room(catalog::Claims& claims, const std::string& address, Timestamp now) {
  if (auto removed = claims.remove_expired(now); !removed) return removed;
  const auto waiting = claims.waiting(now);
  if (!waiting) return waiting.error();
  const std::string network = network_of(address);
  const auto neighbours = std::ranges::count_if(
      *waiting, [&network](const catalog::Claim& claim) { return network_of(claim.address) == network; });
  if (waiting->size() < max_claims && static_cast<std::size_t>(neighbours) < max_claims_of_a_network)
    return {};
  return Error{ErrorKind::too_many, "too many cameras wait to be added", claim_life};
}

}  // namespace

std::string written_code(std::string_view typed) {
  std::string code;
  for (const char c : typed) {
    if (c == '-' || c == ' ') continue;
    if (code.size() == dash_after) code += '-';
    const char letter = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    code += letter == 'O' ? '0' : letter == 'I' || letter == 'L' ? '1' : letter;
  }
  return code;
}

Result<Announced> announce(catalog::Catalog& catalog, IdSource& ids, const Clock& clock, std::string_view key,
                           std::string_view model, const std::string& address) {
  if (!token_well_formed(token_prefix::camera_key, key)) {
    return Error{ErrorKind::unauthorized, "this is not of the form of a camera's key"};
  }
  if (auto checked = check_model(model); !checked) return checked.error();
  const Timestamp now = clock.now();
  const Sha256Digest hash = token_hash(key);
  auto holder = catalog::CameraKeys(catalog).holder(hash, now);
  if (holder) return Announced(std::move(holder->camera));
  if (holder.error().kind != ErrorKind::not_found) return holder.error();

  catalog::Claims claims(catalog);
  auto waiting = claims.by_key(hash, now);
  if (waiting) {
    waiting->expires_at = now + claim_life;
    if (auto extended = claims.extend(waiting->id, waiting->expires_at); !extended) return extended.error();
    return Announced(std::move(*waiting));
  }
  if (waiting.error().kind != ErrorKind::not_found) return waiting.error();
  if (auto room = check_room(claims, address, now); !room) return room.error();
  for (int tries = 1;; ++tries) {
    catalog::Claim claim{ids.next<ClaimId>(), make_code(), std::string(model), address, now,
                         now + claim_life};
    const auto added = claims.add(claim, hash);
    if (added) return Announced(std::move(claim));
    if (added.error().kind != ErrorKind::conflict || tries == max_tries) return added.error();
  }
}

Result<catalog::Camera> accept_claim(catalog::Catalog& catalog, IdSource& ids, const Clock& clock,
                                     std::string_view code, std::string_view name) {
  auto camera = new_camera(catalog, ids, clock, name);
  if (!camera) return camera;
  const auto accepted = catalog::Claims(catalog).accept(written_code(code), *camera, clock.now());
  if (!accepted && accepted.error().kind == ErrorKind::conflict) {
    return Error{ErrorKind::conflict, "there is a camera called " + std::string(name) + " already"};
  }
  if (!accepted) return accepted.error();
  return camera;
}

}  // namespace heliograph::cameras
