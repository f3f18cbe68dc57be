#include "firmware/esp32/decide/twin_record.hpp"

#include "firmware/core/crc32.hpp"

#include <cstring>

namespace heliograph::firmware {

namespace {

std::uint32_t checksum(std::uint32_t number, std::string_view value) {
  return crc32(value.data(), value.size(), crc32(&number, sizeof number));
}

}  // namespace

std::optional<Twin> read_twin(const std::uint8_t* copy, std::size_t size) {
  if (size < twin_head_size) return std::nullopt;
  Twin twin;
  std::uint32_t sum = 0;
  std::memcpy(&twin.number, copy, sizeof twin.number);
  std::memcpy(&sum, copy + sizeof twin.number, sizeof sum);
  twin.value = {reinterpret_cast<const char*>(copy) + twin_head_size, size - twin_head_size};
  if (sum != checksum(twin.number, twin.value)) return std::nullopt;
  return twin;
}

void write_twin(std::uint32_t number, std::string_view value, std::uint8_t* copy) {
  const std::uint32_t sum = checksum(number, value);
  std::memcpy(copy, &number, sizeof number);
  std::memcpy(copy + sizeof number, &sum, sizeof sum);
  if (!value.empty()) std::memcpy(copy + twin_head_size, value.data(), value.size());
}

TwinChoice choose_twin(const std::optional<Twin>& first, const std::optional<Twin>& second) {
  TwinChoice choice;
  // By the difference: numbers come round after four thousand million writes.
  const bool first_is_newer =
      first && (!second || static_cast<std::int32_t>(first->number - second->number) > 0);
  choice.newest = first_is_newer ? first : second;
  choice.next_place = first_is_newer ? 1 : 0;
  if (choice.newest) choice.next_number = choice.newest->number + 1;
  return choice;
}

}  // namespace heliograph::firmware
