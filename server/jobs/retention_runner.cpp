#include "server/jobs/retention_runner.hpp"

#include "server/jobs/removing.hpp"

#include <pthread.h>
#include <utility>

namespace heliograph::jobs {
namespace {

constexpr std::int64_t mib = 1024LL * 1024;

std::int64_t mib_of(std::uint64_t bytes) {
  return static_cast<std::int64_t>(bytes) / mib;
}

}  // namespace

bool pass_is_due(const RetentionMoment& moment, const RetentionPace& pace) {
  if (moment.rules_changed && moment.now - *moment.rules_changed < pace.second_thoughts) return false;
  const bool plenty = moment.level == store::SpaceLevel::plenty;
  if (!moment.last_pass) return !plenty || moment.now - moment.started >= pace.first_pass;
  return moment.now - *moment.last_pass >= (plenty ? pace.pass_interval : pace.early_interval);
}

RetentionRunner::RetentionRunner(store::ImageStore& store, catalog::Catalog catalog, store::SpaceWatch& space,
                                 const Clock& clock, Log& log, std::chrono::days trash_life,
                                 OnRemoved on_removed, const RetentionPace& pace)
    : store_(store),
      catalog_(std::move(catalog)),
      space_(space),
      clock_(clock),
      log_(log),
      trash_life_(trash_life),
      on_removed_(std::move(on_removed)),
      pace_(pace),
      moment_{.now = clock.steady(), .started = clock.steady()},
      thread_([this] { run(); }) {
  pthread_setname_np(thread_.native_handle(), "retention");
}

RetentionRunner::~RetentionRunner() {
  stop();
}

void RetentionRunner::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  woken_.notify_one();
  if (thread_.joinable()) thread_.join();
}

bool RetentionRunner::rest(std::chrono::steady_clock::duration time) {
  std::unique_lock lock(mutex_);
  return !woken_.wait_for(lock, time, [this] { return stopping_; });
}

void RetentionRunner::run() {
  do {
    look();
  } while (rest(pace_.look_interval));
}

void RetentionRunner::look() {
  moment_.now = clock_.steady();
  look_at_removals();
  look_at_space();
  if (auto looked = pass_if_due(); !looked) log_.warning("retention waits", {{"why", looked.error().detail}});
}

Result<void> RetentionRunner::pass_if_due() {
  if (auto looked = look_at_rules(); !looked || !pass_is_due(moment_, pace_)) return looked;
  auto policy = read_policy(catalog_, clock_.now(), trash_life_);
  if (!policy) return policy.error();
  // A rule that was set just before it was read needs its second thoughts too.
  if (auto looked = look_at_rules(); !looked || !pass_is_due(moment_, pace_)) return looked;
  pass(std::move(*policy));
  return {};
}

void RetentionRunner::look_at_removals() {
  if (!removals_wait_.exchange(false)) return;
  const auto finished = finish_removals(store_, catalog_, log_, [this] { return !rest({}); });
  if (!finished) log_.warning("removed pictures leave files", {{"why", finished.error().detail}});
}

void RetentionRunner::look_at_space() {
  const auto seen = space_.look();
  if (!seen) return;
  const auto before = std::exchange(moment_.level, seen->level);
  if (before == seen->level) return;
  const std::initializer_list<LogField> facts = {{"free_mib", mib_of(seen->space.free_bytes)},
                                                 {"low_mib", mib_of(seen->marks.low_bytes)},
                                                 {"reserve_mib", mib_of(seen->marks.reserve_bytes)}};
  switch (seen->level) {
    case store::SpaceLevel::plenty:
      log_.info("there is room on the disk again", facts);
      return;
    case store::SpaceLevel::low:
      log_.warning("the disk is nearly full; retention runs early", facts);
      return;
    case store::SpaceLevel::reserve:
      log_.error("the disk is full but for its reserve; uploads are refused", facts);
      return;
  }
}

Result<void> RetentionRunner::look_at_rules() {
  auto rules = catalog_.retentions();
  if (!rules) return rules.error();
  if (rules_ && *rules_ != *rules) moment_.rules_changed = moment_.now;
  rules_ = std::move(*rules);
  return {};
}

void RetentionRunner::pass(RetentionPolicy policy) {
  bool removed_any = false;
  RetentionHooks hooks;
  hooks.stopping = [this] { return !rest({}); };
  hooks.removed = [&](const RetentionSummary::Sum& sum, std::chrono::steady_clock::duration took) {
    counters_.images += static_cast<std::uint64_t>(sum.images);
    counters_.bytes += static_cast<std::uint64_t>(sum.bytes);
    removed_any = removed_any || sum.images > 0;
    rest(took);  // so that uploads find the database free half of the time
  };
  const auto went = run_retention(store_, catalog_, std::move(policy), log_, hooks);
  ++counters_.passes;
  moment_.last_pass = clock_.steady();
  if (removed_any) on_removed_();
  if (!went) {
    ++counters_.failures;
    log_.warning("retention was broken off", {{"why", went.error().detail}});
    return;
  }
  const auto tell = [this](std::string_view what, const RetentionSummary::Sum& sum) {
    if (sum.images > 0) log_.info(what, {{"count", sum.images}, {"mib", sum.bytes / mib}});
  };
  tell("retention removed pictures", went->total);
  tell("the trash lost pictures whose time was over", went->trash);
}

}  // namespace heliograph::jobs
