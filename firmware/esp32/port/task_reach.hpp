// What one task's stream says of the server, told to the network's supervisor; and that the task gets on.
#pragma once

#include "firmware/core/platform/clock.hpp"
#include "firmware/esp32/decide/vitals.hpp"
#include "firmware/esp32/port/link_events.hpp"
#include "firmware/esp32/port/watched_stream.hpp"

#include <optional>

namespace heliograph::firmware {

// An answer is told so often at most, milliseconds: a picture's bytes are answered in hundreds of pieces.
inline constexpr std::int64_t reach_told_each_ms = 5'000;

// The task whose stream it is.
class TaskReach final : public Reachability {
 public:
  // `task`: none, if its getting on is nobody's concern: a link waits for minutes. All outlive this.
  TaskReach(LinkEvents& events, Vitals& vitals, const Clock& clock, std::optional<TaskName> task)
      : events_(events), vitals_(vitals), clock_(clock), task_(task) {}

  void reached() override {
    const std::int64_t now_ms = clock_.mono_ms();
    if (told_ms_ && now_ms - *told_ms_ < reach_told_each_ms) return;
    told_ms_ = now_ms;
    events_.tell(LinkEvent::Kind::reached);
  }
  void missed() override {
    told_ms_.reset();
    events_.tell(LinkEvent::Kind::missed);
  }
  void moved() override {
    if (task_) vitals_.progress(*task_, clock_.mono_ms());
  }

 private:
  LinkEvents& events_;
  Vitals& vitals_;
  const Clock& clock_;
  const std::optional<TaskName> task_;
  std::optional<std::int64_t> told_ms_;
};

}  // namespace heliograph::firmware
