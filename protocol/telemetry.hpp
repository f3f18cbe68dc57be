// What a camera reports beside a picture, as one header in the form of a structured dictionary
// (RFC 8941 §3.2):
//
//   Heliograph-Telemetry: battery_mv=3912, rssi_dbm=-71, lat_e7=450703000, lon_e7=76869000
//
// Whole numbers in fixed units: no floating point on the camera, no rounding between the two sides. Every key
// may be missing; unknown keys are skipped, so that either side may be newer. A modem's own measure of its
// signal, `csq` (AT+CSQ: 0 to 31, 99 for unknown), is read as `rssi_dbm` where that is missing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace heliograph::protocol {

struct Telemetry {
  std::optional<std::int64_t> battery_mv;      // battery, millivolts: 0 … 100,000
  std::optional<std::int64_t> rssi_dbm;        // signal, dBm: -200 … 50
  std::optional<std::int64_t> lat_e7;          // latitude, 1e-7 degrees: ±900,000,000
  std::optional<std::int64_t> lon_e7;          // longitude, 1e-7 degrees: ±1,800,000,000
  std::optional<std::int64_t> temperature_mc;  // board temperature, thousandths of a degree Celsius: ±200,000
  std::optional<std::int64_t> heap_bytes;      // free heap, bytes: 0 … 2^40
  std::optional<std::int64_t> uptime_s;        // seconds since start: 0 … 2^40
  std::optional<std::int64_t> solar_mv;        // solar panel, millivolts: 0 … 100,000
  std::optional<std::int64_t> spool;           // pictures that wait in the camera: 0 … 2^32
  std::optional<std::int64_t> sent_bytes;      // over the network this month, or since the start: 0 … 2^40
  std::optional<std::int64_t> reset;           // why it started, a ResetReason: 0 … 15

  bool empty() const;
};

// Why a board started; the numbers are the protocol's.
enum class ResetReason { unknown, power_on, pin, software, panic, watchdog, deep_sleep, brownout };

// What `first` says, and what only `second` does.
Telemetry completed(const Telemetry& first, const Telemetry& second);

bool operator==(const Telemetry& a, const Telemetry& b);

// Long enough for every key with its longest value.
inline constexpr std::size_t max_telemetry_length = 256;

// Writes the header's value to `out` (not terminated) and returns its length, or 0 when `capacity` is too
// small or nothing is set. Values outside of their range are left out.
std::size_t encode_telemetry(const Telemetry& telemetry, char* out, std::size_t capacity);

// Reads a header's value. False when it is not of the form `key=integer, …` or a known key is out of its
// range; `telemetry` is then untouched. What the text does not name is empty afterwards.
bool decode_telemetry(std::string_view text, Telemetry& telemetry);

}  // namespace heliograph::protocol
