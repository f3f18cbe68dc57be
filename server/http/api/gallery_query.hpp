// What the gallery's addresses ask for, read from their query. Pure.
#pragma once

#include "server/catalog/catalog.hpp"
#include "server/http/http.hpp"

#include <string>
#include <string_view>

namespace heliograph::http {

// bad_request, naming the parameter and what it must look like.
Result<std::optional<CameraId>> read_camera_filter(const Request& request);
Result<catalog::ImageQuery> read_image_query(const Request& request);

// The `next` of a page: opaque to clients, and back.
std::string cursor_text(const catalog::PageKey& key);
std::optional<catalog::PageKey> read_cursor(std::string_view text);

}  // namespace heliograph::http
