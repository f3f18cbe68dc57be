#include "server/http/api/upload_headers.hpp"

#include "protocol/protocol.hpp"
#include "server/http/api/numbers.hpp"
#include "server/http/text.hpp"

#include <algorithm>
#include <array>

namespace heliograph::http {
namespace {

std::string in_lower_case(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), lower);
  return result;
}

Error bad_header(std::string_view name, std::string_view must_be) {
  return {ErrorKind::bad_request, std::string(name) + " must be " + std::string(must_be)};
}

}  // namespace

Result<std::optional<std::string>> read_key(const Request& request) {
  if (const auto authorization = request.header("Authorization")) {
    const auto [scheme, key] = split_once(*authorization, ' ');
    const bool known = equals_ignoring_case(scheme, "bearer") || equals_ignoring_case(scheme, "token");
    if (!known || trim(key).empty()) {
      return bad_header("Authorization", "\"Bearer KEY\"");
    }
    return std::optional(std::string(trim(key)));
  }
  if (const auto key = request.header("X-API-Key")) return std::optional(std::string(trim(*key)));
  return std::optional<std::string>{};
}

Result<void> check_body(const Request& request) {
  if (request.body->length() == 0U) {
    return Error{ErrorKind::bad_request, "there is no body: send the JPEG's bytes as the request's body"};
  }
  const auto header = request.header("Content-Type");
  if (!header) return {};
  const std::string type = in_lower_case(trim(split_once(*header, ';').first));
  // curl --data-binary says "form" when it is told nothing else; a printer maker's examples say
  // application/jpg.
  constexpr std::array<std::string_view, 5> fine{"", "application/octet-stream",
                                                 "application/x-www-form-urlencoded", "application/jpg",
                                                 "application/jpeg"};
  if (type.starts_with("image/") || std::find(fine.begin(), fine.end(), type) != fine.end()) return {};
  return Error{ErrorKind::unsupported,
               "a body of type " + type + " is no picture: send the JPEG's bytes alone, as image/jpeg"};
}

Result<ingest::ImageUpload> read_device_headers(const Request& request) {
  ingest::ImageUpload upload;
  const auto boot = request.header(protocol::boot_header);
  if (!boot || !protocol::boot_id_valid(*boot)) {
    return bad_header(protocol::boot_header, "1 to 36 characters of A-Z a-z 0-9 _ -");
  }
  const auto sequence_text = request.header(protocol::sequence_header);
  const auto sequence = sequence_text ? read_integer(*sequence_text) : std::nullopt;
  if (!sequence || *sequence < 0 || *sequence > static_cast<std::int64_t>(protocol::max_sequence)) {
    return bad_header(protocol::sequence_header, "a whole number from 0 to 9007199254740991");
  }
  upload.sender = catalog::SenderName{std::string(*boot), *sequence};
  if (const auto text = request.header(protocol::captured_at_header)) {
    const auto ms = read_integer(*text);
    if (!ms || *ms < protocol::min_captured_at_ms || *ms > protocol::max_captured_at_ms) {
      return bad_header(
          protocol::captured_at_header,
          "milliseconds since 1970 within 2020 to 2099; leave it out if the camera has no clock");
    }
    upload.captured_at = from_ms(*ms);
  }
  if (const auto text = request.header(protocol::telemetry_header)) {
    protocol::Telemetry telemetry;
    if (!protocol::decode_telemetry(*text, telemetry)) {
      return bad_header(protocol::telemetry_header,
                        "of the form \"battery_mv=3912, rssi_dbm=-71\", in range");
    }
    if (!telemetry.empty()) upload.telemetry = telemetry;
  }
  return upload;
}

bool wants_json(const Request& request) {
  const auto accept = request.header("Accept");
  return accept && in_lower_case(*accept).find("application/json") != std::string::npos;
}

}  // namespace heliograph::http
