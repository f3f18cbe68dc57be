// Time and memory of the fake board, as a test sets them.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <esp_system.h>
#include <exception>
#include <functional>
#include <string>
#include <vector>

namespace heliograph::fake_idf {

// Time stands at this many milliseconds, and passes only while somebody waits. Until end_time(), it is the
// host's.
void hold_time(std::int64_t now_ms);
void pass_time(std::int64_t ms);
void end_time();

// What the system's clock shows, and whether it was set.
struct SystemTime {
  std::atomic<std::int64_t> offset_ms{0};  // to the board's own time
  std::atomic<int> times_set{0};
};
SystemTime& system_time();

// What a program does that ends by its own wish.
struct Restarted : std::exception {};
struct SleptDeeply : std::exception {};

// The chip: why it started, what it was asked for, and what happens whenever its watchdog is fed.
struct Chip {
  esp_reset_reason_t reset = ESP_RST_POWERON;
  std::function<void()> each_feed = [] {};
  std::vector<std::string> tasks;  // that were begun
  bool runs_tasks = false;         // each in a thread that is never joined
  bool has_locks = true;           // of its power management
  bool light_sleep = false;        // it was told to doze when it can
  int awake_locks = 0;             // that are held
  bool dozes() const { return light_sleep && awake_locks == 0; }
};
Chip& chip();

struct Heap {
  std::size_t largest_block = 100'000;
  std::size_t psram = 4 * 1024 * 1024;
};
Heap& heap();

}  // namespace heliograph::fake_idf
