// Carries out what next_step() decides.
#include "server/cameras/releases.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace heliograph::cameras {
namespace {

using catalog::Command;
using catalog::CommandState;
using catalog::Firmware;
using catalog::Rollout;
using catalog::RolloutMember;
using catalog::RolloutOutcome;
using catalog::RolloutState;

// A camera may sleep over a weekend: as long as a command may wait. Then it is told again.
constexpr auto command_life = max_command_life;

Error does_not_run(const Rollout& rollout) {
  return {ErrorKind::conflict, "it is too late: the rollout is " + std::string(to_string(rollout.state))};
}

// One rollout's turn.
class Turn {
 public:
  Turn(catalog::Catalog& catalog, IdSource& ids, const Clock& clock, Rollout rollout)
      : catalog_(catalog), firmware_(catalog), ids_(ids), clock_(clock), rollout_(std::move(rollout)) {}

  // What it changed is added to `driven`, as far as it came.
  Result<void> take(Driven& driven) {
    auto taken = take_turn();
    if (changed_) driven.rollouts.insert(rollout_.id);
    std::ranges::move(commands_, std::back_inserter(driven.commands));
    return taken;
  }

 private:
  Result<void> take_turn() {
    auto release = firmware_.release(rollout_.release);
    if (!release) return release.error();
    auto members = firmware_.members(rollout_);
    if (!members) return members.error();
    for (RolloutMember& member : *members) {
      if (auto settled = settle(member); !settled) return settled;
    }
    if (rollout_.state != RolloutState::running) return call_off(*members);
    // Whom stage one is about goes first.
    const auto first = rollout_.first ? std::ranges::find(*members, *rollout_.first, &RolloutMember::camera)
                                      : members->end();
    if (first != members->end()) std::rotate(members->begin(), first, first + 1);
    std::vector<Member> states;
    states.reserve(members->size());
    for (const RolloutMember& member : *members) {
      states.push_back({member.camera, state_of(member, release->version)});
    }
    return follow(next_step(rollout_, states), *members);
  }

  // What came of its command becomes what came of the camera.
  Result<void> settle(RolloutMember& member) {
    if (!member.told || member.told->outcome != RolloutOutcome::told) return {};
    if (member.told->reason) return wait_out(member);
    if (!member.command_state) {  // written down, and not yet sent: a crash was between
      return rollout_.state == RolloutState::running ? send(member.camera, member.told->command)
                                                     : end(member, RolloutOutcome::left_out);
    }
    switch (*member.command_state) {
      case CommandState::queued:
      case CommandState::delivered:
      case CommandState::accepted:
        return {};
      case CommandState::succeeded:
        return end(member, RolloutOutcome::updated);
      case CommandState::failed:
      case CommandState::rejected:
        return is_put_off(member.command_result.value_or("")) ? put_off(member)
                                                              : end(member, RolloutOutcome::failed);
      case CommandState::cancelled:
        return end(member, RolloutOutcome::left_out);
      case CommandState::expired:
        break;
    }
    return untell(member);  // it was away
  }

  // It is told again, if it is still wanted.
  Result<void> untell(RolloutMember& member) {
    member.told.reset();
    changed_ = true;
    return firmware_.untell(rollout_.id, member.camera);
  }

  Result<void> put_off(RolloutMember& member) {
    if (!member.command_reason) member.command_reason = "not now";
    return end(member, RolloutOutcome::told);
  }

  // One that has put it off.
  Result<void> wait_out(RolloutMember& member) {
    if (rollout_.state != RolloutState::running) return end(member, RolloutOutcome::left_out);
    return clock_.now() - member.told->changed_at < put_off_pause ? Result<void>{} : untell(member);
  }

  Result<void> end(RolloutMember& member, RolloutOutcome outcome) {
    member.told->outcome = outcome;
    member.told->reason = member.command_reason;
    member.told->changed_at = clock_.now();
    changed_ = true;
    return firmware_.settle(rollout_.id, member.camera, outcome, member.command_reason, clock_.now());
  }

  Result<void> follow(const RolloutStep& step, const std::vector<RolloutMember>& members) {
    if (step.stage != rollout_.stage || step.state != rollout_.state) {
      rollout_.stage = step.stage;
      rollout_.state = step.state;
      rollout_.reason = step.reason;
      rollout_.changed_at = clock_.now();
      const auto changed = firmware_.change_rollout(rollout_);
      if (!changed) return changed.error();
      if (!*changed) return {};  // somebody has halted it this moment
      changed_ = true;
    }
    if (rollout_.state == RolloutState::halted) return call_off(members);
    for (const CameraId camera : step.tell) {
      const std::string command = to_string(ids_.next<CommandId>());
      const auto told = firmware_.tell(rollout_.id, camera, command, clock_.now());
      if (!told) return told.error();
      if (!*told) continue;
      changed_ = true;
      if (auto sent = send(camera, command); !sent) return sent;
    }
    return {};
  }

  Result<void> send(CameraId camera, const std::string& command) {
    const std::string arguments = R"({"release":")" + to_string(rollout_.release) + R"("})";
    auto submitted = submit(catalog_, clock_, camera,
                            {command, std::string(update_command), arguments, rollout_.actor, command_life});
    if (submitted) {
      if (submitted->is_new) commands_.push_back(std::move(submitted->command));
      return {};
    }
    // It has too much to do already: it is told another time.
    if (submitted.error().kind == ErrorKind::too_many) return firmware_.untell(rollout_.id, camera);
    return submitted.error();
  }

  // What nobody has begun is not wanted any more.
  Result<void> call_off(const std::vector<RolloutMember>& members) {
    for (const RolloutMember& member : members) {
      if (!member.told || member.told->outcome != RolloutOutcome::told || member.told->reason) continue;
      auto cancelled = cancel(catalog_, clock_, member.camera, member.told->command);
      if (cancelled) commands_.push_back(std::move(*cancelled));
      if (!cancelled && cancelled.error().kind != ErrorKind::conflict &&
          cancelled.error().kind != ErrorKind::not_found) {
        return cancelled.error();
      }
    }
    return {};
  }

  catalog::Catalog& catalog_;
  Firmware firmware_;
  IdSource& ids_;
  const Clock& clock_;
  Rollout rollout_;
  std::vector<Command> commands_;
  bool changed_ = false;  // the rollout, or what is known of its cameras
};

Result<Rollout> change(catalog::Catalog& catalog, const Clock& clock, Rollout rollout) {
  rollout.changed_at = clock.now();
  const auto changed = Firmware(catalog).change_rollout(rollout);
  if (!changed) return changed.error();
  if (!*changed) return Error{ErrorKind::conflict, "the rollout ended this moment"};
  return rollout;
}

}  // namespace

Result<Rollout> start_rollout(catalog::Catalog& catalog, IdSource& ids, const Clock& clock,
                              const RolloutWish& wish) {
  Firmware firmware(catalog);
  const auto release = firmware.release(wish.release);
  if (!release) return release.error();
  if (wish.failure_limit < 1 || wish.failure_limit > max_failure_limit) {
    return Error{ErrorKind::bad_request,
                 "`failure_limit` must be from 1 to " + std::to_string(max_failure_limit)};
  }
  const Timestamp now = clock.now();
  Rollout rollout;
  rollout.id = ids.next<RolloutId>();
  rollout.release = wish.release;
  rollout.model = release->model;
  rollout.group = wish.group;
  rollout.first = wish.first;
  rollout.automatic = wish.automatic;
  rollout.failure_limit = wish.failure_limit;
  rollout.actor = wish.actor;
  rollout.created_at = rollout.changed_at = now;
  if (wish.first) {
    const auto members = firmware.members(rollout);
    if (!members) return members.error();
    const auto first = std::ranges::find(*members, *wish.first, &RolloutMember::camera);
    if (first == members->end() || state_of(*first, release->version) != MemberState::waiting) {
      return Error{ErrorKind::unprocessable,
                   "the first camera is none that takes this release: it must be a " + release->model +
                       " of the group, which takes updates and runs "
                       "another version"};
    }
  }
  if (auto added = firmware.add_rollout(rollout); !added) return added.error();
  return rollout;
}

Result<Rollout> advance_rollout(catalog::Catalog& catalog, const Clock& clock, RolloutId id) {
  auto rollout = Firmware(catalog).rollout(id);
  if (!rollout) return rollout;
  if (rollout->state != RolloutState::running) return does_not_run(*rollout);
  const auto next = stage_after(rollout->stage);
  if (!next) return Error{ErrorKind::conflict, "all cameras are in its stage already"};
  rollout->stage = *next;
  return change(catalog, clock, std::move(*rollout));
}

Result<Rollout> halt_rollout(catalog::Catalog& catalog, const Clock& clock, RolloutId id,
                             std::string reason) {
  auto rollout = Firmware(catalog).rollout(id);
  if (!rollout) return rollout;
  if (rollout->state != RolloutState::running) return does_not_run(*rollout);
  rollout->state = RolloutState::halted;
  rollout->reason = std::move(reason);
  return change(catalog, clock, std::move(*rollout));
}

Result<RolloutSeen> see_rollout(catalog::Catalog& catalog, RolloutId id) {
  Firmware firmware(catalog);
  auto rollout = firmware.rollout(id);
  if (!rollout) return rollout.error();
  auto release = firmware.release(rollout->release);
  if (!release) return release.error();
  auto members = firmware.members(*rollout);
  if (!members) return members.error();
  RolloutSeen seen{std::move(*rollout), std::move(*release), std::move(*members), {}};
  for (const RolloutMember& member : seen.members) {
    seen.states.push_back(state_of(member, seen.release.version));
  }
  return seen;
}

Result<Driven> drive_rollouts(catalog::Catalog& catalog, IdSource& ids, const Clock& clock) {
  auto rollouts = Firmware(catalog).unsettled_rollouts();
  if (!rollouts) return rollouts.error();
  Driven driven;
  for (Rollout& rollout : *rollouts) {
    Turn turn(catalog, ids, clock, std::move(rollout));
    if (auto taken = turn.take(driven); !taken) return taken.error();
  }
  return driven;
}

}  // namespace heliograph::cameras
