// The tus protocol's requests as values, and values as its answers. Pure.
#pragma once

#include "server/cameras/orders.hpp"
#include "server/http/api/tus_checksum.hpp"
#include "server/http/api/upload_headers.hpp"
#include "server/ingest/resumable.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

namespace heliograph::http {

inline constexpr std::string_view tus_version = "1.0.0";

// 412 for a request of another version, or of none.
std::optional<Response> refuse_version(const Request& request);
// The method that X-HTTP-Method-Override asks for, where a sender or a proxy knows only POST. bad_request.
Result<Method> overridden_method(const Request& request);

// What a POST asks for. The camera is not filled in.
struct Creation {
  ingest::ImageUpload upload;
  std::uint64_t size_bytes = 0;
  std::optional<RunningChecksum> checksum;
};
// The picture is described by the headers of protocol/upload.hpp or, where those are missing, by the keys
// `boot`, `sequence`, `captured_at` and `telemetry` of Upload-Metadata; other keys are ignored. bad_request,
// too_large, unsupported.
Result<Creation> read_creation(const Request& request, std::uint64_t max_bytes);

// What a PATCH brings.
struct Addition {
  std::uint64_t offset = 0;
  std::optional<RunningChecksum> checksum;
};
Result<Addition> read_addition(const Request& request);  // bad_request, unsupported

// An upload, to be told to its camera.
struct UploadState {
  UploadId id;
  std::uint64_t offset = 0;
  std::uint64_t size_bytes = 0;
  std::optional<Timestamp> expires_at;
  std::optional<ingest::Receipt> receipt;             // it is an image
  std::shared_ptr<const cameras::NextOrders> orders;  // for its camera; null: none
};

Response upload_created(const UploadState& state, Timestamp now);   // 201
Response upload_status(const UploadState& state);                   // 200
Response upload_advanced(const UploadState& state, Timestamp now);  // 204
Response tus_abilities(std::uint64_t max_bytes);                    // 204

Response wrong_offset(std::uint64_t offset);   // 409
Response upload_locked(std::string_view why);  // 423
Response checksum_mismatch();                  // 460

}  // namespace heliograph::http
