// A film as thin as its watcher asked for: which picture is shown, and when. Pure.
#pragma once

#include "server/live/frame_hub.hpp"

#include <chrono>
#include <memory>

namespace heliograph::live {

class Thinner {
 public:
  // `fps`: 1 … max_fps.
  explicit Thinner(unsigned fps) : interval_(std::chrono::milliseconds(1000) / fps) {}

  // The picture to show now; null: none. `news`: the newest, if one has come since this was asked last. One
  // that comes too soon is held until its interval is up, unless a newer one comes: what a camera showed last
  // is what its watcher sees.
  std::shared_ptr<const Frame> next(std::shared_ptr<const Frame> news, SteadyTime now);
  // When to ask again if nothing comes: SteadyTime::max() for never.
  SteadyTime due() const { return held_ ? next_at_ : SteadyTime::max(); }

 private:
  std::chrono::milliseconds interval_;  // between two pictures, in the long run
  SteadyTime next_at_{};
  std::shared_ptr<const Frame> held_;
};

}  // namespace heliograph::live
