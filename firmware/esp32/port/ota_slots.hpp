// The two slots of a board's flash, ota_0 and ota_1, of which the boot loader starts one. It starts what is
// on trial once: if that restarts for any reason before it was confirmed, the boot loader goes back to the
// one before. So here a power cut during a trial ends it, unlike on Linux.
//
// What the boot loader does not keep is noted in the flash's store: which image lies in a slot, how much of
// it, and what came of the last trial.
#pragma once

#include "firmware/core/platform/image_slots.hpp"
#include "firmware/esp32/port/nvs_values.hpp"

#include <esp_partition.h>
#include <string_view>

namespace heliograph::firmware {

class OtaSlots final : public ImageSlots {
 public:
  // Looks at what the last trial came to. nvs_flash_init() came before; the boot loader was built with
  // CONFIG_BOOTLOADER_APP_ROLLBACK_ENABLE.
  OtaSlots();

  BootFacts facts() override;
  ManifestText running_manifest() override;
  ManifestText other_manifest() override;
  std::uint64_t other_size() override;
  bool begin(std::string_view manifest) override;
  bool append(Bytes bytes) override;
  std::optional<std::array<std::uint8_t, 32>> other_digest() override;
  bool try_other() override;
  bool confirm(std::uint32_t security) override;
  bool give_up(std::string_view reason) override;
  bool acknowledge() override;
  std::string_view error_text() const override { return error_; }

 private:
  // What is noted of trials. Lies in the flash as it is.
  struct Note {
    std::uint32_t form = 1;  // of this struct; another one is a new board's
    std::uint32_t security = 0;
    std::uint32_t confirming = 0;  // the security number of an image that is just being confirmed
    std::uint8_t has_trial = 0;
    std::uint8_t trial = 0;  // its slot
    std::uint8_t outcome = 0;
    std::uint8_t reason_size = 0;
    char reason[TrialReason::max_size] = {};
  };

  void settle_trial();
  bool is_on_trial() const;
  static int number_of(const esp_partition_t* slot);
  void load_note();
  bool save_note();
  void set_reason(std::string_view reason);
  ManifestText load_slot(const esp_partition_t* slot, std::uint32_t& size);
  bool save_slot();
  bool fail(esp_err_t error);

  const esp_partition_t* const running_;
  const esp_partition_t* const other_;  // null: the flash has one slot only
  NvsValues values_{"ota"};
  Note note_;
  ManifestText manifest_;   // of the other slot
  std::uint32_t size_ = 0;  // of its image, so far
  std::string_view error_;
};

}  // namespace heliograph::firmware
