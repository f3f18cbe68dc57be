// The names and limits of POST /device/v1/images, and of what resumable uploads (tus 1.0) add to it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace heliograph::protocol {

inline constexpr std::string_view images_path = "/device/v1/images";
inline constexpr std::string_view uploads_path = "/device/v1/uploads";
// Where a camera speaks without a picture.
inline constexpr std::string_view heartbeat_path = "/device/v1/heartbeat";
// The roots that a camera should trust from now on.
inline constexpr std::string_view trust_path = "/device/v1/trust.pem";
// Where a camera sends its log, when it is asked for it: text of at most max_log_length bytes.
inline constexpr std::string_view log_path = "/device/v1/log";
inline constexpr std::size_t max_log_length = 16 * 1024;
// Where a camera that nobody has added yet announces itself.
inline constexpr std::string_view claim_path = "/device/v1/claim";

// Which start of the camera this is: any text of boot_id_valid() form, new after every restart that lost the
// sequence.
inline constexpr std::string_view boot_header = "Heliograph-Boot";
// Decimal number of the picture within the boot, 0 … max_sequence; the same number is the same picture.
inline constexpr std::string_view sequence_header = "Heliograph-Sequence";
// When the shutter opened, decimal milliseconds since 1970 UTC. Left out by a camera that does not know the
// time.
inline constexpr std::string_view captured_at_header = "Heliograph-Captured-At";
// What the camera felt at that moment; the form is in telemetry.hpp.
inline constexpr std::string_view telemetry_header = "Heliograph-Telemetry";

// Beside a picture: what came of an order, at most max_report_length bytes. See README.md, Orders.
inline constexpr std::string_view report_header = "Heliograph-Report";
inline constexpr std::size_t max_report_length = 512;

// The camera that the picture is of, by its id: beside a person's token, which may send pictures of many.
inline constexpr std::string_view camera_header = "Heliograph-Camera";

// In an answer: the id of the image that an upload has become. Only then may the picture be deleted.
inline constexpr std::string_view image_header = "Heliograph-Image";

// In the answer that completes a resumable upload and has no body: what stands in others as `orders`, JSON.
inline constexpr std::string_view orders_header = "Heliograph-Orders";

// Bytes of a boot id: enough for a UUID in text, small enough to sit in an index.
inline constexpr std::size_t max_boot_id_length = 36;
// 2^53 - 1: the largest whole number every JSON reader keeps exactly.
inline constexpr std::uint64_t max_sequence = 9007199254740991ULL;
// Capture times outside of this are a clock that was never set: 2020-01-01 and 2100-01-01, milliseconds.
inline constexpr std::int64_t min_captured_at_ms = 1577836800000LL;
inline constexpr std::int64_t max_captured_at_ms = 4102444800000LL;

// 1 to max_boot_id_length characters of [A-Za-z0-9_-].
constexpr bool boot_id_valid(std::string_view text) {
  if (text.empty() || text.size() > max_boot_id_length) return false;
  for (const char c : text) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool digit = c >= '0' && c <= '9';
    if (!letter && !digit && c != '-' && c != '_') return false;
  }
  return true;
}

}  // namespace heliograph::protocol
