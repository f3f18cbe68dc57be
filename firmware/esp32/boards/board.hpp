// The board that this image is for, as `idf.py menuconfig` or a file of defaults has chosen it.
#pragma once

#include <sdkconfig.h>

#if CONFIG_HELIOGRAPH_BOARD_T_SIM7600
#include "firmware/esp32/boards/t_sim7600.hpp"
#elif CONFIG_HELIOGRAPH_BOARD_WAVESHARE_SIM7670G
#include "firmware/esp32/boards/waveshare_sim7670g.hpp"
#elif CONFIG_HELIOGRAPH_BOARD_WAVESHARE_SIM7670G_CAMERA
#include "firmware/esp32/boards/waveshare_sim7670g_camera.hpp"
#elif CONFIG_HELIOGRAPH_BOARD_AI_THINKER
#include "firmware/esp32/boards/ai_thinker.hpp"
#elif CONFIG_HELIOGRAPH_BOARD_XIAO_SENSE
#include "firmware/esp32/boards/xiao_sense.hpp"
#elif CONFIG_HELIOGRAPH_BOARD_FREENOVE_S3
#include "firmware/esp32/boards/freenove_s3.hpp"
#else
#error "choose a board: idf.py menuconfig, Heliograph"
#endif

namespace heliograph::firmware {

// A switch for the camera's supply is on no board: whoever has wired one says to which pin.
constexpr BoardPins with_camera_switch(BoardPins board) {
  board.mega_power = CONFIG_HELIOGRAPH_CAMERA_POWER_PIN;
  return board;
}

#if CONFIG_HELIOGRAPH_BOARD_T_SIM7600
inline constexpr BoardPins board_pins = with_camera_switch(t_sim7600_board());
#elif CONFIG_HELIOGRAPH_BOARD_WAVESHARE_SIM7670G
inline constexpr BoardPins board_pins = with_camera_switch(waveshare_sim7670g_board());
#elif CONFIG_HELIOGRAPH_BOARD_WAVESHARE_SIM7670G_CAMERA
inline constexpr BoardPins board_pins = with_camera_switch(waveshare_sim7670g_camera_board());
#elif CONFIG_HELIOGRAPH_BOARD_AI_THINKER
inline constexpr BoardPins board_pins = with_camera_switch(ai_thinker_board());
#elif CONFIG_HELIOGRAPH_BOARD_XIAO_SENSE
inline constexpr BoardPins board_pins = with_camera_switch(xiao_sense_board());
#elif CONFIG_HELIOGRAPH_BOARD_FREENOVE_S3
inline constexpr BoardPins board_pins = with_camera_switch(freenove_s3_board());
#endif
static_assert(pins_distinct(board_pins), "the pin of the camera's switch has another use already");

}  // namespace heliograph::firmware
