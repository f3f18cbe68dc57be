// The thread that removes what the rules say, while the server runs.
#pragma once

#include "server/base/base.hpp"
#include "server/catalog/catalog.hpp"
#include "server/jobs/retention_work.hpp"
#include "server/store/store.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace heliograph::jobs {

// When a pass is due. Decided without touching anything.
struct RetentionPace {
  // How often the disk and the rules are looked at: at 10 MB/s, 50 MB come in meanwhile.
  std::chrono::milliseconds look_interval{5'000};
  // After the start: whoever starts a server wants to see pictures first.
  std::chrono::milliseconds first_pass{60'000};
  // Rules are of days, so an hour more or less is nothing; each pass reads what thinning has left.
  std::chrono::milliseconds pass_interval{3'600'000};
  // While the disk is nearly full.
  std::chrono::milliseconds early_interval{300'000};
  // A new rule waits so long before it takes the first picture: a slip of the keyboard can be taken back.
  std::chrono::milliseconds second_thoughts{600'000};
};
struct RetentionMoment {
  SteadyTime now;
  SteadyTime started;
  std::optional<SteadyTime> last_pass{};      // its end
  std::optional<SteadyTime> rules_changed{};  // since the start
  store::SpaceLevel level = store::SpaceLevel::plenty;
};
bool pass_is_due(const RetentionMoment& moment, const RetentionPace& pace);

// What has happened so far. Written by the runner, read by anyone.
struct RetentionCounters {
  std::atomic<std::uint64_t> images{0};
  std::atomic<std::uint64_t> bytes{0};
  std::atomic<std::uint64_t> passes{0};
  std::atomic<std::uint64_t> failures{0};
};

// One thread with its own catalog connection, which must be Durability::at_commit. Of usual priority: it
// holds the database's lock most of its time, and whoever waits for that must not wait for a thread that
// gives way. It rests instead.
class RetentionRunner {
 public:
  // After a pass that removed images. Called on the runner's thread; must only schedule.
  using OnRemoved = std::function<void()>;

  // All references outlive the runner.
  RetentionRunner(store::ImageStore& store, catalog::Catalog catalog, store::SpaceWatch& space,
                  const Clock& clock, Log& log, std::chrono::days trash_life, OnRemoved on_removed,
                  const RetentionPace& pace = {});
  // Stops as stop() does.
  ~RetentionRunner();
  RetentionRunner(const RetentionRunner&) = delete;
  RetentionRunner& operator=(const RetentionRunner&) = delete;

  // Somebody took rows away: their files follow with the next look, not only with the next pass. Any thread.
  void finish_removals_soon() { removals_wait_ = true; }

  // Ends after the chunk in hand. Idempotent.
  void stop();

  const RetentionCounters& counters() const { return counters_; }

 private:
  void run();
  void look();
  void look_at_removals();
  void look_at_space();
  Result<void> look_at_rules();
  Result<void> pass_if_due();
  void pass(RetentionPolicy policy);
  // False when it was told to stop meanwhile.
  bool rest(std::chrono::steady_clock::duration time);

  store::ImageStore& store_;
  catalog::Catalog catalog_;
  store::SpaceWatch& space_;
  const Clock& clock_;
  Log& log_;
  const std::chrono::days trash_life_;
  OnRemoved on_removed_;
  const RetentionPace pace_;
  RetentionCounters counters_;
  RetentionMoment moment_;  // the runner's thread only, as is what follows
  std::optional<std::vector<std::pair<CameraId, catalog::RetentionRule>>> rules_;
  std::atomic<bool> removals_wait_{false};
  std::mutex mutex_;
  std::condition_variable woken_;
  bool stopping_ = false;  // guarded by mutex_
  std::thread thread_;
};

}  // namespace heliograph::jobs
