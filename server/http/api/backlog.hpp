// Whole pictures that no disk has yet, and the bodies that are not read on because there is too much of that.
//
// Only whole pictures count, from their last byte to their answer: they go whenever the committer does, so
// everyone who waits for room gets it. Bodies that counted would wait for each other for ever.
#pragma once

#include "server/base/time.hpp"
#include "server/http/http.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <utility>

namespace heliograph::http {

class Gate;

struct BacklogLimits {
  // Bytes of whole pictures. Two batches of 256 pictures of 100 KB are 51 MB: one is being synced, one
  // gathers meanwhile. More would only wait longer: a slow card writes this in six seconds.
  std::uint64_t bytes = 64ULL * 1024 * 1024;
  // A small picture counts as so much, because of its file and its place in the queues: these hold 4,096
  // pictures (ingest::max_waiting), and whoever sends one more has sent it for nothing.
  std::uint64_t least_bytes = 16ULL * 1024;
  // How long one body may be kept waiting, all in all. Senders give up a stuck write after ten seconds (the
  // Arduino core) or more.
  std::chrono::milliseconds patience{10'000};
  // Bodies that wait and have not begun: what a disk at 400 pictures a second takes within that time. Each
  // holds what any upload in hand does, about 8 KB.
  std::size_t new_bodies = 4096;
  // Bodies that wait in all. Who has sent a part already has spent the energy, and may wait when others may
  // not any more.
  std::size_t bodies = 8192;
};

// How things stand.
struct Pressure {
  std::uint64_t bytes = 0;               // of whole pictures
  std::size_t bodies = 0;                // that wait
  std::chrono::milliseconds stalled{0};  // since there is too much, nothing has gone for so long
};
// The body that asks for its turn.
struct Asking {
  bool begun = false;  // something of it was read
  std::chrono::milliseconds waited{0};
};
enum class Turn { read, wait, refuse };

Turn decide_turn(const BacklogLimits& limits, const Pressure& pressure, const Asking& asking);

class Backlog {
 public:
  // `clock` outlives this.
  Backlog(const BacklogLimits& limits, const Clock& clock) : limits_(limits), clock_(clock) {}

  // Bytes that count until this is destroyed. Any thread; must not outlive its backlog.
  class Held {
   public:
    Held() = default;
    Held(Backlog& backlog, std::uint64_t bytes) : backlog_(&backlog), bytes_(bytes) {}
    ~Held();
    Held(Held&& other) noexcept : backlog_(std::exchange(other.backlog_, nullptr)), bytes_(other.bytes_) {}
    Held& operator=(Held&&) = delete;

   private:
    Backlog* backlog_ = nullptr;
    std::uint64_t bytes_ = 0;
  };
  Held hold(std::uint64_t bytes);

  // May a body be read without waiting? Any thread.
  bool has_room() const;
  // Waits until the body may be read; notes in `asking` for how long. unavailable. Net thread.
  Task<Result<void>> turn(Asking& asking);

  struct Stats {
    std::uint64_t bytes = 0;
    std::size_t bodies = 0;
    std::uint64_t refused_new = 0;  // bodies, before anything of them was read
    std::uint64_t refused_begun = 0;
  };
  Stats stats() const;  // any thread

 private:
  class Place;

  void release(std::uint64_t bytes);
  // These are called with mutex_ held.
  Turn decide(const Asking& asking);
  void wake_next();

  const BacklogLimits limits_;
  const Clock& clock_;
  mutable std::mutex mutex_;
  Stats stats_;                // guarded by mutex_, as is all below
  SteadyTime moved_at_;        // when there began to be too much, or a picture went since
  std::list<Place*> waiting_;  // of bodies, who came first in front
};

// A body that is read when the backlog lets it.
class PatientBody final : public Body {
 public:
  // Both outlive this.
  PatientBody(Body& body, Backlog& backlog) : body_(body), backlog_(backlog) {}

  Task<Result<std::span<const std::uint8_t>>> next() override;
  std::uint64_t received() const override { return body_.received(); }
  std::optional<std::uint64_t> length() const override { return body_.length(); }

 private:
  Task<Result<std::span<const std::uint8_t>>> next_in_turn();

  Body& body_;
  Backlog& backlog_;
  Asking asking_;
};

}  // namespace heliograph::http
