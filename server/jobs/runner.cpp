#include "server/jobs/runner.hpp"

#include "server/jobs/thumbnail_job.hpp"

#include <pthread.h>
#include <sched.h>
#include <utility>
#include <vector>

namespace heliograph::jobs {
namespace {

// Between two looks whether pictures still press.
constexpr std::chrono::milliseconds way_given_step{25};

// After a failure of the database itself: long enough not to fill the log, short enough to notice its return.
constexpr std::chrono::seconds pause_after_failure{5};

// While it lives, its thread gets only time that nobody else wants: a mere niceness makes uploads wait
// whenever the disk wakes their threads. Not to be held while anybody may wait for a lock of ours, as the
// database's.
class IdleTime {
 public:
  IdleTime() { schedule(SCHED_IDLE); }
  ~IdleTime() { schedule(SCHED_OTHER); }
  IdleTime(const IdleTime&) = delete;
  IdleTime& operator=(const IdleTime&) = delete;

 private:
  static void schedule(int policy) {
    const sched_param unused{};
    ::pthread_setschedparam(::pthread_self(), policy, &unused);
  }
};

}  // namespace

Verdict judge(const Error& error, int attempts, Timestamp now) {
  switch (error.kind) {
    case ErrorKind::not_found:
      return {true, {}};  // the image was removed meanwhile
    case ErrorKind::unprocessable:
      return {false, {}};  // it will not decode tomorrow either
    default:
      break;
  }
  if (attempts >= max_attempts) return {false, {}};
  return {false, now + std::chrono::seconds{1 << attempts}};
}

JobRunner::JobRunner(store::ImageStore& store, catalog::Catalog catalog, const Clock& clock, Log& log,
                     Hooks hooks)
    : store_(store),
      catalog_(std::move(catalog)),
      clock_(clock),
      log_(log),
      hooks_(std::move(hooks)),
      thread_([this] { run(); }) {
  pthread_setname_np(thread_.native_handle(), "jobs");
}

JobRunner::~JobRunner() {
  stop();
}

void JobRunner::wake() {
  {
    const std::lock_guard lock(mutex_);
    awake_ = true;
  }
  woken_.notify_one();
}

void JobRunner::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  woken_.notify_one();
  if (thread_.joinable()) thread_.join();
}

bool JobRunner::stopping() {
  const std::lock_guard lock(mutex_);
  return stopping_;
}

void JobRunner::run() {
  while (!stopping()) {
    const auto worked = work_once();
    if (!worked) log_.warning("jobs wait", {{"why", worked.error().detail}});
    if (worked && *worked > 0) continue;
    std::unique_lock lock(mutex_);
    const auto pause = worked ? sweep_interval : pause_after_failure;
    woken_.wait_for(lock, pause, [&] { return stopping_ || (worked && awake_); });
    awake_ = false;
  }
}

Result<std::size_t> JobRunner::work_once() {
  const Timestamp now = clock_.now();
  const auto jobs = catalog_.claim_jobs(now, now + lease, claim_size);
  if (!jobs) return jobs.error();
  std::vector<JobId> finished;
  std::vector<catalog::Look> looks;
  for (const catalog::Job& job : *jobs) {
    give_way();
    if (stopping()) break;
    const auto done = do_job(job);
    const Verdict verdict = done ? Verdict{true, {}} : judge(done.error(), job.attempts, clock_.now());
    if (done) looks.push_back(*done);
    if (verdict.finished) {
      finished.push_back(job.id);
      continue;
    }
    log_.warning("a job failed",
                 {{"kind", job.kind}, {"image", to_string(job.image)}, {"why", done.error().detail}});
    if (auto failed = catalog_.fail_job(job.id, done.error().detail, verdict.retry_at); !failed)
      return failed.error();
  }
  if (!finished.empty()) {
    if (auto ended = catalog_.finish_jobs(finished, looks); !ended) return ended.error();
  }
  for (const catalog::Look& look : looks) {
    if (look.motion_ppm.value_or(0) >= catalog::moved_ppm) hooks_.moved(look.image, look.camera);
  }
  return jobs->size();
}

// IdleTime alone is not enough: a processor that does idle work takes part of the load as if it were busy.
void JobRunner::give_way() {
  for (auto given = way_given_step; given <= longest_way_given && hooks_.pressed(); given += way_given_step) {
    std::unique_lock lock(mutex_);
    if (woken_.wait_for(lock, way_given_step, [this] { return stopping_; })) return;
  }
}

Result<catalog::Look> JobRunner::do_job(const catalog::Job& job) {
  if (job.kind != "thumbnail") {
    return Error{ErrorKind::unprocessable, "this version knows no job of the kind " + job.kind};
  }
  const auto image = catalog_.stored_image(job.image);
  if (!image) return image.error();
  const auto before = catalog_.image_before(image->image, longest_comparison);
  if (!before) return before.error();
  std::optional<std::int64_t> motion_ppm;
  auto made = [&] {
    const IdleTime idle;
    auto thumbnail = make_thumbnail_file(store_, *image);
    if (thumbnail && *before) motion_ppm = find_motion(store_, **before, *image);
    return thumbnail;
  }();
  if (!made) return made.error();
  hooks_.made(job.image, image->image.camera);
  return catalog::Look{job.image,
                       image->image.camera,
                       image->image.captured_at,
                       image->image.received_at,
                       made->hash,
                       std::move(made->placeholder),
                       motion_ppm};
}

}  // namespace heliograph::jobs
