// LilyGO T-SIM7600 (ESP32-WROVER, 4 MB flash, 8 MB PSRAM of which 4 are mapped) with an Arducam Mega on its
// header. Pins by LilyGO's schematic T54 V1.3 and its utilities.h; the camera's are those of the IOMUX of
// SPI3, all free on the header.
//
// GPIO2 with a card in its slot keeps the board from being flashed over USB: take the card out first.
#pragma once

#include "firmware/esp32/boards/board_pins.hpp"

namespace heliograph::firmware {

constexpr BoardPins t_sim7600_board() {
  BoardPins board;
  board.model = "t-sim7600-mega";
  board.name = "LilyGO T-SIM7600 with an Arducam Mega";
  board.sensor = SensorKind::arducam_mega;
  board.mega = {18, 19, 23, 5};
  board.card = {CardBus::spi, 14, 15, 2, 13};
  board.modem.tx = 27;
  board.modem.rx = 26;
  board.modem.power_key = 4;
  board.modem.dtr = 32;
  board.modem.flight = 25;
  board.modem.status = 34;
  board.battery = {35, 200};  // 100 kΩ and 100 kΩ; reads 0 while it runs from USB
  board.solar = {36, 200};
  board.light = 12;
  board.button = 0;
  board.flash_mb = 4;
  return board;
}
static_assert(pins_distinct(t_sim7600_board()));
static_assert(on_adc1_of_esp32(t_sim7600_board().battery.pin) &&
              on_adc1_of_esp32(t_sim7600_board().solar.pin));

}  // namespace heliograph::firmware
