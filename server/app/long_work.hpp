// A command that takes its time: what it shows meanwhile, and how it is interrupted.
#pragma once

#include "server/base/time.hpp"

#include <cstdint>
#include <string>

namespace heliograph::app {

// "1,234 of 56,789 pictures   2%   310/s   3 min left". `done_before`: what an earlier run had done; it says
// nothing of this one's pace.
std::string progress_text(std::int64_t done, std::int64_t done_before, std::int64_t total,
                          std::chrono::duration<double> elapsed);

// From its making to its end, Ctrl-C and SIGTERM ask the work to end in order; a second one ends the process.
// Shows progress on standard error if that is a terminal. One at a time.
class LongWork {
 public:
  LongWork();
  ~LongWork();
  LongWork(const LongWork&) = delete;
  LongWork& operator=(const LongWork&) = delete;

  // Call it as often as you like. False: somebody asked to end.
  bool progress(std::int64_t done, std::int64_t total);

 private:
  SystemClock clock_;
  SteadyTime started_;
  SteadyTime shown_;
  bool terminal_;
  std::int64_t done_before_ = -1;  // until the first call tells
};

}  // namespace heliograph::app
