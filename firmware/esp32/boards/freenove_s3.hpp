// Freenove ESP32-S3-WROOM CAM (ESP32-S3, 8 MB flash, 8 MB PSRAM), wired as Espressif's ESP32-S3-EYE.
#pragma once

#include "firmware/esp32/boards/board_pins.hpp"

namespace heliograph::firmware {

constexpr BoardPins freenove_s3_board() {
  BoardPins board;
  board.model = "freenove-esp32s3";
  board.name = "Freenove ESP32-S3-WROOM CAM";
  board.sensor = SensorKind::parallel;
  board.parallel = {no_pin, no_pin, 15, 4, 5, {11, 9, 8, 10, 12, 18, 17, 16}, 6, 7, 13};
  board.card = {CardBus::sdmmc, 39, 38, 40, no_pin};
  board.light = 2;
  board.button = 0;
  board.flash_mb = 8;
  return board;
}
static_assert(pins_distinct(freenove_s3_board()));

}  // namespace heliograph::firmware
