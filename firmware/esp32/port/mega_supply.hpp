// The supply of an Arducam Mega, where somebody has wired a switch for it: a P-channel transistor, or a load
// switch, whose input is high while the camera has power.
#pragma once

#include "firmware/core/platform/power_switch.hpp"
#include "firmware/esp32/boards/board_pins.hpp"
#include "firmware/esp32/port/spi_device.hpp"

#include <driver/gpio.h>

namespace heliograph::firmware {

class MegaSupply final : public PowerSwitch {
 public:
  // `bus` is open, outlives this, and is closed while there is no power: its lines would feed the camera.
  MegaSupply(int pin, SpiDevice& bus, const SpiPins& lines, int clock_hz)
      : pin_(static_cast<gpio_num_t>(pin)), bus_(bus), lines_(lines), clock_hz_(clock_hz) {
    gpio_set_direction(pin_, GPIO_MODE_OUTPUT);
    gpio_set_level(pin_, 1);
  }

  void set(bool on) override {
    if (!on) {
      bus_.close();
      for (const int line : {lines_.clock, lines_.mosi, lines_.select}) {
        gpio_set_direction(static_cast<gpio_num_t>(line), GPIO_MODE_OUTPUT);
        gpio_set_level(static_cast<gpio_num_t>(line), 0);
      }
    }
    gpio_set_level(pin_, on ? 1 : 0);
    if (on) bus_.open(SPI3_HOST, lines_, clock_hz_);  // where that fails every transfer does, which is told
  }

 private:
  const gpio_num_t pin_;
  SpiDevice& bus_;
  const SpiPins lines_;
  const int clock_hz_;
};

}  // namespace heliograph::firmware
