// live: the newest things, to everyone who watches. One ring, many cursors.
//
// A producer never waits and never knows who reads. A reader holds a cursor; one that falls behind by more
// than the ring is told how much it missed and goes on with what is there. Used for change notifications, and
// for live frames. What must not be in it: sockets, files, SQL, threads. Every object here belongs to one
// thread (net).
#pragma once

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <utility>
#include <variant>
#include <vector>

namespace heliograph::live {

// The reader was overtaken: `count` items are gone.
struct Skipped {
  std::uint64_t count = 0;
  friend bool operator==(const Skipped&, const Skipped&) = default;
};
// Nothing new.
struct Nothing {
  friend bool operator==(const Nothing&, const Nothing&) = default;
};

template <class T>
class Broadcast;

// One reader's place. Unsubscribes when destroyed. Must not outlive its Broadcast.
template <class T>
class Subscription {
 public:
  using Next = std::variant<Nothing, Skipped, std::shared_ptr<const T>>;

  Subscription(Subscription&& other) noexcept;
  Subscription& operator=(Subscription&&) = delete;
  ~Subscription();

  // The oldest item this reader has not seen; never waits.
  Next next();

  // Calls `ready` once, at the next publish, from within it: `ready` must only schedule (it may call
  // on_publish, but must not publish, subscribe or destroy a subscription). Replaces an earlier one; an empty
  // function takes it back.
  void on_publish(std::function<void()> ready);

 private:
  friend class Broadcast<T>;
  explicit Subscription(Broadcast<T>& broadcast);

  Broadcast<T>* broadcast_;  // null once moved from
  std::uint64_t cursor_;     // the number of the next item to hand out
  std::function<void()> ready_;
};

template <class T>
class Broadcast {
 public:
  // Keeps the last `capacity` items, at least one, for readers that are behind.
  explicit Broadcast(std::size_t capacity);
  Broadcast(const Broadcast&) = delete;
  Broadcast& operator=(const Broadcast&) = delete;

  void publish(T item);
  // From the next item on.
  Subscription<T> subscribe();
  std::size_t readers() const;
  // The last item; null: there was none.
  std::shared_ptr<const T> newest() const;

 private:
  friend class Subscription<T>;
  // The number of the oldest item that is still in the ring.
  std::uint64_t oldest() const { return published_ - std::min<std::uint64_t>(published_, ring_.size()); }

  std::vector<std::shared_ptr<const T>> ring_;  // item n stands at n % capacity
  std::uint64_t published_ = 0;
  std::vector<Subscription<T>*> subscriptions_;  // in no order
};

template <class T>
Subscription<T>::Subscription(Broadcast<T>& broadcast)
    : broadcast_(&broadcast), cursor_(broadcast.published_) {
  broadcast.subscriptions_.push_back(this);
}

template <class T>
Subscription<T>::Subscription(Subscription&& other) noexcept
    : broadcast_(std::exchange(other.broadcast_, nullptr)),
      cursor_(other.cursor_),
      ready_(std::exchange(other.ready_, nullptr)) {
  if (broadcast_ == nullptr) return;
  auto& places = broadcast_->subscriptions_;
  *std::find(places.begin(), places.end(), &other) = this;
}

template <class T>
Subscription<T>::~Subscription() {
  if (broadcast_ == nullptr) return;
  auto& places = broadcast_->subscriptions_;
  *std::find(places.begin(), places.end(), this) = places.back();
  places.pop_back();
}

template <class T>
typename Subscription<T>::Next Subscription<T>::next() {
  if (const std::uint64_t oldest = broadcast_->oldest(); cursor_ < oldest) {
    return Skipped{oldest - std::exchange(cursor_, oldest)};
  }
  if (cursor_ == broadcast_->published_) return Nothing{};
  return broadcast_->ring_[cursor_++ % broadcast_->ring_.size()];
}

template <class T>
void Subscription<T>::on_publish(std::function<void()> ready) {
  ready_ = std::move(ready);
}

template <class T>
Broadcast<T>::Broadcast(std::size_t capacity) : ring_(capacity) {
  assert(capacity > 0);
}

template <class T>
void Broadcast<T>::publish(T item) {
  ring_[published_ % ring_.size()] = std::make_shared<const T>(std::move(item));
  ++published_;
  for (Subscription<T>* subscription : subscriptions_) {
    // Taken out first: `ready` may ask to be called at the publish after this one.
    if (const auto ready = std::exchange(subscription->ready_, nullptr)) ready();
  }
}

template <class T>
Subscription<T> Broadcast<T>::subscribe() {
  return Subscription<T>(*this);
}

template <class T>
std::shared_ptr<const T> Broadcast<T>::newest() const {
  return published_ == 0 ? nullptr : ring_[(published_ - 1) % ring_.size()];
}

template <class T>
std::size_t Broadcast<T>::readers() const {
  return subscriptions_.size();
}

}  // namespace heliograph::live
