// What is wired to which pin of a board, and what follows from it. Values only; the port reads them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace heliograph::firmware {

inline constexpr int no_pin = -1;

struct SpiPins {
  int clock = no_pin;
  int miso = no_pin;
  int mosi = no_pin;
  int select = no_pin;
};

enum class CardBus { none, spi, sdmmc };

// On SPI `command` is MOSI, `data` is MISO; on SDMMC there is one data line and no `select`.
struct CardPins {
  CardBus bus = CardBus::none;
  int clock = no_pin;
  int command = no_pin;
  int data = no_pin;
  int select = no_pin;
};

struct ModemPins {
  int tx = no_pin;  // of the board
  int rx = no_pin;
  int power_key = no_pin;  // high presses it
  int rail = no_pin;       // high gives the modem power
  int dtr = no_pin;        // low keeps it awake
  int flight = no_pin;     // high lets it transmit
  int status = no_pin;     // high while it is on
};

struct SensorPins {  // of a parallel camera, as esp_camera names them
  int power_down = no_pin;
  int reset = no_pin;
  int clock = no_pin;
  int sda = no_pin;
  int scl = no_pin;
  int data[8] = {no_pin, no_pin, no_pin, no_pin, no_pin, no_pin, no_pin, no_pin};  // D0 to D7
  int vsync = no_pin;
  int href = no_pin;
  int pixel_clock = no_pin;
};

enum class SensorKind { none, arducam_mega, parallel };

// A supply that is measured: the pin sees it divided. 0: it is not.
struct SupplyPin {
  int pin = no_pin;
  int ratio_percent = 0;  // of the supply's voltage to the pin's: 200 for two equal resistors
};

struct BoardPins {
  std::string_view model;  // what its images are signed for
  std::string_view name;   // for a person
  SensorKind sensor = SensorKind::none;
  SpiPins mega;
  int mega_power = no_pin;  // of a switch that somebody has wired: high gives it power
  SensorPins parallel;
  CardPins card;
  ModemPins modem;
  SupplyPin battery;
  SupplyPin solar;
  int light = no_pin;  // shows how it is
  bool light_is_inverted = false;
  int flash = no_pin;   // a bright one, which is kept dark
  int button = no_pin;  // pressed for five seconds: the portal opens; low while pressed
  std::size_t flash_mb = 4;
  constexpr bool has_modem() const { return modem.tx != no_pin; }
};

// Every pin that the board uses, each once: two parts on one wire are found when the program is compiled.
class PinSet {
 public:
  constexpr void add(int pin) {
    if (pin == no_pin) return;
    const std::uint64_t bit = std::uint64_t{1} << pin;
    if (pin < 0 || pin > 48 || (used_ & bit) != 0) distinct_ = false;
    used_ |= bit;
  }
  constexpr bool distinct() const { return distinct_; }

 private:
  std::uint64_t used_ = 0;
  bool distinct_ = true;
};

constexpr bool pins_distinct(const BoardPins& board) {
  PinSet pins;
  for (const int pin :
       {board.mega.clock, board.mega.miso, board.mega.mosi, board.mega.select, board.mega_power})
    pins.add(pin);
  const SensorPins& sensor = board.parallel;
  for (const int pin : {sensor.power_down, sensor.reset, sensor.clock, sensor.sda, sensor.scl, sensor.vsync,
                        sensor.href, sensor.pixel_clock}) {
    pins.add(pin);
  }
  for (const int pin : sensor.data) pins.add(pin);
  for (const int pin : {board.card.clock, board.card.command, board.card.data, board.card.select})
    pins.add(pin);
  const ModemPins& modem = board.modem;
  for (const int pin :
       {modem.tx, modem.rx, modem.power_key, modem.rail, modem.dtr, modem.flight, modem.status}) {
    pins.add(pin);
  }
  for (const int pin : {board.battery.pin, board.solar.pin, board.light, board.flash, board.button})
    pins.add(pin);
  return pins.distinct();
}

// Whether the pin can be read by the converter that works beside Wi-Fi (ADC1), on the ESP32.
constexpr bool on_adc1_of_esp32(int pin) {
  return pin >= 32 && pin <= 39;
}

}  // namespace heliograph::firmware
