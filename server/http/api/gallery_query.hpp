// What the gallery's addresses ask for, read from their query. Pure.
#pragma once

#include "server/catalog/alerts.hpp"
#include "server/catalog/catalog.hpp"
#include "server/http/http.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace heliograph::http {

// bad_request, naming the parameter and what it must look like.
Result<std::optional<CameraId>> read_camera_filter(const Request& request);
// Milliseconds since 1970, up to the year 9999: what a Timestamp can be written as. None: it is not asked
// for.
Result<std::optional<Timestamp>> read_time(const Request& request, std::string_view name);
// `from`, `to`, `limit` and `cursor`: which page, whatever is on it.
Result<catalog::ImageQuery> read_page_query(const Request& request);

// Which moments of a camera are asked for, and how far from each a picture may be.
struct Moments {
  std::vector<Timestamp> at;  // 1 … catalog::max_moments
  std::chrono::milliseconds within{};
};
// How far a picture may be from the moment that is asked for: half a day, past which the next day's is as
// near.
inline constexpr std::chrono::hours max_within{12};
Result<Moments> read_moments(const Request& request);

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

// The same of a page of alerts.
std::string cursor_text(const catalog::AlertPageKey& key);
std::optional<catalog::AlertPageKey> read_alert_cursor(std::string_view text);

}  // namespace heliograph::http
