// Seeed Studio XIAO ESP32S3 Sense (ESP32-S3R8, 8 MB flash, 8 MB PSRAM).
#pragma once

#include "firmware/esp32/boards/board_pins.hpp"

namespace heliograph::firmware {

constexpr BoardPins xiao_sense_board() {
  BoardPins board;
  board.model = "xiao-esp32s3-sense";
  board.name = "XIAO ESP32S3 Sense";
  board.sensor = SensorKind::parallel;
  board.parallel = {no_pin, no_pin, 10, 40, 39, {15, 17, 18, 16, 14, 12, 11, 48}, 38, 47, 13};
  board.card = {CardBus::spi, 7, 9, 8, 21};  // 21 is the light's pin too, which stays unused
  board.button = 0;
  board.flash_mb = 8;
  return board;
}
static_assert(pins_distinct(xiao_sense_board()));

}  // namespace heliograph::firmware
