// Pins that keep their level while the board sleeps: else a modem that was turned off is turned on by its
// key, and a flash light glows all night.
#pragma once

#include "firmware/esp32/boards/board_pins.hpp"

#include <driver/gpio.h>

namespace heliograph::firmware {

template <class Visit>
void each_held_pin(const BoardPins& board, Visit visit) {
  for (const int pin : {board.modem.power_key, board.modem.rail, board.modem.flight, board.flash}) {
    if (pin != no_pin) visit(static_cast<gpio_num_t>(pin));
  }
}

// Before a deep sleep.
inline void hold_pins(const BoardPins& board) {
  each_held_pin(board, [](gpio_num_t pin) { gpio_hold_en(pin); });
}

// At the start, for when the chip dozes: an ESP32-S3 lets go of every pin meanwhile, unless it is told not
// to.
inline void keep_pins(const BoardPins& board) {
  each_held_pin(board, [](gpio_num_t pin) { gpio_sleep_sel_dis(pin); });
  for (const int pin :
       {board.modem.dtr, board.light, board.mega_power, board.mega.select, board.mega.clock, board.mega.mosi,
        board.parallel.power_down, board.card.select, board.card.clock, board.card.command}) {
    if (pin != no_pin) gpio_sleep_sel_dis(static_cast<gpio_num_t>(pin));
  }
}

// At the start: sets the flash light dark, too.
inline void release_pins(const BoardPins& board) {
  each_held_pin(board, [](gpio_num_t pin) { gpio_hold_dis(pin); });
  if (board.flash == no_pin) return;
  gpio_set_direction(static_cast<gpio_num_t>(board.flash), GPIO_MODE_OUTPUT);
  gpio_set_level(static_cast<gpio_num_t>(board.flash), 0);
}

}  // namespace heliograph::firmware
