#include "server/http/api/dialects.hpp"

#include "protocol/upload.hpp"
#include "server/cameras/cameras.hpp"
#include "server/http/api/device.hpp"
#include "server/http/api/numbers.hpp"
#include "server/http/api/picture_finder.hpp"
#include "server/http/api/upload_headers.hpp"
#include "server/http/json.hpp"
#include "server/http/text.hpp"
#include "server/store/names.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <boost/json/parse.hpp>

namespace heliograph::http {
namespace {

// AI-on-the-edge sends its readings as JSON to the address that its pictures go to.
constexpr std::string_view meter_key = "APIKEY";

constexpr std::array<Dialect, 11> table{{
    {"raw", Method::post, "/upload", Takes::pictures, meter_key, true},
    {"raw", Method::put, "/upload", Takes::pictures, meter_key, true},
    {"raw, with the camera's name", Method::post, "/upload/{camera}"},
    {"Random Nerd Tutorials", Method::post, "/upload.php"},
    {"key in the path", Method::post, "/u/{key}/{file}", Takes::pictures, meter_key, true},
    {"key in the path", Method::put, "/u/{key}/{file}", Takes::pictures, meter_key, true},
    {"Prusa Connect", Method::put, "/c/snapshot", Takes::pictures, "Token", false, 2048},
    {"Prusa Connect", Method::put, "/c/info", Takes::notes, "Token"},
    {"Obico", Method::post, "/api/v1/octo/pic/", Takes::pictures, {}, false, 0, Answer::obico},
    {"Home Assistant", Method::post, "/api/webhook/{key}"},
    {"Home Assistant", Method::put, "/api/webhook/{key}"},
}};

constexpr std::string_view stray_bytes = "\r\n\r\n";

// How senders call the name of a camera in forms and queries, and in headers.
constexpr std::array<std::string_view, 3> name_fields{"trap_id", "device_id", "camera"};
constexpr std::array<std::string_view, 3> name_headers{"X-Trap-Id", "X-Device-Id", "X-Camera"};

// What the pattern's {name} stands for in this request.
std::optional<std::string_view> placeholder(const Dialect& dialect, const Request& request,
                                            std::string_view name) {
  std::size_t index = 0;
  for (std::string_view rest = dialect.pattern; !rest.empty();) {
    const auto [segment, after] = split_once(rest, '/');
    rest = after;
    if (!segment.starts_with('{')) continue;
    if (segment.substr(1, segment.size() - 2) == name) return request.captures.at(index);
    ++index;
  }
  return std::nullopt;
}

Result<std::optional<std::string>> find_key(const Dialect& dialect, const Request& request) {
  auto key = read_key(request);
  if (!key) return key;
  const std::array<std::optional<std::string_view>, 3> places{
      dialect.key_header.empty() ? std::nullopt : request.header(dialect.key_header),
      request.query_value("key"), placeholder(dialect, request, "key")};
  for (const auto& place : places) {
    const std::string_view found = place ? trim(*place) : std::string_view{};
    if (found.empty()) continue;
    if (*key && **key != found) {
      return Error{ErrorKind::bad_request, "the request carries two different keys: one picture, one camera"};
    }
    *key = std::string(found);
  }
  return key;
}

std::optional<std::string> find_camera_name(const Dialect& dialect, const Request& request) {
  if (const auto name = placeholder(dialect, request, "camera")) return std::string(*name);
  for (const std::string_view field : name_fields) {
    if (const auto name = request.query_value(field)) return std::string(*name);
  }
  for (const std::string_view header : name_headers) {
    if (const auto name = request.header(header)) return std::string(trim(*name));
  }
  return std::nullopt;
}

// `?timestamp=` in seconds. A camera without a clock sends 0: then the time of arrival is better.
std::optional<Timestamp> find_captured_at(const Request& request) {
  const auto text = request.query_value("timestamp");
  const auto seconds = text ? read_integer(*text) : std::nullopt;
  if (!seconds || *seconds < protocol::min_captured_at_ms / 1000 ||
      *seconds > protocol::max_captured_at_ms / 1000) {
    return std::nullopt;
  }
  return from_ms(*seconds * 1000);
}

bool is_json(const Request& request) {
  const auto type = request.header("Content-Type");
  return type && equals_ignoring_case(trim(split_once(*type, ';').first), "application/json");
}

}  // namespace

std::span<const Dialect> dialects() {
  return table;
}

Result<Envelope> read_envelope(const Dialect& dialect, const Request& request) {
  auto key = find_key(dialect, request);
  if (!key) return key.error();
  Envelope envelope{Envelope::Content::picture,
                    {},
                    std::move(*key),
                    find_camera_name(dialect, request),
                    find_captured_at(request)};
  const bool note = dialect.notes_too && request.header(dialect.key_header) && is_json(request);
  if (dialect.takes == Takes::notes || note) {
    envelope.content = Envelope::Content::note;
    return envelope;
  }
  auto boundary = form_boundary(request.header("Content-Type").value_or(""));
  if (!boundary) return boundary.error();
  if (*boundary) {
    envelope.content = Envelope::Content::form;
    envelope.boundary = std::move(**boundary);
    return envelope;
  }
  if (const auto checked = check_body(request); !checked) return checked.error();
  return envelope;
}

// s60sc's firmware describes its file in a part before it: {"pathname":"…","passcode":"…"}.
std::optional<std::string> key_in_form(const PictureFinder& finder) {
  const auto text = finder.field("json");
  if (!text) return std::nullopt;
  boost::json::error_code failed;
  const boost::json::value told =
      boost::json::parse(boost::json::string_view(text->data(), text->size()), failed);
  const auto* object = failed ? nullptr : told.if_object();
  const auto* passcode = object ? object->if_contains("passcode") : nullptr;
  const auto* key = passcode ? passcode->if_string() : nullptr;
  if (!key || key->empty()) return std::nullopt;
  return std::string(key->data(), key->size());
}

std::optional<std::string> camera_name_in_form(const PictureFinder& finder) {
  for (const std::string_view field : name_fields) {
    if (const auto name = finder.field(field)) return std::string(trim(*name));
  }
  return std::nullopt;
}

Result<void> check_named(const std::optional<catalog::Camera>& named, const catalog::Camera& owner,
                         bool has_key) {
  if (!named || named->id == owner.id) return {};
  if (!has_key) {
    return Error{ErrorKind::unauthorized,
                 "the picture says that it comes from " + named->name + ", which has a key: send it"};
  }
  return Error{ErrorKind::conflict, "the key is that of " + owner.name +
                                        ", but the picture says that it comes from " + named->name +
                                        ": were the keys mixed up?"};
}

bool lost_last_block(std::uint32_t block_bytes, std::optional<std::uint64_t> length, std::uint64_t received,
                     std::string_view received_last) {
  if (block_bytes == 0 || !length || *length < block_bytes) return false;
  return received == *length - block_bytes + stray_bytes.size() && received_last.ends_with(stray_bytes);
}

Response upload_answer(const Dialect& dialect, bool json_wanted, const PictureFinder& finder,
                       const ingest::Receipt& receipt, std::uint64_t picture_bytes) {
  JsonWriter json;
  if (dialect.answer == Answer::obico) {
    json.object([&] { json.field("result", "ok"); });
  } else if (finder.field("trap_id")) {
    json.object([&] {
      json.field("status", "success");
      json.field("filename", store::image_filename({receipt.captured_at, receipt.id}));
      json.field("size", picture_bytes);
    });
  } else if (json_wanted) {
    json.object([&] { write_stored(json, receipt); });
  } else {
    return text_response(200, "OK");
  }
  return json_response(200, std::move(json).text());
}

Response note_answer() {
  return text_response(200, "OK");
}

}  // namespace heliograph::http
