#include "server/cameras/words.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <utility>

namespace heliograph::cameras {

std::string span_words(std::chrono::milliseconds span) {
  using std::chrono::seconds;
  constexpr std::array<std::pair<seconds, std::string_view>, 4> units{{{std::chrono::days(1), "day"},
                                                                       {std::chrono::hours(1), "hour"},
                                                                       {std::chrono::minutes(1), "minute"},
                                                                       {seconds(1), "second"}}};
  const seconds whole = std::chrono::floor<seconds>(std::max(span, std::chrono::milliseconds(0)));
  const auto* unit = std::ranges::find_if(units, [whole](const auto& one) { return whole >= 2 * one.first; });
  if (unit == units.end()) --unit;
  const std::int64_t count = whole / unit->first;
  return std::to_string(count) + " " + std::string(unit->second) + (count == 1 ? "" : "s");
}

}  // namespace heliograph::cameras
