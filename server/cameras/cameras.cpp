#include "server/cameras/cameras.hpp"

#include "server/base/token.hpp"
#include "server/store/names.hpp"

#include <algorithm>

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

Result<std::string> free_folder(catalog::Catalog& catalog, std::string_view name) {
  const std::string wanted = store::folder_from_name(name);
  for (int twin = 1; twin <= max_folder_twins; ++twin) {
    std::string folder = twin == 1 ? wanted : wanted + "-" + std::to_string(twin);
    const auto taken = catalog.camera_by_folder(folder);
    if (!taken && taken.error().kind == ErrorKind::not_found) return folder;
    if (!taken) return taken.error();
  }
  return Error{ErrorKind::conflict, "too many cameras are called like " + std::string(name)};
}

}  // namespace

Result<Enrolled> enrol(catalog::Catalog& catalog, IdSource& ids, const Clock& clock, std::string_view name) {
  if (auto checked = check_name(name); !checked) return checked.error();
  auto folder = free_folder(catalog, name);
  if (!folder) return folder.error();
  Enrolled enrolled{{ids.next<CameraId>(), std::string(name), std::move(*folder), clock.now()},
                    make_token(token_prefix::camera_key)};
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
  if (auto set = catalog.set_camera_key(enrolled.camera.id, token_hash(enrolled.key), until); !set)
    return set.error();
  return enrolled;
}

Result<catalog::Camera> authenticate(catalog::Catalog& catalog, const Clock& clock, std::string_view key) {
  const Error unknown{ErrorKind::unauthorized,
                      "this key is not known here; `heliograph camera rotate-key NAME` makes a new one"};
  const std::string whole = whole_key(key);
  if (!token_well_formed(token_prefix::camera_key, whole)) return unknown;
  auto camera = catalog.camera_by_key(token_hash(whole), clock.now());
  if (!camera && camera.error().kind == ErrorKind::not_found) return unknown;
  return camera;
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
