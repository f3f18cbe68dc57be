// What a port owes the core about threads: that only one of them is in a place at a time.
#pragma once

namespace heliograph::firmware {

// Held for microseconds. Not from a signal or interrupt handler.
class Lock {
 public:
  virtual void lock() = 0;
  virtual void unlock() = 0;

 protected:
  ~Lock() = default;
};

// Holds it while it lives.
class Guard {
 public:
  explicit Guard(Lock& lock) : lock_(lock) { lock_.lock(); }
  Guard(const Guard&) = delete;
  Guard& operator=(const Guard&) = delete;
  ~Guard() { lock_.unlock(); }

 private:
  Lock& lock_;
};

}  // namespace heliograph::firmware
