// Moves SQLite's log into the database's file, on a thread of its own: to do so takes flushes, and no picture
// should wait for them.
//
// SQLite can move the log beside those who go on writing it, but begins it anew only when all of it has been
// moved at a moment when nobody writes. Uploads that never pause let it grow, so at a length where it would
// begin to be in the way, writers are kept waiting for once.
#pragma once

#include "server/base/log.hpp"
#include "server/catalog/catalog.hpp"

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <thread>

namespace heliograph::catalog {

// Pages that are moved at a time: 16 MB. A page that many batches touch is then written into the file once,
// and a disk is flushed for this every thousand images; a server still reads such a log in a moment when it
// starts.
inline constexpr std::int64_t pages_to_move = 4000;

// Pages of the log at which it is begun anew though writers have to wait: 128 MB. They wait two flushes, once
// for some eight thousand images.
inline constexpr std::int64_t longest_log_pages = 32'000;

// What the log needs, when its last commit made it `pages` long and the last look found `looked_at`.
std::optional<Checkpoint> due_checkpoint(std::int64_t pages, std::int64_t looked_at);

class Checkpointer {
 public:
  // `catalog` is the one connection that may do so (OpenOptions::checkpoints) and belongs to the thread from
  // now on. Of PostgreSQL, which has no such log, nothing is asked.
  Checkpointer(Catalog catalog, Log& log);
  // When the step in hand is done.
  ~Checkpointer();
  Checkpointer(const Checkpointer&) = delete;
  Checkpointer& operator=(const Checkpointer&) = delete;

  // What OpenOptions::log_grew is to be of every connection of this process. Any thread; cheap.
  void log_grew(std::int64_t pages);

 private:
  void run();

  Catalog catalog_;
  Log& log_;
  std::mutex mutex_;
  std::condition_variable grew_;
  std::int64_t pages_ = 0;      // guarded by mutex_
  std::int64_t looked_at_ = 0;  // guarded by mutex_
  bool stopping_ = false;       // guarded by mutex_
  std::thread thread_;
};

}  // namespace heliograph::catalog
