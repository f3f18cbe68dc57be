// What of a file a request wants: all, a part, or only to hear that its copy is still right (RFC 9110, 13 and
// 14).
#pragma once

#include "server/base/time.hpp"
#include "server/http/http.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace heliograph::http {

// Something with a fixed length that a client may hold a copy of.
struct Entity {
  std::string_view etag;              // strong, without quotes
  std::optional<Timestamp> modified;  // none: of no interest, the etag says it all
  std::uint64_t size = 0;
};

// What to answer: 200 (all of it), 206 (`length` bytes from `offset`), 304 (nothing changed) or 416 (no such
// part).
struct Delivery {
  int status = 200;
  std::uint64_t offset = 0;
  std::uint64_t length = 0;

  friend bool operator==(const Delivery&, const Delivery&) = default;
};

// For GET and HEAD. Dates are compared as texts with the Last-Modified that we sent, as nginx does: a client
// echoes it, and anything else gets the whole. Of several ranges, none is served (the whole is a right
// answer): no client of ours asks.
Delivery decide_delivery(const Request& request, const Entity& entity);

}  // namespace heliograph::http
