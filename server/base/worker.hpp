// A named thread (or a few) with a bounded queue. Where blocking work goes, so that the network never waits.
//
// Hand-written because the alternative at hand, asio::thread_pool, has no bound on its queue, no names for
// its threads, and brings Asio's headers into every file that only wants to hand work over.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace heliograph {

class Worker {
 public:
  using Task = std::function<void()>;

  // `name` is what a person sees in `top -H` (15 characters at most). `queue_limit` counts waiting tasks.
  Worker(const std::string& name, std::size_t threads, std::size_t queue_limit);
  // Stops as stop() does.
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  // Runs `task` on one of the threads, in order of arrival. False when the queue is full or the worker was
  // stopped: the task will not run. Any thread. A task must not throw.
  [[nodiscard]] bool post(Task task);

  // Runs what is queued, then joins. No task may post to its own worker and expect it to run after this.
  // Idempotent.
  void stop();

 private:
  void run();

  const std::size_t queue_limit_;
  std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<Task> queue_;  // guarded by mutex_
  bool stopping_ = false;   // guarded by mutex_
  std::vector<std::thread> threads_;
};

}  // namespace heliograph
