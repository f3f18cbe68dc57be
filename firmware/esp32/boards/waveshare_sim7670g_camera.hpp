// Waveshare ESP32-S3-SIM7670G-4G, board version 2, with a camera on its own connector (OV2640, OV5640).
//
// The connector's pins are those of two projects for this very board, which have them each by itself, and
// agree with each other and with waveshare_sim7670g.hpp on modem and card:
//   github.com/Fallah-Hamed/ESP32-S3-SIM7670G-4G, src/camera_manager.h at efe638d (its camera is an OV5640)
//   github.com/nilseuropa/solar_os, boards/manifests/waveshare_esp32_s3_sim7670g_4g.toml at 1d27183
// Waveshare's own schematic was not to be had.
#pragma once

#include "firmware/esp32/boards/waveshare_sim7670g.hpp"

namespace heliograph::firmware {

constexpr BoardPins waveshare_sim7670g_camera_board() {
  BoardPins board = waveshare_sim7670g_board();
  board.model = "waveshare-sim7670g-cam";
  board.name = "Waveshare ESP32-S3-SIM7670G-4G with its own camera";
  board.sensor = SensorKind::parallel;
  board.mega = {};
  board.parallel = {no_pin, no_pin, 39, 15, 16, {7, 8, 9, 10, 11, 12, 13, 14}, 42, 41, 46};
  board.flash_mb = 8;  // of 16, too
  return board;
}
static_assert(pins_distinct(waveshare_sim7670g_camera_board()));

}  // namespace heliograph::firmware
