#include "protocol/telemetry.hpp"

#include <array>
#include <charconv>
#include <system_error>

namespace heliograph::protocol {
namespace {

struct Field {
  std::string_view key;
  std::optional<std::int64_t> Telemetry::* member;
  std::int64_t least;
  std::int64_t most;
};

constexpr std::int64_t two_to_40 = std::int64_t{1} << 40;

constexpr std::int64_t two_to_32 = std::int64_t{1} << 32;

constexpr std::array<Field, 11> fields{{
    {"battery_mv", &Telemetry::battery_mv, 0, 100'000},
    {"rssi_dbm", &Telemetry::rssi_dbm, -200, 50},
    {"lat_e7", &Telemetry::lat_e7, -900'000'000, 900'000'000},
    {"lon_e7", &Telemetry::lon_e7, -1'800'000'000, 1'800'000'000},
    {"temperature_mc", &Telemetry::temperature_mc, -200'000, 200'000},
    {"heap_bytes", &Telemetry::heap_bytes, 0, two_to_40},
    {"uptime_s", &Telemetry::uptime_s, 0, two_to_40},
    {"solar_mv", &Telemetry::solar_mv, 0, 100'000},
    {"spool", &Telemetry::spool, 0, two_to_32},
    {"sent_bytes", &Telemetry::sent_bytes, 0, two_to_40},
    {"reset", &Telemetry::reset, 0, 15},
}};

// 3GPP TS 27.007 §8.5: steps of two decibels from -113 dBm on.
constexpr std::string_view csq_key = "csq";
constexpr std::int64_t most_csq = 31;
constexpr std::int64_t unknown_csq = 99;

// Digits of a structured field's integer (RFC 8941 §3.3.1). It keeps every value within 64 bits.
constexpr std::size_t max_digits = 15;

bool in_range(const Field& field, std::int64_t value) {
  return value >= field.least && value <= field.most;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool starts_key(char c) {
  return (c >= 'a' && c <= 'z') || c == '*';
}
bool continues_key(char c) {
  return starts_key(c) || is_digit(c) || c == '_' || c == '-' || c == '.';
}

// Takes characters from the front of `text` while they are `wanted`, and returns them.
template <class Wanted>
std::string_view take_while(std::string_view& text, Wanted wanted) {
  std::size_t length = 0;
  while (length < text.size() && wanted(text[length])) ++length;
  const std::string_view taken = text.substr(0, length);
  text.remove_prefix(length);
  return taken;
}

bool take(std::string_view& text, char wanted) {
  if (text.empty() || text.front() != wanted) return false;
  text.remove_prefix(1);
  return true;
}

void skip_spaces(std::string_view& text) {
  take_while(text, [](char c) { return c == ' ' || c == '\t'; });
}

std::optional<std::int64_t> take_integer(std::string_view& text) {
  const bool negative = take(text, '-');
  const std::string_view digits = take_while(text, is_digit);
  if (digits.empty() || digits.size() > max_digits) return std::nullopt;
  std::int64_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);  // cannot fail: 15 digits
  return negative ? -value : value;
}

const Field* find_field(std::string_view key) {
  for (const Field& field : fields) {
    if (field.key == key) return &field;
  }
  return nullptr;
}

// The end of what is written so far, and of what may be written.
struct Output {
  char* at;
  char* end;

  bool write(std::string_view text) {
    if (text.size() > static_cast<std::size_t>(end - at)) return false;
    at += text.copy(at, text.size());
    return true;
  }
  bool write(std::int64_t value) {
    const auto [last, error] = std::to_chars(at, end, value);
    if (error != std::errc{}) return false;
    at = last;
    return true;
  }
};

}  // namespace

bool Telemetry::empty() const {
  return *this == Telemetry{};
}

Telemetry completed(const Telemetry& first, const Telemetry& second) {
  Telemetry all = first;
  for (const Field& field : fields) {
    if (!(all.*field.member)) all.*field.member = second.*field.member;
  }
  return all;
}

bool operator==(const Telemetry& a, const Telemetry& b) {
  for (const Field& field : fields) {
    if (a.*field.member != b.*field.member) return false;
  }
  return true;
}

std::size_t encode_telemetry(const Telemetry& telemetry, char* out, std::size_t capacity) {
  Output output{out, out + capacity};
  for (const Field& field : fields) {
    const std::optional<std::int64_t>& value = telemetry.*field.member;
    if (!value || !in_range(field, *value)) continue;
    const bool first = output.at == out;
    if (!first && !output.write(", ")) return 0;
    if (!output.write(field.key) || !output.write("=") || !output.write(*value)) return 0;
  }
  return static_cast<std::size_t>(output.at - out);
}

bool decode_telemetry(std::string_view text, Telemetry& telemetry) {
  if (text.size() > max_telemetry_length) return false;
  Telemetry read;
  std::int64_t csq = unknown_csq;
  skip_spaces(text);
  while (!text.empty()) {
    if (!starts_key(text.front())) return false;
    const std::string_view key = take_while(text, continues_key);
    const Field* field = find_field(key);
    if (!take(text, '=')) return false;
    const auto value = take_integer(text);
    if (!value) return false;
    if (field != nullptr) {
      if (!in_range(*field, *value)) return false;
      read.*field->member = value;
    }
    if (key == csq_key) {
      if (*value < 0 || (*value > most_csq && *value != unknown_csq)) return false;
      csq = *value;
    }
    skip_spaces(text);
    if (text.empty()) break;
    if (!take(text, ',')) return false;
    skip_spaces(text);
    if (text.empty()) return false;  // a comma promises another member
  }
  if (csq <= most_csq && !read.rssi_dbm) read.rssi_dbm = -113 + 2 * csq;
  telemetry = read;
  return true;
}

}  // namespace heliograph::protocol
