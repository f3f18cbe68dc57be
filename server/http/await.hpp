// From blocking work and callbacks to coroutines, without Asio's templates in every handler.
#pragma once

#include "server/base/worker.hpp"
#include "server/http/http.hpp"

#include <chrono>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace heliograph::http {

// A door that opens once. Made and awaited on the net thread by one coroutine at a time; opened from any
// thread.
class Gate {
 public:
  Gate();
  ~Gate();
  Gate(const Gate&) = delete;
  Gate& operator=(const Gate&) = delete;

  // Any thread, any number of times. The gate may be gone already: use a shared_ptr.
  void open();
  // Until it is open, or `limit` has passed: false. On the executor of the awaiting coroutine. When the
  // server stops, this throws system_error with operation_aborted: let it pass.
  Task<bool> wait(std::chrono::milliseconds limit);

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

// Runs `work` on `worker` and waits for its Result. unavailable when the worker's queue is full, or when it
// takes longer than `limit` (the work still runs to its end; what it uses must be captured by value or
// outlive the worker). What `work` throws is thrown here.
template <class T>
Task<Result<T>> run_on(Worker& worker, std::chrono::milliseconds limit, std::function<Result<T>()> work) {
  struct Shared {
    Gate gate;
    std::optional<Result<T>> result;
    std::exception_ptr fault;
  };
  auto shared = std::make_shared<Shared>();
  const bool posted = worker.post([shared, work = std::move(work)] {
    try {
      shared->result.emplace(work());
    } catch (...) {
      shared->fault = std::current_exception();
    }
    shared->gate.open();
  });
  if (!posted) co_return Error{ErrorKind::unavailable, "the server is busy; try again in a moment"};
  const bool done = co_await shared->gate.wait(limit);
  if (!done) co_return Error{ErrorKind::unavailable, "the server took too long; try again in a moment"};
  if (shared->fault) std::rethrow_exception(shared->fault);
  co_return std::move(*shared->result);
}

}  // namespace heliograph::http
