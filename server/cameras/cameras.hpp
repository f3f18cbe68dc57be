// cameras: a camera is enrolled, proves who it is, and is well or not (health.hpp).
//
// Owns the keys' form, what may be a camera's name, and what is concluded from its pictures' times and
// numbers. Verbs on a Catalog: they run on the thread that owns it. What must not be in it: HTTP, images, how
// a key reaches its camera.
#pragma once

#include "server/base/base.hpp"
#include "server/cameras/fleet_csv.hpp"
#include "server/catalog/camera_keys.hpp"
#include "server/catalog/catalog.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace heliograph::cameras {

struct Enrolled {
  catalog::Camera camera;
  std::string key;  // shown once; only its hash is kept
};

// A camera of this name with a folder of its own, which is in no catalog yet. Errors as of enrol.
Result<catalog::Camera> new_camera(catalog::Catalog& catalog, IdSource& ids, const Clock& clock,
                                   std::string_view name);

// Bytes of UTF-8.
inline constexpr std::size_t max_name_length = 64;
// A camera that sleeps for longer is one that somebody visits.
inline constexpr std::chrono::days max_key_overlap{90};

// bad_request: the name is empty, too long, or has control characters. conflict: there is one of this name.
Result<Enrolled> enrol(catalog::Catalog& catalog, IdSource& ids, const Clock& clock, std::string_view name);

// A whole table of cameras, or none of them. bad_request, not_found (a group), conflict: naming the row.
Result<std::vector<FleetKey>> enrol_fleet(catalog::Catalog& catalog, IdSource& ids, const Clock& clock,
                                          std::span<const FleetRow> rows);

// A new name; its folder stays. not_found; errors as for a new one.
Result<void> rename(catalog::Catalog& catalog, CameraId camera, std::string_view name);

// A new key; the old one works for so long still: a camera in the field gets the new one when it next speaks.
// not_found. bad_request: longer than max_key_overlap.
Result<Enrolled> rotate_key(catalog::Catalog& catalog, const Clock& clock, CameraId id,
                            std::chrono::seconds overlap);

// What is kept of a key in its place; none: it is not of a key's form.
std::optional<Sha256Digest> hash_of_key(std::string_view key);

// Whose key is this? unauthorized, in words that do not tell a mistyped key from an unknown one. forbidden:
// it came `in_clear`, where everybody on the way could read it, and its owner did not allow that.
Result<catalog::KeyHolder> authenticate(catalog::Catalog& catalog, const Clock& clock, std::string_view key,
                                        bool in_clear);
Result<catalog::KeyHolder> authenticate(catalog::Catalog& catalog, const Clock& clock,
                                        const Sha256Digest& key_hash, bool in_clear);

// An upload that is signed, and does not show its key.
struct SignedClaim {
  CameraId camera;
  Sha256Digest signature{};
  std::string signed_text;  // protocol::write_signed_text
};
// unauthorized: it is not this camera's signature, or there is no such camera.
Result<catalog::KeyHolder> authenticate_signature(catalog::Catalog& catalog, const Clock& clock,
                                                  const SignedClaim& claim);

// Is the key of this form? It may be of no camera.
bool key_well_formed(std::string_view key);

// The camera that pictures without a key are filed under, enrolled on first use. Its own key is thrown away.
Result<catalog::Camera> anonymous_camera(catalog::Catalog& catalog, IdSource& ids, const Clock& clock,
                                         std::string_view name);

}  // namespace heliograph::cameras
