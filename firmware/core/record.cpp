#include "firmware/core/record.hpp"

#include "firmware/core/crc32.hpp"

#include <algorithm>
#include <cstring>

namespace heliograph::firmware {

namespace {

constexpr char magic[4] = {'H', 'G', 'S', 'R'};
constexpr std::uint8_t version = 1;
constexpr std::uint16_t time_known = 1;

constexpr std::size_t boot_length_at = 5;
constexpr std::size_t telemetry_length_at = 6;
constexpr std::size_t label_length_at = 8;
constexpr std::size_t flags_at = 10;
constexpr std::size_t picture_length_at = 12;
constexpr std::size_t sequence_at = 16;
constexpr std::size_t captured_at = 24;
constexpr std::size_t captured_mono_at = 32;
constexpr std::size_t picture_crc_at = 40;
constexpr std::size_t header_crc_at = 44;

template <class Unsigned>
void put(std::uint8_t* out, Unsigned value) {
  for (std::size_t i = 0; i < sizeof value; ++i) out[i] = static_cast<std::uint8_t>(value >> (8 * i));
}

template <class Unsigned>
Unsigned get(const std::uint8_t* in) {
  std::uint64_t value = 0;
  for (std::size_t i = sizeof(Unsigned); i > 0; --i) value = value << 8 | in[i - 1];
  return static_cast<Unsigned>(value);
}

std::uint32_t header_crc(const std::uint8_t* header, std::size_t size) {
  return crc32(header + record_fixed_size, size - record_fixed_size, crc32(header, header_crc_at));
}

// The size of the header, picture excluded, if there is one and it is whole.
std::optional<std::size_t> valid_header_size(const std::uint8_t* data, std::size_t size) {
  if (size < record_fixed_size || std::memcmp(data, magic, sizeof magic) != 0 || data[4] != version)
    return std::nullopt;
  const std::size_t boot_length = data[boot_length_at];
  const std::size_t telemetry_length = get<std::uint16_t>(data + telemetry_length_at);
  const std::size_t label_length = get<std::uint16_t>(data + label_length_at);
  const bool plausible = boot_length <= protocol::max_boot_id_length &&
                         telemetry_length <= protocol::max_telemetry_length &&
                         label_length <= max_label_length;
  const std::size_t header_size = record_fixed_size + boot_length + telemetry_length + label_length;
  if (!plausible || header_size > size) return std::nullopt;
  if (header_crc(data, header_size) != get<std::uint32_t>(data + header_crc_at)) return std::nullopt;
  return header_size;
}

}  // namespace

RecordHeader encode_record_header(const Record& record) {
  const std::string_view boot = record.boot.substr(0, protocol::max_boot_id_length);
  const std::string_view telemetry = record.telemetry.substr(0, protocol::max_telemetry_length);
  const std::string_view label = record.label.substr(0, max_label_length);

  RecordHeader header;
  std::uint8_t* out = header.bytes;
  std::memcpy(out, magic, sizeof magic);
  out[4] = version;
  out[boot_length_at] = static_cast<std::uint8_t>(boot.size());
  put(out + telemetry_length_at, static_cast<std::uint16_t>(telemetry.size()));
  put(out + label_length_at, static_cast<std::uint16_t>(label.size()));
  put(out + flags_at, record.captured_at_ms ? time_known : std::uint16_t{0});
  put(out + picture_length_at, static_cast<std::uint32_t>(record.picture.size));
  put(out + sequence_at, record.sequence);
  put(out + captured_at, static_cast<std::uint64_t>(record.captured_at_ms.value_or(0)));
  put(out + captured_mono_at, static_cast<std::uint64_t>(record.captured_mono_ms));
  put(out + picture_crc_at, crc32(record.picture.data, record.picture.size));

  header.size = record_fixed_size;
  for (const std::string_view text : {boot, telemetry, label}) {
    std::copy(text.begin(), text.end(), out + header.size);
    header.size += text.size();
  }
  put(out + header_crc_at, header_crc(out, header.size));
  return header;
}

std::optional<std::uint64_t> record_size(const std::uint8_t* data, std::size_t size) {
  const auto header_size = valid_header_size(data, size);
  if (!header_size) return std::nullopt;
  return *header_size + std::uint64_t{get<std::uint32_t>(data + picture_length_at)};
}

std::optional<Record> decode_record(const std::uint8_t* data, std::size_t size) {
  const auto header_size = valid_header_size(data, size);
  if (!header_size || record_size(data, size) != size) return std::nullopt;

  Record record;
  record.picture = {data + *header_size, size - *header_size};
  if (crc32(record.picture.data, record.picture.size) != get<std::uint32_t>(data + picture_crc_at))
    return std::nullopt;

  const char* texts = reinterpret_cast<const char*>(data + record_fixed_size);
  const auto next_text = [&texts](std::size_t length) {
    const std::string_view text(texts, length);
    texts += length;
    return text;
  };
  record.boot = next_text(data[boot_length_at]);
  record.telemetry = next_text(get<std::uint16_t>(data + telemetry_length_at));
  record.label = next_text(get<std::uint16_t>(data + label_length_at));
  record.sequence = get<std::uint64_t>(data + sequence_at);
  if (get<std::uint16_t>(data + flags_at) & time_known) {
    record.captured_at_ms = static_cast<std::int64_t>(get<std::uint64_t>(data + captured_at));
  }
  record.captured_mono_ms = static_cast<std::int64_t>(get<std::uint64_t>(data + captured_mono_at));
  return record;
}

}  // namespace heliograph::firmware
