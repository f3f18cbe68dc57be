// When a camera is told to send live, to go on, and to stop: decided here, told by its link. Pure.
//
// A lease ends by itself at the camera: a server, a link or a viewer that is gone costs nobody's uplink for
// longer.
#pragma once

#include "protocol/link.hpp"
#include "server/base/time.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace heliograph::live {

// What a watcher wants, and what all of them want together: the most that any does.
struct Wants {
  unsigned fps = 0;    // 1 … max_fps
  unsigned width = 0;  // pixels; 0: as the camera likes

  friend bool operator==(const Wants&, const Wants&) = default;
};
// Beyond it an ESP32's sensor has nothing to give, and a tile nothing to show.
inline constexpr unsigned max_fps = 30;
inline constexpr unsigned usual_fps = 5;
// Pixels: the widest that a sensor of ours makes.
inline constexpr unsigned max_width = 4096;

struct Demand {
  std::size_t watchers = 0;
  Wants wants;
  SteadyTime left_at{};  // when the last watcher went, if there is none
};

struct Lease {
  std::uint32_t stream = 0;  // of the last start; 0: never
  Wants wants;
  SteadyTime ends{};         // at the camera
  SteadyTime rests_until{};  // it has failed, and is not asked before
};

constexpr std::chrono::milliseconds lease_time{protocol::lease_ms};
// Renewed when half is left: a renewal that crosses a blackout of five seconds still comes in time.
constexpr std::chrono::milliseconds renew_before = lease_time / 2;
// Nobody watches any more, and the camera goes on for so long: whoever turns a page, or asks for one picture
// after another, is back by then.
constexpr std::chrono::seconds linger_time{3};

enum class LeaseStep { none, start, renew, stop };
LeaseStep decide_lease(const Lease& lease, const Demand& demand, SteadyTime now);
// When to decide again if nothing happens: SteadyTime::max() for never.
SteadyTime next_decision(const Lease& lease, const Demand& demand, SteadyTime now);

// What is in force once the step was told.
Lease after(const Lease& lease, const Demand& demand, LeaseStep step, SteadyTime now);
// … once the camera has said that it stopped: it is not asked again before `rests_until`.
Lease failed(const Lease& lease, SteadyTime rests_until);

}  // namespace heliograph::live
