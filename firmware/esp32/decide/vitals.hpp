// Whether a board's tasks get on: the hardware's watchdog is fed only while they do. Pure, but for being told
// from several tasks.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace heliograph::firmware {

enum class TaskName { agent, supervisor };
inline constexpr std::size_t task_count = 2;

// A task that has neither got on nor said that it waits for so long hangs, milliseconds: an exchange over the
// slowest link is told in slices, each of which gets on.
inline constexpr std::uint32_t task_patience_ms = 120'000;

class Vitals {
 public:
  // It has got on. Its task.
  void progress(TaskName task, std::int64_t now_ms) { mark(task, now_ms, 0); }
  // It waits until then, and gets on after. Its task.
  void waits(TaskName task, std::int64_t now_ms, std::int64_t until_ms) {
    mark(task, now_ms, until_ms > now_ms ? until_ms - now_ms : 0);
  }
  // It has ended. Its task.
  void ended(TaskName task) { of(task).due_s = 0; }

  // All get on. Any task.
  bool well(std::int64_t now_ms) const {
    for (const Task& task : tasks_) {
      const std::uint32_t due_s = task.due_s;
      if (due_s != 0 && now_ms / 1000 > due_s) return false;
    }
    return true;
  }

 private:
  // Seconds, because a board's processor has no larger atomics; 0: nothing is expected of it.
  struct Task {
    std::atomic<std::uint32_t> due_s{0};
  };
  Task& of(TaskName task) { return tasks_[static_cast<std::size_t>(task)]; }
  void mark(TaskName task, std::int64_t now_ms, std::int64_t wait_ms) {
    of(task).due_s = static_cast<std::uint32_t>((now_ms + wait_ms + task_patience_ms) / 1000 + 1);
  }

  std::array<Task, task_count> tasks_;
};

}  // namespace heliograph::firmware
