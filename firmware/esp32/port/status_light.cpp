#include "firmware/esp32/port/status_light.hpp"

#include <driver/gpio.h>

namespace heliograph::firmware {

bool light_is_on(LightSign sign, std::int64_t now_ms) {
  switch (sign) {
    case LightSign::dark:
      return false;
    case LightSign::starting:
      return true;
    case LightSign::portal:
      return now_ms % 1'000 < 500;
    case LightSign::offline:
      return now_ms % 5'000 < 100;
    case LightSign::identify:
      return now_ms % 200 < 100;
  }
  return false;
}

StatusLight::StatusLight(int pin, bool inverted) : pin_(pin), inverted_(inverted) {
  if (pin_ != no_pin) gpio_set_direction(static_cast<gpio_num_t>(pin_), GPIO_MODE_OUTPUT);
  show(LightSign::starting, 0);
}

void StatusLight::show(LightSign sign, std::int64_t now_ms) {
  if (pin_ == no_pin) return;
  const bool on = light_is_on(identifies(now_ms) ? LightSign::identify : sign, now_ms);
  gpio_set_level(static_cast<gpio_num_t>(pin_), on != inverted_ ? 1 : 0);
}

}  // namespace heliograph::firmware
