#include "server/http/api/tus_exchange.hpp"

#include "protocol/protocol.hpp"
#include "server/http/api/device.hpp"
#include "server/http/api/orders_json.hpp"
#include "server/http/response.hpp"
#include "server/http/text.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace heliograph::http {
namespace {

constexpr std::string_view piece_type = "application/offset+octet-stream";
constexpr std::string_view extensions = "creation,creation-with-upload,checksum,expiration,termination";

// A camera's header, and the key of Upload-Metadata that stands for it.
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> described_by{{
    {protocol::boot_header, "boot"},
    {protocol::sequence_header, "sequence"},
    {protocol::captured_at_header, "captured_at"},
    {protocol::telemetry_header, "telemetry"},
}};

Result<ingest::ImageUpload> read_description(const Request& request) {
  const auto metadata = read_tus_metadata(request.header("Upload-Metadata").value_or(""));
  if (!metadata) return metadata.error();
  Request told;
  for (const auto& [header, key] : described_by) {
    const auto value = request.header(header);
    const auto found = std::ranges::find(*metadata, key, &TusMetadata::value_type::first);
    if (value) {
      told.headers.emplace_back(header, *value);
    } else if (found != metadata->end()) {
      told.headers.emplace_back(header, found->second);
    }
  }
  return read_device_headers(told);
}

Result<void> check_piece_type(const Request& request) {
  if (trim(request.header("Content-Type").value_or("")) == piece_type) return {};
  return Error{ErrorKind::unsupported, "the bytes of an upload are sent as " + std::string(piece_type)};
}

Result<std::optional<RunningChecksum>> read_checksum(const Request& request) {
  const auto header = request.header("Upload-Checksum");
  if (!header) return std::optional<RunningChecksum>{};
  const auto expected = read_tus_checksum(*header);
  if (!expected) return expected.error();
  auto checksum = RunningChecksum::begin(*expected);
  if (!checksum) return checksum.error();
  return std::optional(std::move(*checksum));
}

void tell_progress(Response& response, const UploadState& state) {
  response.headers.emplace_back("Upload-Offset", std::to_string(state.offset));
  if (state.expires_at) response.headers.emplace_back("Upload-Expires", to_http_date(*state.expires_at));
  if (state.receipt) response.headers.emplace_back(protocol::image_header, to_string(state.receipt->id));
}

}  // namespace

std::optional<Response> refuse_version(const Request& request) {
  if (request.header("Tus-Resumable") == tus_version) return std::nullopt;
  Response response =
      problem(412, "version-not-supported", "Tus-Resumable must be " + std::string(tus_version));
  response.headers.emplace_back("Tus-Version", tus_version);
  return response;
}

Result<Method> overridden_method(const Request& request) {
  const std::string_view method = request.header("X-HTTP-Method-Override").value_or("");
  for (const Method known : {Method::head, Method::patch, Method::del}) {
    if (method == to_string(known)) return known;
  }
  return Error{ErrorKind::bad_request,
               "a POST to an upload needs X-HTTP-Method-Override: HEAD, PATCH or DELETE"};
}

Result<Creation> read_creation(const Request& request, std::uint64_t max_bytes) {
  Creation creation;
  const auto size = read_tus_number(request.header("Upload-Length").value_or(""));
  if (!size || *size == 0) {
    return Error{ErrorKind::bad_request, "Upload-Length must be the picture's size in bytes"};
  }
  if (*size > max_bytes) {
    return Error{ErrorKind::too_large, "an upload may have " + std::to_string(max_bytes) + " bytes at most"};
  }
  creation.size_bytes = *size;
  if (request.body->length() != 0U) {
    if (auto checked = check_piece_type(request); !checked) return checked.error();
  }
  if (request.body->length().value_or(0) > *size) {
    return Error{ErrorKind::too_large, "the body is larger than Upload-Length says"};
  }
  auto upload = read_description(request);
  if (!upload) return upload.error();
  creation.upload = std::move(*upload);
  auto checksum = read_checksum(request);
  if (!checksum) return checksum.error();
  creation.checksum = std::move(*checksum);
  return creation;
}

Result<Addition> read_addition(const Request& request) {
  if (auto checked = check_piece_type(request); !checked) return checked.error();
  const auto offset = read_tus_number(request.header("Upload-Offset").value_or(""));
  if (!offset) return Error{ErrorKind::bad_request, "Upload-Offset must be a whole number of bytes"};
  auto checksum = read_checksum(request);
  if (!checksum) return checksum.error();
  return Addition{*offset, std::move(*checksum)};
}

Response upload_created(const UploadState& state, Timestamp now) {
  JsonWriter json;
  json.object([&] {
    if (state.receipt) write_stored(json, *state.receipt);
    json.field("server_time", to_ms(now));
    if (state.orders) write_orders(json, *state.orders, now);
  });
  Response response = json_response(201, std::move(json).text());
  response.headers.emplace_back("Location", std::string(protocol::uploads_path) + '/' + to_string(state.id));
  tell_progress(response, state);
  return response;
}

Response upload_status(const UploadState& state) {
  Response response{200, {}, Cache::never, {}, std::string()};
  tell_progress(response, state);
  response.headers.emplace_back("Upload-Length", std::to_string(state.size_bytes));
  return response;
}

// The protocol leaves no room for a body.
Response upload_advanced(const UploadState& state, Timestamp now) {
  Response response{204, {}, Cache::never, {}, std::string()};
  tell_progress(response, state);
  const std::string orders = state.orders ? orders_text(*state.orders, now) : std::string();
  if (!orders.empty()) response.headers.emplace_back(protocol::orders_header, orders);
  return response;
}

Response tus_abilities(std::uint64_t max_bytes) {
  Response response{204, {}, Cache::never, {}, std::string()};
  response.headers.emplace_back("Tus-Resumable", tus_version);
  response.headers.emplace_back("Tus-Version", tus_version);
  response.headers.emplace_back("Tus-Max-Size", std::to_string(max_bytes));
  response.headers.emplace_back("Tus-Extension", extensions);
  response.headers.emplace_back("Tus-Checksum-Algorithm", checksum_algorithms);
  return response;
}

Response wrong_offset(std::uint64_t offset) {
  return problem_response(
      {ErrorKind::conflict, "the upload has " + std::to_string(offset) + " bytes: go on from there"});
}

Response upload_locked(std::string_view why) {
  return problem(423, "locked", why);
}

Response checksum_mismatch() {
  return problem(460, "checksum-mismatch",
                 "the bytes are not those that Upload-Checksum means: send them again");
}

}  // namespace heliograph::http
