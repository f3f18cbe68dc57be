// The fake board's flash: its small store, its two program slots and its boot loader. It loses power in the
// middle of whatever a test says.
#pragma once

#include <cstddef>
#include <esp_ota_ops.h>
#include <exception>
#include <map>
#include <string>

namespace heliograph::fake_idf {

// What a board does that loses its power: nothing more.
struct PowerCut : std::exception {};

// Bytes of a program slot.
inline constexpr std::size_t slot_size = 64 * 1024;

// As it left the factory: slot 0 runs.
struct Flash {
  // The n-th change of the flash from now on (1: the next) is done by half, and the board is gone.
  void cut_power_at(int change) { cut_in = change; }
  void stay_on() { cut_in = 0; }
  // Power comes back, or the board restarts: the boot loader chooses.
  void boot();

  std::map<std::string, std::string> values;                                                // "area/key"
  std::string image[2] = {std::string(slot_size, '\xff'), std::string(slot_size, '\xff')};  // erased
  esp_ota_img_states_t state[2] = {ESP_OTA_IMG_VALID, ESP_OTA_IMG_UNDEFINED};
  int boot_slot = 0;
  int running = 0;
  int cut_in = 0;
  int changes = 0;
  int programmed_twice = 0;  // bytes that were written without being erased: on a board, rubbish
};

Flash& flash();

}  // namespace heliograph::fake_idf
