// The card: found, mounted and let go, on SPI or on the chip's own card host, as the board is wired.
#pragma once

#include "firmware/esp32/boards/board_pins.hpp"

#include <cstdint>
#include <sd_protocol_types.h>

namespace heliograph::firmware {

// One task.
class SdCard {
 public:
  // `base`: the directory that its files appear in, as "/sd". Outlives this.
  SdCard(const CardPins& pins, const char* base) : pins_(pins), base_(base) {}
  SdCard(const SdCard&) = delete;
  SdCard& operator=(const SdCard&) = delete;
  ~SdCard() { unmount(); }

  // Never formats: a card that cannot be read may hold somebody's pictures. True: it is mounted.
  bool mount();
  void unmount();
  bool is_mounted() const { return card_ != nullptr; }
  const char* base() const { return base_; }

  // Bytes of it; 0: it is not mounted.
  std::uint64_t size() const;

 private:
  bool mount_spi();
  bool mount_sdmmc();

  const CardPins pins_;
  const char* const base_;
  sdmmc_card_t* card_ = nullptr;
  bool has_bus_ = false;
};

}  // namespace heliograph::firmware
