// The loop that does jobs.
#pragma once

#include "server/base/base.hpp"
#include "server/catalog/catalog.hpp"
#include "server/store/store.hpp"

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

namespace heliograph::jobs {

// What becomes of a job that ended in `error` at its `attempts`-th try. Decided without touching anything.
struct Verdict {
  bool finished = false;  // there is nothing left to do
  std::optional<Timestamp>
      retry_at{};  // not finished: when to try again; none: never, it stays for people to see
};
Verdict judge(const Error& error, int attempts, Timestamp now);

// One low-priority thread with its own catalog connection: pictures that arrive go before pictures that are
// looked at.
class JobRunner {
 public:
  // All are called on the runner's thread.
  struct Hooks {
    // An image's thumbnail is there. Must only schedule.
    std::function<void(ImageId, CameraId)> made = [](ImageId, CameraId) {};
    // It is noted that something moved in it. Must only schedule.
    std::function<void(ImageId, CameraId)> moved = [](ImageId, CameraId) {};
    // So many pictures arrive that they need every processor: the next job waits for a moment.
    std::function<bool()> pressed = [] { return false; };
  };

  // All references outlive the runner.
  JobRunner(store::ImageStore& store, catalog::Catalog catalog, const Clock& clock, Log& log, Hooks hooks);
  // Stops as stop() does.
  ~JobRunner();
  JobRunner(const JobRunner&) = delete;
  JobRunner& operator=(const JobRunner&) = delete;

  // There may be something to do. Any thread; cheap.
  void wake();
  // Ends after the job in hand; what was claimed comes back when its lease ends. Idempotent.
  void stop();

 private:
  void run();
  // Returns how many jobs were claimed.
  Result<std::size_t> work_once();
  void give_way();
  Result<catalog::Look> do_job(const catalog::Job& job);
  bool stopping();

  store::ImageStore& store_;
  catalog::Catalog catalog_;
  const Clock& clock_;
  Log& log_;
  Hooks hooks_;
  std::mutex mutex_;
  std::condition_variable woken_;
  bool awake_ = true;      // guarded by mutex_
  bool stopping_ = false;  // guarded by mutex_
  std::thread thread_;
};

// Jobs claimed at once: their rows are finished in one transaction, and a crash repeats this many at most.
inline constexpr int claim_size = 16;
// A claimer that died gives its jobs back after this; no job takes a tenth of it.
inline constexpr std::chrono::seconds lease{60};
// How often the runner looks without being woken: for leases that ended and hints that were lost.
inline constexpr std::chrono::seconds sweep_interval{15};
// How long a job waits for pictures that arrive, at most: a flood that never ends must not stop all
// thumbnails, and those that somebody looks at are made at once, elsewhere.
inline constexpr std::chrono::milliseconds longest_way_given{500};
// Tries before a job that fails for a passing reason is left alone.
inline constexpr int max_attempts = 8;

}  // namespace heliograph::jobs
