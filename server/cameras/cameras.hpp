// cameras: a camera is enrolled, proves who it is, and is well or not (health.hpp).
//
// Owns the keys' form, what may be a camera's name, and what is concluded from its pictures' times and
// numbers. Verbs on a Catalog: they run on the thread that owns it. What must not be in it: HTTP, images, how
// a key reaches its camera.
#pragma once

#include "server/base/base.hpp"
#include "server/catalog/catalog.hpp"

#include <string>
#include <string_view>

namespace heliograph::cameras {

struct Enrolled {
  catalog::Camera camera;
  std::string key;  // shown once; only its hash is kept
};

// Bytes of UTF-8.
inline constexpr std::size_t max_name_length = 64;
// A camera that sleeps for longer is one that somebody visits.
inline constexpr std::chrono::days max_key_overlap{90};

// bad_request: the name is empty, too long, or has control characters. conflict: there is one of this name.
Result<Enrolled> enrol(catalog::Catalog& catalog, IdSource& ids, const Clock& clock, std::string_view name);

// A new name; its folder stays. not_found; errors as for a new one.
Result<void> rename(catalog::Catalog& catalog, CameraId camera, std::string_view name);

// A new key; the old one works for so long still: a camera in the field gets the new one when it next speaks.
// not_found. bad_request: longer than max_key_overlap.
Result<Enrolled> rotate_key(catalog::Catalog& catalog, const Clock& clock, CameraId id,
                            std::chrono::seconds overlap);

// Whose key is this? unauthorized, in words that do not tell a mistyped key from an unknown one.
Result<catalog::Camera> authenticate(catalog::Catalog& catalog, const Clock& clock, std::string_view key);

// The camera that pictures without a key are filed under, enrolled on first use. Its own key is thrown away.
Result<catalog::Camera> anonymous_camera(catalog::Catalog& catalog, IdSource& ids, const Clock& clock,
                                         std::string_view name);

}  // namespace heliograph::cameras
