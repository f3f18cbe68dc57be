// A lock for tests, which have one thread: they see that nobody who holds it takes it again, or keeps it.
#pragma once

#include "firmware/core/platform/lock.hpp"

#include <cassert>

namespace heliograph::firmware {

class FakeLock final : public Lock {
 public:
  ~FakeLock() { assert(!held_); }
  void lock() override {
    assert(!held_);
    held_ = true;
  }
  void unlock() override { held_ = false; }

 private:
  bool held_ = false;
};

}  // namespace heliograph::firmware
