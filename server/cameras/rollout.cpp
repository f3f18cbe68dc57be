#include "server/cameras/rollout.hpp"

#include "server/cameras/capabilities.hpp"
#include "server/cameras/commands.hpp"

#include <algorithm>
#include <array>

namespace heliograph::cameras {
namespace {

using catalog::Rollout;
using catalog::RolloutOutcome;
using catalog::RolloutStage;
using catalog::RolloutState;

// How many cameras are in each state.
class Counts {
 public:
  explicit Counts(std::span<const Member> members) {
    for (const Member& member : members) ++counts_[static_cast<std::size_t>(member.state)];
  }
  std::size_t of(MemberState state) const { return counts_[static_cast<std::size_t>(state)]; }
  std::size_t told() const {
    return of(MemberState::told) + of(MemberState::updated) + of(MemberState::failed);
  }
  std::size_t all() const { return of(MemberState::waiting) + of(MemberState::put_off) + told(); }

 private:
  std::array<std::size_t, 8> counts_{};
};

std::optional<std::string> why_halt(const Rollout& rollout, const Counts& counts) {
  const std::size_t failed = counts.of(MemberState::failed);
  if (failed == 0) return std::nullopt;
  if (rollout.stage == RolloutStage::one) return "the first camera failed";
  if (failed < static_cast<std::size_t>(rollout.failure_limit)) return std::nullopt;
  return std::to_string(failed) + " of " + std::to_string(counts.told()) + " cameras that were told failed";
}

// Has the camera that was chosen to be the first put it off? Then it is waited for.
bool waits_for_first(const Rollout& rollout, std::span<const Member> members) {
  if (rollout.stage != RolloutStage::one || !rollout.first) return false;
  const auto first = std::ranges::find(members, *rollout.first, &Member::camera);
  return first != members.end() && first->state == MemberState::put_off;
}

}  // namespace

std::string_view to_string(MemberState state) {
  constexpr std::array<std::string_view, 8> names{"unable", "current", "waiting", "put-off",
                                                  "told",   "updated", "failed",  "left-out"};
  return names[static_cast<std::size_t>(state)];
}

MemberState state_of(const catalog::RolloutMember& member, std::string_view version) {
  if (member.told) {
    switch (member.told->outcome) {
      case RolloutOutcome::told:
        return member.told->reason ? MemberState::put_off : MemberState::told;
      case RolloutOutcome::updated:
        return MemberState::updated;
      case RolloutOutcome::failed:
        return MemberState::failed;
      case RolloutOutcome::left_out:
        return MemberState::left_out;
    }
  }
  const Capabilities capabilities = read_capabilities(member.capabilities.value_or(""), "");
  // A camera that names no commands knows this one as little as not.
  if (!capabilities.commands || !offers(capabilities.commands, update_command)) return MemberState::unable;
  return member.firmware == version ? MemberState::current : MemberState::waiting;
}

std::size_t reach_of(RolloutStage stage, std::size_t cameras) {
  switch (stage) {
    case RolloutStage::one:
      return std::min<std::size_t>(cameras, 1);
    case RolloutStage::tenth:
      return (cameras + 9) / 10;
    case RolloutStage::all:
      break;
  }
  return cameras;
}

std::optional<RolloutStage> stage_after(RolloutStage stage) {
  switch (stage) {
    case RolloutStage::one:
      return RolloutStage::tenth;
    case RolloutStage::tenth:
      return RolloutStage::all;
    case RolloutStage::all:
      break;
  }
  return std::nullopt;
}

RolloutStep next_step(const Rollout& rollout, std::span<const Member> members) {
  RolloutStep step;
  step.stage = rollout.stage;
  const Counts counts(members);
  if (auto reason = why_halt(rollout, counts)) {
    step.state = RolloutState::halted;
    step.reason = std::move(reason);
    return step;
  }
  std::size_t reach = reach_of(step.stage, counts.all());
  const bool over = counts.told() >= reach && counts.of(MemberState::told) == 0 && counts.told() > 0;
  if (over && rollout.automatic) {
    step.stage = stage_after(step.stage).value_or(step.stage);
    reach = reach_of(step.stage, counts.all());
  }
  if (waits_for_first(rollout, members) && !over) return step;
  // One that nobody is in yet is not over: its cameras may be switched off.
  if (step.stage == RolloutStage::all && over && counts.told() >= reach) {
    step.state = RolloutState::finished;
    return step;
  }
  const std::size_t room = max_told_at_once - std::min(max_told_at_once, counts.of(MemberState::told));
  const std::size_t more = std::min(room, reach - std::min(reach, counts.told()));
  for (const Member& member : members) {
    if (step.tell.size() < more && member.state == MemberState::waiting) step.tell.push_back(member.camera);
  }
  return step;
}

}  // namespace heliograph::cameras
