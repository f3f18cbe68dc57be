// A board's settings in its flash.
#pragma once

#include "firmware/esp32/decide/settings.hpp"
#include "firmware/esp32/port/board_lock.hpp"
#include "firmware/esp32/port/nvs_values.hpp"

#include <atomic>

namespace heliograph::firmware {

// Bytes of the roots that a server has told, with an ending zero: four times those of Let's Encrypt. Each
// connection has them taken apart in memory anew.
inline constexpr std::size_t max_learnt_roots = 8 * 1024;

// Any task: each call is alone in it.
class SettingsStore {
 public:
  // As they are in the flash; a new board's, where there are none.
  Settings load();
  // Changes them by `change(Settings&)` and nothing in between, and returns what they are now. Durable,
  // unless the flash has failed: then they are as before at the next start.
  template <class Change>
  Settings change(Change change) {
    const Guard guard(lock_);
    Settings settings = read();
    change(settings);
    write(settings);
    return settings;
  }

  // The certificate authority that signs for a server of one's own, PEM with its ending zero; empty: those
  // that everybody trusts. Valid until the next call.
  std::string_view load_authority(char* out, std::size_t capacity);
  bool save_authority(std::string_view pem);
  // How often another one was saved, since the start: what was loaded before is old.
  unsigned authorities_saved() const { return authorities_saved_; }

  // Roots that a server has told, as they were saved; empty: none were, or they are not that any more.
  std::size_t roots_size();
  std::string_view load_roots(char* out, std::size_t capacity);
  bool save_roots(std::string_view roots);
  // They were another server's.
  bool forget_roots();

 private:
  // Which of two sets of values holds the roots, and what they are.
  struct RootsNote {
    std::uint32_t set = 0;
    std::uint32_t size = 0;
    std::uint32_t crc = 0;
  };
  RootsNote roots_note();
  Settings read();
  void write(const Settings& settings);

  BoardLock lock_;
  NvsValues values_{"heliograph"};
  BoardSettingsText text_;  // here and not on a stack
  std::atomic<unsigned> authorities_saved_{0};
};

}  // namespace heliograph::firmware
