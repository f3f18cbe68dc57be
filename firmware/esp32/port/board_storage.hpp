// Where a board keeps what must not be lost: pictures on the card, or in memory while there is none; what it
// was told in its own flash, so that a card that dies takes no settings with it.
//
// Card or memory is decided by open(), because the numbers of the pictures begin anew with either. When that
// should be decided again, wants_reopen() says so, and whoever runs the agent runs it anew.
#pragma once

#include "firmware/core/platform/clock.hpp"
#include "firmware/core/platform/storage.hpp"
#include "firmware/esp32/decide/vitals.hpp"
#include "firmware/esp32/port/card_storage.hpp"
#include "firmware/esp32/port/memory_storage.hpp"
#include "firmware/esp32/port/nvs_values.hpp"
#include "firmware/esp32/port/sd_card.hpp"

#include <atomic>

namespace heliograph::firmware {

// Writes in a row that fail before the card is given up.
inline constexpr int max_card_errors = 3;
// A card that is not there, or was given up, is tried again so often, milliseconds.
inline constexpr std::int64_t card_retry_ms = 3'600'000;

class BoardStorage final : public Storage {
 public:
  // `card` may be used by others while it is mounted. A walk over thousands of files takes minutes, and is
  // told to `vitals` as the agent's getting on. All outlive this.
  BoardStorage(SdCard& card, Slab memory, const Clock& clock, Vitals& vitals)
      : card_(card), files_(card.base()), memory_(memory), clock_(clock), vitals_(vitals) {}

  StorageStatus open() override;
  StorageStatus put(Area area, std::string_view name, Bytes first, Bytes second) override;
  FileRead read(Area area, std::string_view name, void* out, std::size_t capacity) override;
  StorageStatus remove(Area area, std::string_view name) override;
  StorageStatus move(Area from, std::string_view name, Area to) override;
  StorageStatus list(Area area, FileVisitor& visitor) override;
  std::string_view error_text() const override { return pictures().error_text(); }

  bool lasts() const override { return on_card_; }
  bool on_card() const { return on_card_; }
  // The card has failed, or another look at it is due and nothing would be lost by that. Any task.
  bool wants_reopen() const { return wants_reopen_; }

 private:
  // Whether to look for the card again, after a file went.
  void look_for_card();
  Storage& pictures() { return on_card_ ? static_cast<Storage&>(files_) : memory_; }
  const Storage& pictures() const { return on_card_ ? static_cast<const Storage&>(files_) : memory_; }

  SdCard& card_;
  CardStorage files_;
  MemoryStorage memory_;
  NvsValues state_{"state"};
  Text<max_nvs_value> value_;  // here and not on a stack
  const Clock& clock_;
  Vitals& vitals_;
  bool on_card_ = false;
  int card_errors_ = 0;  // in a row
  std::int64_t retry_ms_ = 0;
  std::atomic<bool> wants_reopen_{false};
};

}  // namespace heliograph::firmware
