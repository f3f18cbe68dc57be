// Of our own, for the host: as much of ESP-IDF's <sd_protocol_types.h> as firmware/esp32 uses. See README.md.
#pragma once

struct sdmmc_card_t {
  int max_freq_khz;
};
struct sdmmc_host_t {
  int slot;
  int max_freq_khz;
};
