// The voltages of battery and panel, by the converter that works beside Wi-Fi (ADC1).
#pragma once

#include "firmware/esp32/boards/board_pins.hpp"

#include <cstdint>
#include <optional>

#include <esp_adc/adc_cali.h>
#include <esp_adc/adc_oneshot.h>

namespace heliograph::firmware {

// Below this a reading is no battery but the pin's own noise: the board runs from USB, millivolts.
inline constexpr std::int64_t least_supply_mv = 500;
// Readings of which the mean is taken: one alone is off by a hundredth.
inline constexpr int gauge_readings = 16;

// The supply's millivolts, of those at its pin; none: there is no supply. Pure.
std::optional<std::int64_t> supply_mv(std::int64_t pin_mv, int ratio_percent);

// One task.
class SupplyGauge {
 public:
  explicit SupplyGauge(const SupplyPin& pin);
  SupplyGauge(const SupplyGauge&) = delete;
  SupplyGauge& operator=(const SupplyGauge&) = delete;

  // Millivolts; none: it is not wired, or there is no supply.
  std::optional<std::int64_t> read() const;

 private:
  const SupplyPin pin_;
  adc_channel_t channel_ = ADC_CHANNEL_0;
  adc_oneshot_unit_handle_t unit_ = nullptr;  // shared by all gauges; null: it is not wired
  adc_cali_handle_t calibration_ = nullptr;
};

}  // namespace heliograph::firmware
