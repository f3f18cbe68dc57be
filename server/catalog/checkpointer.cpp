#include "server/catalog/checkpointer.hpp"

#include <pthread.h>
#include <utility>

namespace heliograph::catalog {

std::optional<Checkpoint> due_checkpoint(std::int64_t pages, std::int64_t looked_at) {
  if (pages - looked_at < pages_to_move) return std::nullopt;
  return pages < longest_log_pages ? Checkpoint::beside_writers : Checkpoint::before_writers;
}

Checkpointer::Checkpointer(Catalog catalog, Log& log)
    : catalog_(std::move(catalog)), log_(log), thread_([this] { run(); }) {
  pthread_setname_np(thread_.native_handle(), "checkpointer");
}

Checkpointer::~Checkpointer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  grew_.notify_one();
  thread_.join();
}

void Checkpointer::log_grew(std::int64_t pages) {
  const std::lock_guard lock(mutex_);
  // Far fewer: it was begun anew. A few fewer: this connection's word comes after that of a later commit.
  if (pages < looked_at_ / 2) looked_at_ = 0;
  pages_ = pages;
  if (due_checkpoint(pages_, looked_at_)) grew_.notify_one();
}

void Checkpointer::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    std::optional<Checkpoint> due;
    grew_.wait(lock, [&] { return stopping_ || (due = due_checkpoint(pages_, looked_at_)); });
    if (stopping_) return;
    looked_at_ = pages_;
    lock.unlock();
    // Where it fails the log keeps what it has, and is tried again when there is more of it.
    if (const auto done = catalog_.checkpoint(*due); !done) {
      log_.warning("the database's log stays long", {{"why", done.error().detail}});
    }
    lock.lock();
  }
}

}  // namespace heliograph::catalog
