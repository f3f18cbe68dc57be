// Catalog connections for coroutines: a question goes to a database thread, the answer comes back to the net
// thread.
#pragma once

#include "server/base/worker.hpp"
#include "server/catalog/catalog.hpp"
#include "server/http/await.hpp"

#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace heliograph::http {

// Questions that wait for a connection. At 0.1 ms each this is 0.2 s of work; past it the answer is 503.
inline constexpr std::size_t max_waiting_questions = 2048;
// A gallery page takes a millisecond. A database that needs longer than this is away.
inline constexpr std::chrono::seconds question_deadline{10};

class CatalogPool {
 public:
  // One thread for each catalog: one for SQLite, several for PostgreSQL.
  explicit CatalogPool(std::vector<catalog::Catalog> catalogs)
      : idle_(std::move(catalogs)), worker_("db", idle_.size(), max_waiting_questions) {}

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

  std::mutex mutex_;
  std::vector<catalog::Catalog> idle_;  // guarded by mutex_
  Worker worker_;
};

}  // namespace heliograph::http
