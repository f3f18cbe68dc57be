#include "server/cameras/rollout.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::cameras {
namespace {

using catalog::Rollout;
using catalog::RolloutStage;
using catalog::RolloutState;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

// A fleet in letters, one a camera: waiting, put off, told, updated, failed, and - (unable), = (current), x
// (left out). Numbered from 1.
std::vector<Member> fleet(std::string_view letters) {
  std::vector<Member> members;
  for (const char letter : letters) {
    const MemberState state = letter == 'w'   ? MemberState::waiting
                              : letter == 'p' ? MemberState::put_off
                              : letter == 't' ? MemberState::told
                              : letter == 'u' ? MemberState::updated
                              : letter == 'f' ? MemberState::failed
                              : letter == '=' ? MemberState::current
                              : letter == 'x' ? MemberState::left_out
                                              : MemberState::unable;
    members.push_back({CameraId{static_cast<std::int64_t>(members.size()) + 1}, state});
  }
  return members;
}

Rollout at(RolloutStage stage, bool automatic = false, std::int64_t limit = 1) {
  Rollout rollout;
  rollout.stage = stage;
  rollout.automatic = automatic;
  rollout.failure_limit = limit;
  return rollout;
}

// In stage one, which somebody wants to begin with this camera.
Rollout first_of(std::int64_t camera) {
  Rollout rollout = at(RolloutStage::one);
  rollout.first = CameraId{camera};
  return rollout;
}

// What follows in one line: "tells 1 2; tenth", "finished", "halted: …".
std::string step(const Rollout& rollout, std::string_view letters) {
  const RolloutStep step = next_step(rollout, fleet(letters));
  if (step.state == RolloutState::halted) return "halted: " + *step.reason;
  if (step.state == RolloutState::finished) return "finished";
  std::string text(to_string(step.stage));
  for (const CameraId camera : step.tell) text += " " + std::to_string(camera.value);
  return text;
}

TEST(NextStep, FollowsFromWhatCameBefore) {
  using enum RolloutStage;
  const struct {
    Rollout rollout;
    std::string_view letters;
    std::string_view expected;
  } table[] = {
      {at(one), "", "one"},
      {at(one), "www", "one 1"},
      {at(one), "-=xw", "one 4"},
      {at(one), "tww", "one"},
      {at(one), "uww", "one"},          // by hand
      {at(one, true), "uww", "tenth"},  // a tenth of three is one, which is updated
      {at(one, true), "uwwwwwwwwwww", "tenth 2"},
      {at(one), "fww", "halted: the first camera failed"},
      {at(one, true, 5), "fww", "halted: the first camera failed"},
      {at(one), "--", "one"},  // nobody is there yet
      {at(tenth), "uww", "tenth"},
      {at(tenth), "uwwwwwwwwwwwwwwwwwwww", "tenth 2 3"},
      {at(tenth), "utwwwwwwwwwwwwwwwwwww", "tenth 3"},
      {at(tenth), "utfwwwwwwwwwwwwwwwwww", "halted: 1 of 3 cameras that were told failed"},
      {at(tenth, false, 2), "utfwwwwwwwwwwwwwwwwww", "tenth"},
      {at(tenth, true, 2), "uufwwwww", "all 4 5 6 7 8"},
      {at(all), "uwww", "all 2 3 4"},
      {at(all), "ttut", "all"},
      {at(all), "uuuu", "finished"},
      {at(all), "uu-x=", "finished"},
      {at(all, false, 3), "uufu", "finished"},
      {at(all, false, 2), "uuff", "halted: 2 of 4 cameras that were told failed"},
      {at(one), "pww", "one 2"},  // another one is the first
      {at(one), "ptw", "one"},
      {at(one, true), "puw", "tenth"},
      {first_of(2), "wpw", "one"},  // unless it was chosen
      {first_of(2), "uuw", "one"},
      {at(tenth), "upwwwwwwwwwwwwwwwwwww", "tenth 3 4"},
      {at(all), "uup", "all"},  // it is not over without them
      {at(all), "ppp", "all"},
      {at(all), "upf", "halted: 1 of 2 cameras that were told failed"},
      {at(all), "===", "all"},  // there was nothing to do; others may come
  };
  for (const auto& row : table) {
    EXPECT_EQ(step(row.rollout, row.letters), row.expected) << row.letters;
  }
}

TEST(NextStep, HasOnlySoManyUnderWay) {
  const std::string fleet_of_300(300, 'w');
  EXPECT_THAT(next_step(at(RolloutStage::all), fleet(fleet_of_300)).tell, SizeIs(max_told_at_once));
  EXPECT_THAT(next_step(at(RolloutStage::all), fleet(std::string(99, 't') + fleet_of_300)).tell,
              ElementsAre(CameraId{100}));
  EXPECT_THAT(next_step(at(RolloutStage::all), fleet(std::string(100, 't') + fleet_of_300)).tell, IsEmpty());
}

TEST(Stages, ReachSoManyCameras) {
  using enum RolloutStage;
  EXPECT_EQ(reach_of(one, 0), 0U);
  EXPECT_EQ(reach_of(one, 50), 1U);
  EXPECT_EQ(reach_of(tenth, 1), 1U);
  EXPECT_EQ(reach_of(tenth, 10), 1U);
  EXPECT_EQ(reach_of(tenth, 11), 2U);
  EXPECT_EQ(reach_of(all, 50), 50U);
}

TEST(StateOf, FollowsFromWhatTheCameraSaysAndWasTold) {
  catalog::RolloutMember member;
  member.firmware = "1.0.0";
  EXPECT_EQ(state_of(member, "1.1.0"), MemberState::unable);
  member.capabilities = R"({"settings":[]})";
  EXPECT_EQ(state_of(member, "1.1.0"), MemberState::unable);
  member.capabilities = R"({"commands":["capture"]})";
  EXPECT_EQ(state_of(member, "1.1.0"), MemberState::unable);
  member.capabilities = R"({"commands":["capture","update-firmware"]})";
  EXPECT_EQ(state_of(member, "1.1.0"), MemberState::waiting);
  EXPECT_EQ(state_of(member, "1.0.0"), MemberState::current);
  member.told = catalog::ToldCamera{};
  EXPECT_EQ(state_of(member, "1.0.0"), MemberState::told);
  member.told->reason = "its battery is low";
  EXPECT_EQ(state_of(member, "1.0.0"), MemberState::put_off);
  member.told->outcome = catalog::RolloutOutcome::left_out;
  EXPECT_EQ(state_of(member, "1.0.0"), MemberState::left_out);
}

}  // namespace
}  // namespace heliograph::cameras
