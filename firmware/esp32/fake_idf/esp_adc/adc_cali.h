// Of our own, for the host: as much of ESP-IDF's <esp_adc/adc_cali.h> as firmware/esp32 uses. See README.md.
#pragma once

#include <esp_adc/adc_oneshot.h>

using adc_cali_handle_t = struct FakeCalibration*;
esp_err_t adc_cali_raw_to_voltage(adc_cali_handle_t calibration, int raw, int* mv);
