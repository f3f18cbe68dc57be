// live: the newest things, to everyone who watches. One ring, many cursors.
//
// A producer never waits and never knows who reads. A reader holds a cursor; one that falls behind by more than the
// ring is told how much it missed and goes on with what is there. Used for change notifications, and for live frames.
// What must not be in it: sockets, files, SQL, threads. Every object here belongs to one thread (net).
#pragma once

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

  // Calls `ready` once, at the next publish, from within it: `ready` must only schedule. Replaces an earlier one;
  // an empty function takes it back.
  void on_publish(std::function<void()> ready);

 private:
  friend class Broadcast<T>;
  struct Place;
  explicit Subscription(Broadcast<T>& broadcast);
  Broadcast<T>* broadcast_;
  std::uint64_t cursor_;
  std::function<void()> ready_;
};

template <class T>
class Broadcast {
 public:
  // Keeps the last `capacity` items for readers that are behind.
  explicit Broadcast(std::size_t capacity);
  Broadcast(const Broadcast&) = delete;
  Broadcast& operator=(const Broadcast&) = delete;

  void publish(T item);
  // From the next item on.
  Subscription<T> subscribe();
  std::size_t readers() const;

 private:
  friend class Subscription<T>;
  std::vector<std::shared_ptr<const T>> ring_;
  std::uint64_t published_ = 0;
  std::vector<Subscription<T>*> subscriptions_;
};

}  // namespace heliograph::live
