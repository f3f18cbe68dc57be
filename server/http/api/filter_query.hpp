// Which of the images the gallery is asked for, read from a query. Pure, but for `cameras_of`.
#pragma once

#include "server/catalog/catalog.hpp"
#include "server/http/http.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace heliograph::http {

// Cameras that a query may name: their pages are read one by one. More of them are a group.
inline constexpr std::size_t max_chosen_cameras = 50;
// When clocks were put forward or back: thirty years of summer time.
inline constexpr std::size_t max_offsets = 64;
inline constexpr std::size_t max_offsets_length = 2000;  // bytes of their list

struct Choice {
  std::vector<CameraId> cameras;  // none: whatever the camera
  std::optional<GroupId> group;
  catalog::ImageFilter filter;
};

// `camera` (any number), `group`, `starred`, `noted`, `tag`, `text`, `label`, `motion`, `hours` ("5-9", local
// hours) and `offsets` ("0:60,1711846800000:120": since when, in milliseconds, local time is so many minutes
// ahead of UTC). bad_request, naming the parameter.
Result<Choice> read_choice(const Request& request);

// The cameras that are chosen of those that are seen; none: every one there is. Asks for the group.
Result<std::optional<std::vector<CameraId>>> cameras_of(catalog::Catalog& catalog, const Choice& choice,
                                                        const std::optional<std::vector<CameraId>>& seen);

}  // namespace heliograph::http
