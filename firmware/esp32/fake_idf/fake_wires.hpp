// What hangs on the fake board: a card, a device on SPI, a sensor, a network whose names a test knows.
#pragma once

#include <deque>
#include <functional>
#include <string>
#include <vector>

namespace heliograph::fake_idf {

struct CardSlot {
  bool has_card = true;
  int mounts = 0;
  bool is_mounted = false;
};
CardSlot& card_slot();

struct SpiBus {
  // What the device sends while this many bytes are read after this command.
  std::function<std::string(const std::string& command, std::size_t size)> device;
  bool fails = false;
  int clock_hz = 0;
};
SpiBus& spi_bus();

struct SensorChip {
  bool answers = true;
  std::deque<std::string> pictures;  // then none comes
  int starts = 0, stops = 0, lent = 0;
  std::vector<std::string> set;  // "quality=10"
  std::size_t buffers = 0;
  bool newest = false;
};
SensorChip& sensor_chip();

// Millivolts at the converter's pin.
int& pin_mv();

// A name that nobody ever answers for, one that there is not, and "localhost".
inline constexpr const char* silent_name = "silent.example";
inline constexpr const char* unknown_name = "unknown.example";

struct TlsWorld {
  bool refuses = false;  // the certificate
  // By what the chip was told to trust: PEM, or "bundle".
  std::function<bool(const std::string& trust)> trusts = [](const std::string&) { return true; };
  int sessions = 0;
};
TlsWorld& tls_world();

}  // namespace heliograph::fake_idf
