// AI-Thinker ESP32-CAM (ESP32-S, 4 MB flash, 4 MB PSRAM), and its many copies. Its card shares GPIO4 with the
// flash light when it is used with four data lines; over SPI it does not. GPIO0 clocks the sensor, so there
// is no button.
#pragma once

#include "firmware/esp32/boards/board_pins.hpp"

namespace heliograph::firmware {

constexpr BoardPins ai_thinker_board() {
  BoardPins board;
  board.model = "ai-thinker";
  board.name = "AI-Thinker ESP32-CAM";
  board.sensor = SensorKind::parallel;
  board.parallel = {32, no_pin, 0, 26, 27, {5, 18, 19, 21, 36, 39, 34, 35}, 25, 23, 22};
  board.card = {CardBus::spi, 14, 15, 2, 13};
  board.light = 33;
  board.light_is_inverted = true;
  board.flash = 4;
  board.flash_mb = 4;
  return board;
}
static_assert(pins_distinct(ai_thinker_board()));

}  // namespace heliograph::firmware
