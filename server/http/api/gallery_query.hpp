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

// The `limit` of a page; default 100.
Result<int> read_limit(const Request& request);

// The `next` of a page: opaque to clients, and back.
std::string cursor_text(const catalog::PageKey& key);
std::optional<catalog::PageKey> read_cursor(std::string_view text);

// Which page of a camera's quarantine.
struct QuarantinePage {
  std::optional<catalog::QuarantineKey> after;
  int limit = 0;
};
Result<QuarantinePage> read_quarantine_page(const Request& request);
std::string cursor_text(const catalog::QuarantineKey& key);

}  // namespace heliograph::http
