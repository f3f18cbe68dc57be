#include "server/accounts/sharing.hpp"

#include "server/accounts/password.hpp"
#include "server/base/utf8.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <sodium.h>

namespace heliograph::accounts {
namespace {

using catalog::FiledShare;
using catalog::Share;
using catalog::ShareKind;

// One sentence for every reason: whoever guesses learns nothing from it.
Error leads_nowhere() {
  return {ErrorKind::not_found,
          "this link leads nowhere, or not any more; ask whoever sent it for a new one"};
}

bool has_control(std::string_view text) {
  return std::ranges::any_of(text, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7f;
  });
}

// HMAC-SHA256, keyed with the password's hash, which nobody knows who has not the catalog.
std::string proof_of(const Share& share, std::string_view text) {
  const std::string key = share.password_hash.value_or("");
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, reinterpret_cast<const unsigned char*>(key.data()), key.size());
  crypto_auth_hmacsha256_update(&state, reinterpret_cast<const unsigned char*>(text.data()), text.size());
  Sha256Digest proof{};
  crypto_auth_hmacsha256_final(&state, proof.data());
  return to_hex(proof);
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

// For the audit log.
std::string subject_of(const FiledShare& filed) {
  const std::string what = std::string(catalog::to_string(filed.share.kind)) + " of " + filed.camera_name;
  return filed.share.name.empty() ? what : filed.share.name + " (" + what + ")";
}

bool may_end(const Visitor& visitor, const Share& share) {
  return visitor.may(Right::administer, share.camera) ||
         (visitor.may(Right::operate, share.camera) && share.person == visitor.person);
}

}  // namespace

bool is_open(const FiledShare& filed, Timestamp now, bool login) {
  const Share& share = filed.share;
  if (filed.camera_removed) return false;
  if (share.expires_at && *share.expires_at <= now) return false;
  // Whoever came made it, before anybody had to sign in: it holds while that is so.
  if (!share.person) return !login;
  return filed.person_role && *filed.person_role >= catalog::Role::operator_role;
}

bool covers(const Share& share, const catalog::Image& image, std::span<const catalog::Image> newest,
            Timestamp now) {
  if (image.camera != share.camera) return false;
  switch (share.kind) {
    case ShareKind::image:
      return image.id == share.image;
    case ShareKind::day:
      return share.begins_at && share.ends_at && image.captured_at >= *share.begins_at &&
             image.captured_at < *share.ends_at;
    case ShareKind::camera:
      return true;
    case ShareKind::live:
      break;
  }
  if (newest.empty()) return false;
  if (image.id == newest[0].id) return true;
  return newest.size() > 1 && image.id == newest[1].id && now - newest[0].received_at <= live_grace;
}

Result<void> check_share(const Share& share, Timestamp now) {
  if (share.name.size() > max_name_length || has_control(share.name)) {
    return Error{ErrorKind::bad_request, "a share's name has " + std::to_string(max_name_length) +
                                             " bytes at most, and no control characters"};
  }
  if (share.expires_at && *share.expires_at <= now) {
    return Error{ErrorKind::bad_request, "a share's end lies in the future, or there is none"};
  }
  const bool is_day = share.kind == ShareKind::day;
  if ((share.kind == ShareKind::image) != share.image.has_value() || is_day != share.begins_at.has_value() ||
      is_day != share.ends_at.has_value()) {
    return Error{
        ErrorKind::bad_request,
        "a share of an image has `image`, one of a day has `camera`, `from` and `to`, and others have "
        "`camera` only"};
  }
  if (is_day &&
      (*share.ends_at <= *share.begins_at || *share.ends_at - *share.begins_at > longest_shared_day)) {
    return Error{ErrorKind::bad_request, "a day ends after it begins, and has " +
                                             std::to_string(longest_shared_day.count()) + " hours at most"};
  }
  return {};
}

Result<void> check_share_password(std::string_view password) {
  if (password.size() >= min_share_password_length && password.size() <= max_password_length) return {};
  return Error{ErrorKind::bad_request, "a share's password has " + std::to_string(min_share_password_length) +
                                           " to " + std::to_string(max_password_length) + " bytes"};
}

Result<NewShare> add_share(catalog::Catalog& catalog, Tools tools, const Actor& actor, Share share) {
  share.id = tools.ids.next<ShareId>();
  share.created_at = tools.clock.now();
  if (auto good = check_share(share, share.created_at); !good) return good.error();
  catalog::Shares shares(catalog);
  const auto others = shares.all();
  if (!others) return others.error();
  const auto own = std::ranges::count_if(
      *others, [&](const FiledShare& other) { return other.share.person == share.person; });
  if (others->size() >= max_shares || static_cast<std::size_t>(own) >= max_shares_of_person) {
    return Error{ErrorKind::conflict, "there are shares enough (" + std::to_string(max_shares_of_person) +
                                          " of one person, " + std::to_string(max_shares) +
                                          " in all); end some that nobody needs"};
  }
  std::string token = make_token(token_prefix::share);
  if (auto added = shares.add(share, token_hash(token)); !added) return added.error();
  auto filed = shares.by_id(share.id);
  if (!filed) return filed.error();
  if (auto noted = note(catalog, tools, actor, "share-made", subject_of(*filed)); !noted)
    return noted.error();
  return NewShare{std::move(*filed), std::move(token)};
}

Result<std::vector<FiledShare>> shares_of(catalog::Catalog& catalog, const Visitor& visitor) {
  auto shares = catalog::Shares(catalog).all();
  if (!shares) return shares;
  std::erase_if(*shares, [&](const FiledShare& filed) { return !may_end(visitor, filed.share); });
  return shares;
}

Result<void> remove_share(catalog::Catalog& catalog, Tools tools, const Actor& actor, const Visitor& visitor,
                          ShareId id) {
  catalog::Shares shares(catalog);
  const auto filed = shares.by_id(id);
  if (!filed) return filed.error();
  if (!may_end(visitor, filed->share)) {
    if (visitor.may(Right::view, filed->share.camera)) {
      return Error{ErrorKind::forbidden,
                   "this share is somebody else's; whoever administers its camera may end it"};
    }
    return Error{ErrorKind::not_found, "there is no share " + to_string(id)};
  }
  if (auto removed = shares.remove(id); !removed) return removed;
  return note(catalog, tools, actor, "share-ended", subject_of(*filed));
}

Result<FiledShare> share_by_token(catalog::Catalog& catalog, const Clock& clock, bool login,
                                  std::string_view token) {
  if (!token_well_formed(token_prefix::share, token)) return leads_nowhere();
  auto filed = catalog::Shares(catalog).by_token(token_hash(token));
  if (!filed && filed.error().kind != ErrorKind::not_found) return filed.error();
  if (!filed || !is_open(*filed, clock.now(), login)) return leads_nowhere();
  return filed;
}

std::string make_opening(const Share& share, std::string_view token, Timestamp now) {
  std::string text(token);
  text.append(".").append(std::to_string(to_ms(now + opening_life)));
  const std::string proof = proof_of(share, text);
  return text.append(".").append(proof);
}

Result<FiledShare> share_by_opening(catalog::Catalog& catalog, const Clock& clock, bool login, ShareId id,
                                    std::string_view opening) {
  const auto first_dot = opening.find('.');
  const auto last_dot = opening.rfind('.');
  if (first_dot == std::string_view::npos || first_dot == last_dot) return leads_nowhere();
  const std::string_view until = opening.substr(first_dot + 1, last_dot - first_dot - 1);
  std::int64_t until_ms = 0;
  const auto [end, failed] = std::from_chars(until.data(), until.data() + until.size(), until_ms);
  if (failed != std::errc{} || end != until.data() + until.size()) return leads_nowhere();
  if (until_ms <= to_ms(clock.now())) return leads_nowhere();
  auto filed = share_by_token(catalog, clock, login, opening.substr(0, first_dot));
  if (!filed) return filed;
  const std::string proof = proof_of(filed->share, opening.substr(0, last_dot));
  if (filed->share.id != id || !equal_in_constant_time(opening.substr(last_dot + 1), proof))
    return leads_nowhere();
  return filed;
}

}  // namespace heliograph::accounts
