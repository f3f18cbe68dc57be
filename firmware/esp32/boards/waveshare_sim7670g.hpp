// Waveshare ESP32-S3-SIM7670G-4G (ESP32-S3R8, 16 MB flash, 8 MB PSRAM), board version 2, with an Arducam Mega
// on its header.
//
// What public sources agree on: the modem at TX 18 and RX 17; the modem's supply at GPIO21, unless the DIP
// switch "4G" keeps it on; the card at CLK 5, CMD 4, D0 6. There is no power key. The pins of the Mega are
// ours: on the header they are four of the camera connector's data lines, so that stays empty. With a camera
// on it: waveshare_sim7670g_camera.hpp, which names the sources.
#pragma once

#include "firmware/esp32/boards/board_pins.hpp"

namespace heliograph::firmware {

constexpr BoardPins waveshare_sim7670g_board() {
  BoardPins board;
  board.model = "waveshare-sim7670g-mega";
  board.name = "Waveshare ESP32-S3-SIM7670G-4G with an Arducam Mega";
  board.sensor = SensorKind::arducam_mega;
  board.mega = {7, 9, 8, 10};
  board.card = {CardBus::sdmmc, 5, 4, 6, no_pin};
  board.modem.tx = 18;
  board.modem.rx = 17;
  board.modem.rail = 21;
  board.button = 0;
  board.flash_mb = 8;  // of 16: the table of 8 MB serves both
  return board;
}
static_assert(pins_distinct(waveshare_sim7670g_board()));

}  // namespace heliograph::firmware
