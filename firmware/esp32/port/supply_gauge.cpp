#include "firmware/esp32/port/supply_gauge.hpp"

#include <esp_adc/adc_cali_scheme.h>

namespace heliograph::firmware {

namespace {

adc_oneshot_unit_handle_t shared_unit() {
  static adc_oneshot_unit_handle_t unit = [] {
    adc_oneshot_unit_init_cfg_t config = {};
    config.unit_id = ADC_UNIT_1;
    adc_oneshot_unit_handle_t made = nullptr;
    return adc_oneshot_new_unit(&config, &made) == ESP_OK ? made : nullptr;
  }();
  return unit;
}

// By what was burnt into the chip when it was made; null: nothing was.
adc_cali_handle_t calibrate() {
  adc_cali_handle_t calibration = nullptr;
#if ADC_CALI_SCHEME_CURVE_FITTING_SUPPORTED
  adc_cali_curve_fitting_config_t config = {};
  config.unit_id = ADC_UNIT_1;
  config.atten = ADC_ATTEN_DB_12;
  config.bitwidth = ADC_BITWIDTH_DEFAULT;
  const bool made = adc_cali_create_scheme_curve_fitting(&config, &calibration) == ESP_OK;
#else
  adc_cali_line_fitting_config_t config = {};
  config.unit_id = ADC_UNIT_1;
  config.atten = ADC_ATTEN_DB_12;
  config.bitwidth = ADC_BITWIDTH_DEFAULT;
  const bool made = adc_cali_create_scheme_line_fitting(&config, &calibration) == ESP_OK;
#endif
  return made ? calibration : nullptr;
}

}  // namespace

std::optional<std::int64_t> supply_mv(std::int64_t pin_mv, int ratio_percent) {
  const std::int64_t supply = pin_mv * ratio_percent / 100;
  return supply >= least_supply_mv ? std::optional(supply) : std::nullopt;
}

SupplyGauge::SupplyGauge(const SupplyPin& pin) : pin_(pin) {
  adc_unit_t unit = ADC_UNIT_1;
  if (pin.pin == no_pin || adc_oneshot_io_to_channel(pin.pin, &unit, &channel_) != ESP_OK) return;
  if (unit != ADC_UNIT_1) return;  // the other one belongs to Wi-Fi
  adc_oneshot_chan_cfg_t config = {};
  config.atten = ADC_ATTEN_DB_12;
  config.bitwidth = ADC_BITWIDTH_DEFAULT;
  adc_oneshot_unit_handle_t made = shared_unit();
  if (made == nullptr || adc_oneshot_config_channel(made, channel_, &config) != ESP_OK) return;
  unit_ = made;
  calibration_ = calibrate();
}

std::optional<std::int64_t> SupplyGauge::read() const {
  if (unit_ == nullptr || calibration_ == nullptr) return std::nullopt;
  std::int64_t sum_mv = 0;
  for (int i = 0; i < gauge_readings; ++i) {
    int raw = 0;
    int mv = 0;
    if (adc_oneshot_read(unit_, channel_, &raw) != ESP_OK) return std::nullopt;
    if (adc_cali_raw_to_voltage(calibration_, raw, &mv) != ESP_OK) return std::nullopt;
    sum_mv += mv;
  }
  return supply_mv(sum_mv / gauge_readings, pin_.ratio_percent);
}

}  // namespace heliograph::firmware
