// The sensors that an Arducam Mega may have, and what each can do. Tables; nothing here speaks to one.
#pragma once

#include "firmware/core/text.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace heliograph::firmware::mega {

struct Resolution {
  std::int32_t width;  // pixels
  std::int32_t height;
  std::uint8_t code;  // in its register; the numbers of older and newer sensors differ
};

// In which ways their registers differ.
enum class Generation {
  first,   // 2021
  second,  // as the first, but that they rest by a register of the chip itself
  third    // 2025: other numbers of resolutions, low power, no sharpness
};

struct Sensor {
  std::uint8_t id;
  std::string_view name;  // as the server knows it
  Generation generation;
  const Resolution* resolutions;  // from the smallest
  std::size_t resolution_count;
  std::int64_t max_exposure_lines;
  std::int64_t max_gain;
  bool gain_by_times;          // its gain is told as so many times, and written in a form of its own
  std::int64_t max_sharpness;  // 0: it is not to be set
  bool has_yellowish;
};

// Null: no sensor of that number is known, and what it would need neither.
const Sensor* find_sensor(std::uint8_t id);

// "1600x1200".
using ResolutionName = Text<16>;
ResolutionName name_of(const Resolution& resolution);

// Its place in the sensor's table; `resolution_count` if there is none such.
std::size_t find_resolution(const Sensor& sensor, std::string_view name);

}  // namespace heliograph::firmware::mega
