// The Arducam Mega as it shows itself on its bus. The numbers are those of Arducam's own library
// (Arducam_Mega 3.0.0, src/Arducam/ArducamCamera.c and .h, MIT) and of their driver for Zephyr.
#pragma once

#include <cstdint>

namespace heliograph::firmware::mega {

// What Arducam recommend; their ArduChip is designed for no more. Hertz.
inline constexpr std::int32_t clock_hz = 8'000'000;

// A command: an address, with this bit to write. A read is answered in the second byte after the address.
inline constexpr std::uint8_t write_bit = 0x80;

inline constexpr std::uint8_t fifo_control = 0x04;
inline constexpr std::uint8_t fifo_clear = 0x01;  // the flag of the picture before
inline constexpr std::uint8_t fifo_start = 0x02;  // a picture

inline constexpr std::uint8_t sensor_reset = 0x07;
inline constexpr std::uint8_t reset_all = 0x40;

// Of the chip behind the controller: its address on the inner bus, and a write to a register of its own.
inline constexpr std::uint8_t inner_device = 0x0A;
inline constexpr std::uint8_t inner_register_high = 0x0B;
inline constexpr std::uint8_t inner_register_low = 0x0C;
inline constexpr std::uint8_t inner_value_low = 0x0D;
inline constexpr std::uint8_t inner_value_high = 0x0E;
inline constexpr std::uint8_t usual_inner_device = 0x78;

inline constexpr std::uint8_t format = 0x20;
inline constexpr std::uint8_t format_jpeg = 0x01;
inline constexpr std::uint8_t resolution = 0x21;  // bit 7 would be video
inline constexpr std::uint8_t brightness = 0x22;
inline constexpr std::uint8_t contrast = 0x23;
inline constexpr std::uint8_t saturation = 0x24;
inline constexpr std::uint8_t exposure_bias = 0x25;
inline constexpr std::uint8_t white_balance = 0x26;
inline constexpr std::uint8_t effect = 0x27;
inline constexpr std::uint8_t sharpness = 0x28;   // of the older sensors
inline constexpr std::uint8_t power_mode = 0x28;  // of the newer: 1 is low
inline constexpr std::uint8_t quality = 0x2A;     // 0 high, 1 usual, 2 low
inline constexpr std::uint8_t rotation = 0x2B;    // 1: by 180 degrees

inline constexpr std::uint8_t automatics = 0x30;  // one of the following, and whether it is on
inline constexpr std::uint8_t automatic_gain = 0x00;
inline constexpr std::uint8_t automatic_exposure = 0x01;
inline constexpr std::uint8_t automatic_on = 0x80;
inline constexpr std::uint8_t gain_high = 0x31;
inline constexpr std::uint8_t gain_low = 0x32;
inline constexpr std::uint8_t exposure_high = 0x33;  // the older sensors only
inline constexpr std::uint8_t exposure_middle = 0x34;
inline constexpr std::uint8_t exposure_low = 0x35;

// How the first of the older sensors are put to rest.
inline constexpr std::uint8_t power_control = 0x02;
inline constexpr std::uint8_t power_resting = 0x07;
inline constexpr std::uint8_t power_awake = 0x05;

inline constexpr std::uint8_t burst_read = 0x3C;  // one byte of no meaning comes before a picture's first
inline constexpr std::uint8_t sensor_id = 0x40;

inline constexpr std::uint8_t state = 0x44;
inline constexpr std::uint8_t inner_bus_mask = 0x03;
inline constexpr std::uint8_t inner_bus_idle = 0x02;
inline constexpr std::uint8_t capture_done = 0x04;
inline constexpr std::uint8_t automatics_busy = 0x08;  // the newer sensors only

inline constexpr std::uint8_t fifo_size_low = 0x45;
inline constexpr std::uint8_t fifo_size_middle = 0x46;
inline constexpr std::uint8_t fifo_size_high = 0x47;

}  // namespace heliograph::firmware::mega
