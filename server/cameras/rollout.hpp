// How a release comes to a fleet: one camera, a tenth, all; and what stops it. Pure.
#pragma once

#include "server/catalog/firmware.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace heliograph::cameras {

// What is known of a camera of a rollout.
enum class MemberState {
  unable,    // it does not take updates, or never said so
  current,   // it runs the version already, without having been told
  waiting,   // to be told
  put_off,   // it was told, and wants to be told again later: its battery is low
  told,      // and has not answered yet
  updated,   // these three: it has
  failed,    //
  left_out,  // somebody has cancelled its command
};
std::string_view to_string(MemberState state);

struct Member {
  CameraId camera;
  MemberState state = MemberState::waiting;
};
// Of what the catalog says.
MemberState state_of(const catalog::RolloutMember& member, std::string_view version);

struct RolloutStep {
  std::vector<CameraId> tell;
  catalog::RolloutStage stage = catalog::RolloutStage::one;  // from now on
  catalog::RolloutState state = catalog::RolloutState::running;
  std::optional<std::string> reason;  // of a halt, for people
};
// What follows for one that runs. `members`: in the order in which they are told.
RolloutStep next_step(const catalog::Rollout& rollout, std::span<const Member> members);

// How many of so many cameras a stage reaches.
std::size_t reach_of(catalog::RolloutStage stage, std::size_t cameras);
// None: it is the last.
std::optional<catalog::RolloutStage> stage_after(catalog::RolloutStage stage);

// So long after it was put off a camera is told again: a battery takes hours of sun, and a try costs it one
// exchange.
inline constexpr std::chrono::hours put_off_pause{6};

// Cameras that have been told and have not answered, at once: a release that is bad in a way that the first
// tenth did not show takes no more than these before it is halted.
inline constexpr std::size_t max_told_at_once = 100;

}  // namespace heliograph::cameras
