#include "server/jobs/runner.hpp"

#include "server/jobs/background.hpp"
#include "server/jobs/thumbnail_job.hpp"

#include <pthread.h>
#include <utility>
#include <vector>

namespace heliograph::jobs {
namespace {

// After a failure of the database itself: long enough not to fill the log, short enough to notice its return.
constexpr std::chrono::seconds pause_after_failure{5};

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
                     OnThumbnail on_thumbnail)
    : store_(store),
      catalog_(std::move(catalog)),
      clock_(clock),
      log_(log),
      on_thumbnail_(std::move(on_thumbnail)),
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
  run_in_background();
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
  for (const catalog::Job& job : *jobs) {
    if (stopping()) break;
    const auto done = do_job(job);
    const Verdict verdict = done ? Verdict{true, {}} : judge(done.error(), job.attempts, clock_.now());
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
    if (auto ended = catalog_.finish_jobs(finished); !ended) return ended.error();
  }
  return jobs->size();
}

Result<void> JobRunner::do_job(const catalog::Job& job) {
  if (job.kind != "thumbnail") {
    return Error{ErrorKind::unprocessable, "this version knows no job of the kind " + job.kind};
  }
  const auto image = catalog_.image(job.image);
  if (!image) return image.error();
  if (auto made = make_thumbnail_file(store_, *image); !made) return made;
  on_thumbnail_(job.image);
  return {};
}

}  // namespace heliograph::jobs
