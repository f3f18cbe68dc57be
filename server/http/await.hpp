// From blocking work and callbacks to coroutines, without Asio's templates in every handler.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "server/base/worker.hpp"
#include "server/http/http.hpp"

namespace heliograph::http {

// A door that opens once. Made and awaited on the net thread; opened from any.
class Gate {
 public:
  Gate();
  ~Gate();
  Gate(const Gate&) = delete;
  Gate& operator=(const Gate&) = delete;

  // Any thread, any number of times. The gate may be gone already: use a shared_ptr.
  void open();
  // Until it is open, or `limit` has passed: false. On the executor of the awaiting coroutine.
  Task<bool> wait(std::chrono::milliseconds limit);

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

// Runs `work` on `worker` and waits for its Result. unavailable when the worker's queue is full, timeout when it takes
// longer than `limit` (the work still runs to its end; what it uses must be captured by value or outlive the worker).
template <class T>
Task<Result<T>> run_on(Worker& worker, std::chrono::milliseconds limit, std::function<Result<T>()> work) {
  struct Shared {
    Gate gate;
    std::optional<Result<T>> result;
  };
  auto shared = std::make_shared<Shared>();
  const bool posted = worker.post([shared, work = std::move(work)] {
    shared->result.emplace(work());
    shared->gate.open();
  });
  if (!posted) co_return Error{ErrorKind::unavailable, "the server is busy; try again in a moment"};
  const bool done = co_await shared->gate.wait(limit);
  if (!done) co_return Error{ErrorKind::timeout, "the server took too long; try again in a moment"};
  co_return std::move(*shared->result);
}

}  // namespace heliograph::http
