#include "server/cameras/cameras.hpp"

#include "server/base/token.hpp"
#include "server/catalog/groups.hpp"
#include "server/store/names.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace heliograph::cameras {
namespace {

// Cameras whose names give the same folder; beyond this somebody is doing something else.
constexpr int max_folder_twins = 1000;

Result<void> check_name(std::string_view name) {
  if (name.empty() || name.size() > max_name_length) {
    return Error{ErrorKind::bad_request, "a camera's name has 1 to " + std::to_string(max_name_length) +
                                             " bytes; this one has " + std::to_string(name.size())};
  }
  const bool printable = std::all_of(name.begin(), name.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x20 && byte != 0x7f;
  });
  if (!printable || name.front() == ' ' || name.back() == ' ') {
    return Error{ErrorKind::bad_request,
                 "a camera's name has no control characters, and no space at its beginning or end"};
  }
  return {};
}

// The prefix may be left off: some cameras have a field of 39 characters for their key.
std::string whole_key(std::string_view key) {
  return std::string(key.starts_with(token_prefix::camera_key) ? "" : token_prefix::camera_key) +
         std::string(key);
}

using Folders = std::set<std::string>;

// `taken`: by cameras that are in no catalog yet.
Result<std::string> free_folder(catalog::Catalog& catalog, const Folders& taken, std::string_view name) {
  const std::string wanted = store::folder_from_name(name);
  for (int twin = 1; twin <= max_folder_twins; ++twin) {
    std::string folder = twin == 1 ? wanted : wanted + "-" + std::to_string(twin);
    if (taken.contains(folder)) continue;
    const auto known = catalog.camera_by_folder(folder);
    if (!known && known.error().kind == ErrorKind::not_found) return folder;
    if (!known) return known.error();
  }
  return Error{ErrorKind::conflict, "too many cameras are called like " + std::string(name)};
}

Result<catalog::Camera> camera_beside(catalog::Catalog& catalog, const Folders& taken, IdSource& ids,
                                      const Clock& clock, std::string_view name) {
  if (auto checked = check_name(name); !checked) return checked.error();
  auto folder = free_folder(catalog, taken, name);
  if (!folder) return folder.error();
  return catalog::Camera{ids.next<CameraId>(), std::string(name), std::move(*folder), clock.now()};
}

// By their names.
Result<std::map<std::string, GroupId>> groups_by_name(catalog::Catalog& catalog) {
  const auto groups = catalog::Groups(catalog).all();
  if (!groups) return groups.error();
  std::map<std::string, GroupId> by_name;
  for (const catalog::Group& group : *groups) by_name.emplace(group.name, group.id);
  return by_name;
}

Error unknown_key() {
  return {ErrorKind::unauthorized,
          "this key is not known here; `heliograph camera rotate-key NAME` makes a new one"};
}

}  // namespace

Result<catalog::Camera> new_camera(catalog::Catalog& catalog, IdSource& ids, const Clock& clock,
                                   std::string_view name) {
  return camera_beside(catalog, {}, ids, clock, name);
}

Result<std::vector<FleetKey>> enrol_fleet(catalog::Catalog& catalog, IdSource& ids, const Clock& clock,
                                          std::span<const FleetRow> rows) {
  const auto groups = groups_by_name(catalog);
  if (!groups) return groups.error();
  std::vector<catalog::KeyedCamera> cameras;
  std::vector<FleetKey> fleet;
  Folders taken;
  for (const FleetRow& row : rows) {
    const auto group = groups->find(row.group);
    if (!row.group.empty() && group == groups->end()) {
      return Error{ErrorKind::not_found, row.name + ": there is no group called " + row.group};
    }
    auto camera = camera_beside(catalog, taken, ids, clock, row.name);
    if (!camera) return Error{camera.error().kind, row.name + ": " + camera.error().detail};
    taken.insert(camera->folder);
    fleet.push_back({row, to_string(camera->id), make_token(token_prefix::camera_key)});
    cameras.push_back({std::move(*camera), token_hash(fleet.back().key),
                       row.group.empty() ? std::nullopt : std::optional(group->second)});
  }
  if (auto added = catalog.add_cameras(cameras); !added) return added.error();
  return fleet;
}

Result<Enrolled> enrol(catalog::Catalog& catalog, IdSource& ids, const Clock& clock, std::string_view name) {
  auto camera = new_camera(catalog, ids, clock, name);
  if (!camera) return camera.error();
  Enrolled enrolled{std::move(*camera), make_token(token_prefix::camera_key)};
  if (auto added = catalog.add_camera(enrolled.camera, token_hash(enrolled.key)); !added) {
    if (added.error().kind != ErrorKind::conflict) return added.error();
    return Error{ErrorKind::conflict, "there is a camera called " + std::string(name) + " already"};
  }
  return enrolled;
}

Result<void> rename(catalog::Catalog& catalog, CameraId camera, std::string_view name) {
  if (auto checked = check_name(name); !checked) return checked;
  return catalog.rename_camera(camera, name);
}

Result<Enrolled> rotate_key(catalog::Catalog& catalog, const Clock& clock, CameraId id,
                            std::chrono::seconds overlap) {
  if (overlap.count() < 0 || overlap > max_key_overlap) {
    return Error{ErrorKind::bad_request,
                 "an old key may work for " + std::to_string(max_key_overlap.count()) + " days more at most"};
  }
  auto camera = catalog.camera_by_id(id);
  if (!camera) return camera.error();
  const auto until = overlap.count() > 0 ? std::optional(clock.now() + overlap) : std::nullopt;
  Enrolled enrolled{std::move(*camera), make_token(token_prefix::camera_key)};
  if (auto set = catalog::CameraKeys(catalog).set(enrolled.camera.id, token_hash(enrolled.key), until); !set)
    return set.error();
  return enrolled;
}

bool key_well_formed(std::string_view key) {
  return token_well_formed(token_prefix::camera_key, whole_key(key));
}

std::optional<Sha256Digest> hash_of_key(std::string_view key) {
  if (!key_well_formed(key)) return std::nullopt;
  return token_hash(whole_key(key));
}

Result<catalog::KeyHolder> authenticate(catalog::Catalog& catalog, const Clock& clock, std::string_view key,
                                        bool in_clear) {
  const auto hash = hash_of_key(key);
  if (!hash) return unknown_key();
  return authenticate(catalog, clock, *hash, in_clear);
}

Result<catalog::KeyHolder> authenticate(catalog::Catalog& catalog, const Clock& clock,
                                        const Sha256Digest& key_hash, bool in_clear) {
  auto holder = catalog::CameraKeys(catalog).holder(key_hash, clock.now());
  if (!holder && holder.error().kind == ErrorKind::not_found) return unknown_key();
  if (holder && in_clear && !holder->rules.plain_http) {
    return Error{ErrorKind::forbidden,
                 "the key came over plain HTTP, where everybody on the way can read it: use https, sign the "
                 "upload, or allow it for this camera with `heliograph camera plain-http NAME on`"};
  }
  return holder;
}

Result<catalog::KeyHolder> authenticate_signature(catalog::Catalog& catalog, const Clock& clock,
                                                  const SignedClaim& claim) {
  const Error unknown{ErrorKind::unauthorized, "this is not the signature of a camera that is known here"};
  auto signer = catalog::CameraKeys(catalog).signer(claim.camera, clock.now());
  if (!signer && signer.error().kind == ErrorKind::not_found) return unknown;
  if (!signer) return signer.error();
  const bool genuine = std::ranges::any_of(signer->key_hashes, [&claim](const Sha256Digest& key_hash) {
    return equal_in_constant_time(hmac_sha256(key_hash, claim.signed_text), claim.signature);
  });
  if (!genuine) return unknown;
  return std::move(signer->holder);
}

Result<catalog::Camera> anonymous_camera(catalog::Catalog& catalog, IdSource& ids, const Clock& clock,
                                         std::string_view name) {
  auto camera = catalog.camera_by_name(name);
  if (camera || camera.error().kind != ErrorKind::not_found) return camera;
  auto enrolled = enrol(catalog, ids, clock, name);
  if (!enrolled) return enrolled.error();
  return std::move(enrolled->camera);
}

}  // namespace heliograph::cameras
