#include "firmware/core/arducam/capabilities.hpp"

namespace heliograph::firmware::mega {

ListText settings_list(const Sensor& sensor) {
  ListText list(std::string_view(
      R"("resolution","quality","rotation","auto_exposure","exposure_lines","exposure_bias","auto_iso",)"
      R"("iso_gain","white_balance","brightness","contrast","saturation","effect")"));
  if (sensor.max_sharpness > 0) list.append(R"(,"sharpness")");
  return list;
}

ListText resolutions_list(const Sensor& sensor) {
  ListText list;
  for (std::size_t place = 0; place < sensor.resolution_count; ++place) {
    list.append(place == 0 ? "\"" : ",\"").append(name_of(sensor.resolutions[place]).view()).append('"');
  }
  return list;
}

}  // namespace heliograph::firmware::mega
