// Catalog connections for coroutines: a question goes to a database thread, the answer comes back to the net
// thread.
#pragma once

#include "server/base/worker.hpp"
#include "server/catalog/catalog.hpp"
#include "server/http/await.hpp"

#include <algorithm>
#include <deque>
#include <exception>
#include <functional>
#include <iterator>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace heliograph::http {

// Questions that wait for a connection. At 0.1 ms each this is 0.2 s of work; past it the answer is 503.
inline constexpr std::size_t max_waiting_questions = 2048;
// Changes that are kept by one flush: 20 ms of work, which readers wait for, and the disk's own time is less.
inline constexpr std::size_t max_changes_at_once = 64;
// A gallery page takes a millisecond. A database that needs longer than this is away.
inline constexpr std::chrono::seconds question_deadline{10};

class CatalogPool {
 public:
  // One thread for each catalog: one for SQLite, several for PostgreSQL.
  explicit CatalogPool(std::vector<catalog::Catalog> catalogs)
      : changes_at_once_(catalogs.size() == 1 ? max_changes_at_once : 1),
        idle_(std::move(catalogs)),
        worker_("db", idle_.size(), max_waiting_questions) {}

  // Asks on a database thread. Net thread. `question` must own what it uses: it may outlive the asker.
  // unavailable when the pool is busy or stopped, or the answer takes longer than question_deadline.
  template <class T>
  Task<Result<T>> ask(std::function<Result<T>(catalog::Catalog&)> question) {
    std::function<Result<T>()> work = [this, question = std::move(question)] {
      catalog::Catalog catalog = take();
      Result<T> answer = question(catalog);
      give_back(std::move(catalog));
      return answer;
    };
    return run_on<T>(worker_, question_deadline, std::move(work));
  }

  // The same for a question that writes, where many may come at once: on one connection all that wait are
  // kept by one flush, which is what takes the time. (Several connections do so among themselves.) Answered
  // when it is durable.
  template <class T>
  Task<Result<T>> change(std::function<Result<T>(catalog::Catalog&)> question) {
    struct Shared {
      Gate gate;
      std::optional<Result<T>> answer;
      std::exception_ptr fault;
    };
    auto shared = std::make_shared<Shared>();
    Change change;
    change.make = [shared, question = std::move(question)](catalog::Catalog& catalog) {
      try {
        shared->answer.emplace(question(catalog));
      } catch (...) {
        shared->fault = std::current_exception();
      }
    };
    change.settle = [shared](const Result<void>& kept) {
      // What has failed by itself says why. None of the two: it was never asked.
      const bool failed = shared->fault || (shared->answer && !*shared->answer);
      if (!kept && !failed) shared->answer.emplace(kept.error());
      shared->gate.open();
    };
    if (!enqueue(std::move(change)))
      co_return Error{ErrorKind::unavailable, "the server is busy; try again in a moment"};
    const bool done = co_await shared->gate.wait(question_deadline);
    if (!done) co_return Error{ErrorKind::unavailable, "the server took too long; try again in a moment"};
    if (shared->fault) std::rethrow_exception(shared->fault);
    co_return std::move(*shared->answer);
  }

  // The same, when nobody waits for an answer. Any thread. When too much waits already it is not done: there
  // is a next time.
  void post(std::function<void(catalog::Catalog&)> errand) {
    static_cast<void>(worker_.post([this, errand = std::move(errand)] {
      catalog::Catalog catalog = take();
      errand(catalog);
      give_back(std::move(catalog));
    }));
  }

  // Answers what was asked, then ends the threads. Idempotent.
  void stop() { worker_.stop(); }

 private:
  // There are as many catalogs as threads, so one is always idle.
  catalog::Catalog take() {
    const std::lock_guard lock(mutex_);
    catalog::Catalog catalog = std::move(idle_.back());
    idle_.pop_back();
    return catalog;
  }
  void give_back(catalog::Catalog catalog) {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(catalog));
  }

  struct Change {
    std::function<void(catalog::Catalog&)> make;
    std::function<void(const Result<void>& kept)> settle;
  };

  // False: too much waits already.
  bool enqueue(Change change) {
    const std::lock_guard lock(mutex_);
    if (waiting_.size() >= max_waiting_questions) return false;
    if (turns_ * changes_at_once_ <= waiting_.size()) {
      if (!worker_.post([this] { make_changes(); })) return false;
      ++turns_;
    }
    waiting_.push_back(std::move(change));
    return true;
  }

  std::vector<Change> next_changes() {
    const std::lock_guard lock(mutex_);
    --turns_;
    const auto end =
        waiting_.begin() + static_cast<std::ptrdiff_t>(std::min(waiting_.size(), changes_at_once_));
    std::vector<Change> changes(std::move_iterator(waiting_.begin()), std::move_iterator(end));
    waiting_.erase(waiting_.begin(), end);
    return changes;
  }

  void make_changes() {
    const std::vector<Change> changes = next_changes();
    catalog::Catalog catalog = take();
    const Result<void> kept = catalog.together([&] {
      for (const Change& change : changes) change.make(catalog);
    });
    give_back(std::move(catalog));
    for (const Change& change : changes) change.settle(kept);
  }

  const std::size_t changes_at_once_;
  std::mutex mutex_;
  std::deque<Change> waiting_;          // guarded by mutex_
  std::size_t turns_ = 0;               // guarded by mutex_: of make_changes() that are to come
  std::vector<catalog::Catalog> idle_;  // guarded by mutex_
  Worker worker_;
};

}  // namespace heliograph::http
