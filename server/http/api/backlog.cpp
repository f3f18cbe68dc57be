#include "server/http/api/backlog.hpp"

#include "server/http/await.hpp"

#include <algorithm>

namespace heliograph::http {

Turn decide_turn(const BacklogLimits& limits, const Pressure& pressure, const Asking& asking) {
  if (pressure.bytes <= limits.bytes) return Turn::read;
  if (asking.waited >= limits.patience) return Turn::refuse;
  if (asking.begun) return pressure.bodies < limits.bodies ? Turn::wait : Turn::refuse;
  // Nobody who came before got on within that time: it is kinder to say so at once.
  if (pressure.stalled >= limits.patience) return Turn::refuse;
  return pressure.bodies < limits.new_bodies ? Turn::wait : Turn::refuse;
}

// Of a body among those that wait. What is in it is guarded by the backlog's mutex.
class Backlog::Place {
 public:
  explicit Place(Backlog& backlog) : backlog_(backlog) {}
  ~Place() {
    const std::lock_guard lock(backlog_.mutex_);
    leave();
  }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;

  // Behind all others; or in front again, if it was its turn and somebody else was faster.
  std::shared_ptr<Gate> take(bool in_front) {
    auto& waiting = backlog_.waiting_;
    at_ = waiting.insert(in_front ? waiting.begin() : waiting.end(), this);
    gate_ = std::make_shared<Gate>();
    return gate_;
  }

  void leave() {
    if (gate_) backlog_.waiting_.erase(at_);
    gate_ = nullptr;
  }

  void call() {
    const std::shared_ptr<Gate> gate = gate_;
    leave();
    gate->open();
  }

 private:
  Backlog& backlog_;
  std::list<Place*>::iterator at_;
  std::shared_ptr<Gate> gate_;  // null when it does not wait
};

Backlog::Held::~Held() {
  if (backlog_ != nullptr) backlog_->release(bytes_);
}

Backlog::Held Backlog::hold(std::uint64_t bytes) {
  bytes = std::max(bytes, limits_.least_bytes);
  const std::lock_guard lock(mutex_);
  const bool was_too_much = stats_.bytes > limits_.bytes;
  stats_.bytes += bytes;
  if (!was_too_much) moved_at_ = clock_.steady();
  return {*this, bytes};
}

void Backlog::release(std::uint64_t bytes) {
  const std::lock_guard lock(mutex_);
  stats_.bytes -= bytes;
  moved_at_ = clock_.steady();
  if (stats_.bytes <= limits_.bytes) wake_next();
}

void Backlog::wake_next() {
  if (!waiting_.empty()) waiting_.front()->call();
}

Turn Backlog::decide(const Asking& asking) {
  const auto stalled = std::chrono::duration_cast<std::chrono::milliseconds>(clock_.steady() - moved_at_);
  const Turn turn = decide_turn(limits_, {stats_.bytes, waiting_.size(), stalled}, asking);
  // One after the other: each that reads on may have filled the room before the next one asks.
  if (turn == Turn::read) wake_next();
  if (turn == Turn::refuse) ++(asking.begun ? stats_.refused_begun : stats_.refused_new);
  return turn;
}

Task<Result<void>> Backlog::turn(Asking& asking) {
  Place place(*this);
  bool called = false;
  for (;;) {
    std::shared_ptr<Gate> gate;
    {
      const std::lock_guard lock(mutex_);
      place.leave();
      const Turn turn = decide(asking);
      if (turn == Turn::read) co_return Result<void>{};
      if (turn == Turn::refuse) break;
      gate = place.take(/*in_front=*/called);
    }
    const SteadyTime began = clock_.steady();
    called = co_await gate->wait(limits_.patience - asking.waited);
    asking.waited += std::chrono::duration_cast<std::chrono::milliseconds>(clock_.steady() - began);
  }
  co_return Error{ErrorKind::unavailable,
                  "more pictures have come than the disk takes; send this one again in a moment"};
}

bool Backlog::has_room() const {
  const std::lock_guard lock(mutex_);
  return waiting_.empty() && stats_.bytes <= limits_.bytes;
}

Backlog::Stats Backlog::stats() const {
  const std::lock_guard lock(mutex_);
  Stats stats = stats_;
  stats.bodies = waiting_.size();
  return stats;
}

// No coroutine of its own while there is room: it would cost every upload that waits for its sender 300
// bytes.
Task<Result<std::span<const std::uint8_t>>> PatientBody::next() {
  // Of a body that is here already only the end is asked for.
  if (body_.received() != body_.length() && !backlog_.has_room()) return next_in_turn();
  asking_.begun = true;
  return body_.next();
}

Task<Result<std::span<const std::uint8_t>>> PatientBody::next_in_turn() {
  const auto turn = co_await backlog_.turn(asking_);
  if (!turn) co_return turn.error();
  asking_.begun = true;
  co_return co_await body_.next();
}

}  // namespace heliograph::http
