// Lock of a Linux machine.
#pragma once

#include "firmware/core/platform/lock.hpp"

#include <mutex>

namespace heliograph::firmware {

class PosixLock final : public Lock {
 public:
  void lock() override { mutex_.lock(); }
  void unlock() override { mutex_.unlock(); }

 private:
  std::mutex mutex_;
};

}  // namespace heliograph::firmware
