// Web files that are part of the program. cmake/EmbedDirectory.cmake puts them there.
#pragma once

#include "server/http/http.hpp"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace heliograph::http {

struct Asset {
  std::string_view path;  // "/assets/index-4f3a9c.js"
  std::string_view content_type;
  std::string_view etag;  // of the content
  std::span<const std::uint8_t> bytes;
  std::span<const std::uint8_t> gzip;  // the same, compressed; empty when that would not help
  bool immutable = false;              // its name changes with its content
};

// A route for each; "/index.html" is what "/" answers. The assets and `pictures_from` (see Response), which
// is read with each request, must live as long as the routes.
std::vector<Route> asset_routes(std::span<const Asset> assets, const std::string& pictures_from);

// The asset, compressed if there is a compressed one and the request allows for it.
Response asset_response(const Asset& asset, const Request& request);

// Whether an Accept-Encoding field names gzip, and not to say no to it ("gzip;q=0").
bool accepts_gzip(std::string_view accept_encoding);

}  // namespace heliograph::http
