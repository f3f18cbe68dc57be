// Of our own, for the host: as much of ESP-IDF's <esp_adc/adc_cali_scheme.h> as firmware/esp32 uses. See
// README.md.
#pragma once

#include <esp_adc/adc_cali.h>

struct adc_cali_line_fitting_config_t {
  adc_unit_t unit_id;
  adc_atten_t atten;
  adc_bitwidth_t bitwidth;
};
esp_err_t adc_cali_create_scheme_line_fitting(const adc_cali_line_fitting_config_t* config,
                                              adc_cali_handle_t* calibration);
