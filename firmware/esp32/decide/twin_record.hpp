// One value kept twice, so that a power cut while it is written leaves the one before: each copy has a number
// and a checksum, and the newer of the sound ones is the value. Pure: the form, and the choice.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace heliograph::firmware {

// Bytes before the value.
inline constexpr std::size_t twin_head_size = 8;

struct Twin {
  std::uint32_t number = 0;
  std::string_view value;  // in the copy that was read
};

// None: it is no sound copy.
std::optional<Twin> read_twin(const std::uint8_t* copy, std::size_t size);
// `copy` has twin_head_size + value.size() bytes.
void write_twin(std::uint32_t number, std::string_view value, std::uint8_t* copy);

struct TwinChoice {
  std::optional<Twin> newest;
  int next_place = 0;  // 0 or 1: where the next one is written
  std::uint32_t next_number = 1;
};
TwinChoice choose_twin(const std::optional<Twin>& first, const std::optional<Twin>& second);

}  // namespace heliograph::firmware
