// Any bytes as a record: no crash, and what is read lies within them. Also once more with the checksums made
// right, so that the fields behind them are reached.
#include "firmware/core/crc32.hpp"
#include "firmware/core/record.hpp"

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <vector>

namespace {

using namespace heliograph::firmware;

void require(bool condition) {
  if (!condition) std::abort();
}

bool within(const void* part, std::size_t part_size, const std::vector<std::uint8_t>& bytes) {
  const auto* begin = static_cast<const std::uint8_t*>(part);
  return part_size == 0 || (begin >= bytes.data() && begin + part_size <= bytes.data() + bytes.size());
}

bool read(const std::vector<std::uint8_t>& bytes) {
  const auto record = decode_record(bytes.data(), bytes.size());
  if (!record) return false;
  require(within(record->boot.data(), record->boot.size(), bytes));
  require(within(record->telemetry.data(), record->telemetry.size(), bytes));
  require(within(record->label.data(), record->label.size(), bytes));
  require(within(record->picture.data, record->picture.size, bytes));
  return true;
}

void store(std::uint8_t* at, std::uint32_t value) {
  for (int i = 0; i < 4; ++i) at[i] = static_cast<std::uint8_t>(value >> (8 * i));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::vector<std::uint8_t> bytes(data, data + size);
  read(bytes);
  if (size < record_fixed_size) return 0;

  std::memcpy(bytes.data(), "HGSR\x01", 5);
  const std::size_t header_size =
      record_fixed_size + bytes[5] + bytes[6] + 256U * bytes[7] + bytes[8] + 256U * bytes[9];
  if (header_size > size) return 0;
  store(bytes.data() + 12, static_cast<std::uint32_t>(size - header_size));
  store(bytes.data() + 40, crc32(bytes.data() + header_size, size - header_size));
  store(bytes.data() + 44,
        crc32(bytes.data() + record_fixed_size, header_size - record_fixed_size, crc32(bytes.data(), 44)));
  read(bytes);
  return 0;
}
