// The one committer (docs/storage.md, P2): makes pictures durable together, and only then says so.
#pragma once

#include "server/ingest/incoming.hpp"
#include "server/ingest/quarantine.hpp"

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace heliograph::ingest {

// What has happened so far. Written by the committer and by those who feed it, read by anyone.
struct Counters {
  std::atomic<std::uint64_t> stored{0};
  std::atomic<std::uint64_t> duplicates{0};
  std::atomic<std::uint64_t> refused{0};      // not a whole JPEG
  std::atomic<std::uint64_t> failed{0};       // our fault: told to try again
  std::atomic<std::uint64_t> no_room{0};      // of those: the disk was full but for its reserve
  std::atomic<std::uint64_t> salvaged{0};     // of those stored: found inside of what was no picture
  std::atomic<std::uint64_t> quarantined{0};  // refused bytes that are kept, each once
  std::atomic<std::uint64_t> bytes_stored{0};
  std::atomic<std::uint64_t> batches{0};
};

// Its thread owns its catalog connection.
class Committer {
 public:
  using Done = std::function<void(Result<Receipt>)>;
  // Called on the committer's thread after an image became durable, before its sender is answered.
  using OnAdded = std::function<void(const catalog::FiledImage&)>;

  Committer(store::ImageStore& store, catalog::Catalog catalog, Counters& counters, const Clock& clock,
            Log& log, OnAdded on_added);
  // Stops as stop() does.
  ~Committer();
  Committer(const Committer&) = delete;
  Committer& operator=(const Committer&) = delete;

  // Any thread. `done` is called exactly once, on the committer's thread, or at once when nothing can be
  // taken.
  void submit(Arrived arrived, Done done);

  // Any thread. Of what was refused already, so nobody waits for it: it is written when there is time, and
  // forgotten, with its file, when there is none.
  void record(Refused refused);

  // Commits what waits, then ends. Idempotent.
  void stop();

  // After a failed sync: nobody is told "stored" any more. What to tell instead. Any thread.
  Error give_up(const Error& why);

  // False after a failed sync: nobody is told "stored" any more.
  bool healthy() const { return healthy_; }

 private:
  struct Waiting {
    Arrived arrived;
    Done done;
  };

  void run();
  void commit(std::vector<Waiting> batch);
  Result<std::vector<catalog::AddResult>> make_durable(const std::vector<catalog::NewImage>& images);
  void answer(Waiting& waiting, const catalog::AddResult& result);
  void refuse(Waiting& waiting, const Error& error);
  Error keep_conflict(Arrived& arrived, ImageId first);
  void enqueue(Refused refused);
  void remove_file(const std::string& key);

  store::ImageStore& store_;
  catalog::Catalog catalog_;
  Counters& counters_;
  Log& log_;
  OnAdded on_added_;
  QuarantineKeeper quarantine_;  // the thread's
  std::atomic<bool> healthy_{true};
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::vector<Waiting> waiting_;  // guarded by mutex_
  std::vector<Refused> refused_;  // guarded by mutex_
  bool stopping_ = false;         // guarded by mutex_
  std::thread thread_;
};

// What senders are told from then on.
Error disk_failed();

// Images of one batch: the list of unconfirmed images stays a page or two of the database, and nobody waits
// for more than this many files before theirs are synced.
inline constexpr std::size_t max_batch = 256;
// Images that wait for the committer. Each holds a kilobyte of memory and a file; at 100 a second this is 40
// seconds, which is longer than a sender waits.
inline constexpr std::size_t max_waiting = 4096;
// Refusals that wait for it: those of a few seconds, when every camera sends noise.
inline constexpr std::size_t max_waiting_refusals = 1024;

}  // namespace heliograph::ingest
