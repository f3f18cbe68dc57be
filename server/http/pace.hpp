// How patient we are with the other side of a connection.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace heliograph::http {

// Decides how long the next wait may be: never longer than `silence`; and all waits together no longer than
// `grace` plus the time the bytes moved so far take at `bytes_per_s`. Only waiting for the other side counts,
// so a sender is not blamed for the time that we took.
class Pace {
 public:
  using ms = std::chrono::milliseconds;

  Pace(ms silence, ms grace, std::uint32_t bytes_per_s)
      : silence_(silence), left_(grace), bytes_per_s_(bytes_per_s) {}

  // All waits together within `time`, however many bytes come.
  static Pace within(ms time) { return {time, time, 0}; }

  // For the next wait. Zero: the patience is used up.
  ms patience() const { return std::clamp(left_, ms{0}, silence_); }

  void waited(ms time) { left_ -= time; }

  void moved(std::uint64_t bytes) {
    if (bytes_per_s_ == 0) return;
    earned_ms_bytes_ += bytes * 1000;
    left_ += ms{earned_ms_bytes_ / bytes_per_s_};
    earned_ms_bytes_ %= bytes_per_s_;
  }

 private:
  ms silence_;
  ms left_;
  std::uint32_t bytes_per_s_;
  std::uint64_t earned_ms_bytes_ = 0;  // bytes × 1000 not yet worth a millisecond
};

}  // namespace heliograph::http
