#include "server/http/api/gallery_query.hpp"

#include "server/http/api/bad_parameter.hpp"
#include "server/http/api/numbers.hpp"

#include <ranges>

namespace heliograph::http {
namespace {

constexpr int default_page = 100;

Error bad_cursor() {
  return bad_parameter("cursor", "the `next` of another page");
}

// A time and an id, which are the end of every page.
std::string key_text(Timestamp time, std::int64_t id) {
  return std::to_string(to_ms(time)) + "-" + id_text(id);
}

std::optional<std::pair<Timestamp, std::int64_t>> read_key_text(std::string_view text) {
  const auto dash = text.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto ms = read_integer(text.substr(0, dash));
  const auto id = id_value(text.substr(dash + 1));
  if (!ms || *ms < 0 || !id) return std::nullopt;
  return std::pair{from_ms(*ms), *id};
}

}  // namespace

Result<std::optional<Timestamp>> read_time(const Request& request, std::string_view name) {
  const auto text = request.query_value(name);
  if (!text) return std::optional<Timestamp>{};
  const auto time = read_timestamp(*text);
  if (!time) return bad_parameter(name, "milliseconds since 1970");
  return time;
}

Result<Moments> read_moments(const Request& request) {
  const std::string_view list = request.query_value("at").value_or("");
  Moments moments;
  for (const auto part : std::views::split(list, ',')) {
    const auto time = read_timestamp(std::string_view(part.begin(), part.end()));
    if (!time || moments.at.size() == catalog::max_moments) {
      return bad_parameter("at", "1 to " + std::to_string(catalog::max_moments) +
                                     " times with commas between them, in milliseconds since 1970");
    }
    moments.at.push_back(*time);
  }
  if (moments.at.empty()) return bad_parameter("at", "at least one time, in milliseconds since 1970");
  constexpr std::int64_t most = std::chrono::milliseconds(max_within).count();
  const auto within = request.query_value("within");
  const auto ms = within ? read_integer(*within) : most;
  if (!ms || *ms < 0 || *ms > most) {
    return bad_parameter("within", "milliseconds from 0 to " + std::to_string(most));
  }
  moments.within = std::chrono::milliseconds(*ms);
  return moments;
}

Result<std::optional<CameraId>> read_camera_filter(const Request& request) {
  const auto text = request.query_value("camera");
  if (!text) return std::optional<CameraId>{};
  const auto id = parse_id<CameraId>(*text);
  if (!id) return bad_parameter("camera", "a camera's id");
  return id;
}

Result<catalog::ImageQuery> read_page_query(const Request& request) {
  catalog::ImageQuery query;
  const auto from = read_time(request, "from");
  if (!from) return from.error();
  const auto to = read_time(request, "to");
  if (!to) return to.error();
  query.from = *from;
  query.to = *to;
  const auto limit = read_limit(request);
  if (!limit) return limit.error();
  query.limit = *limit;
  if (const auto text = request.query_value("cursor")) {
    query.after = read_cursor(*text);
    if (!query.after) return bad_cursor();
  }
  return query;
}

Result<int> read_limit(const Request& request) {
  const auto text = request.query_value("limit");
  if (!text) return default_page;
  const auto limit = read_integer(*text);
  if (!limit || *limit < 1 || *limit > catalog::max_page) {
    return bad_parameter("limit", "a number from 1 to " + std::to_string(catalog::max_page));
  }
  return static_cast<int>(*limit);
}

std::string cursor_text(const catalog::PageKey& key) {
  return key_text(key.captured_at, key.id.value);
}

std::optional<catalog::PageKey> read_cursor(std::string_view text) {
  const auto key = read_key_text(text);
  if (!key) return std::nullopt;
  return catalog::PageKey{key->first, ImageId{key->second}};
}

Result<QuarantinePage> read_quarantine_page(const Request& request) {
  const auto limit = read_limit(request);
  if (!limit) return limit.error();
  QuarantinePage page{{}, *limit};
  if (const auto text = request.query_value("cursor")) {
    const auto key = read_key_text(*text);
    if (!key) return bad_cursor();
    page.after = catalog::QuarantineKey{key->first, QuarantineId{key->second}};
  }
  return page;
}

std::string cursor_text(const catalog::QuarantineKey& key) {
  return key_text(key.received_at, key.id.value);
}

std::string cursor_text(const catalog::AlertPageKey& key) {
  return key_text(key.opened_at, key.id.value);
}

std::optional<catalog::AlertPageKey> read_alert_cursor(std::string_view text) {
  const auto key = read_key_text(text);
  if (!key) return std::nullopt;
  return catalog::AlertPageKey{key->first, AlertId{key->second}};
}

}  // namespace heliograph::http
