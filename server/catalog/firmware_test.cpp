#include "server/catalog/firmware.hpp"

#include "server/catalog/groups.hpp"
#include "server/catalog/test_support.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::catalog {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr GroupId field{5};

Release release(std::int64_t id, std::string version = "1.1.0") {
  return {ReleaseId{id},
          "trap",
          std::move(version),
          4'000'000'000,
          true,
          8'000'000,
          hash_of("image"),
          hash_of("key"),
          hash_of("manifest " + std::to_string(id)),
          "anna",
          noon + std::chrono::minutes(id)};
}

Rollout rollout(std::int64_t id, std::int64_t of_release = 1) {
  Rollout made;
  made.id = RolloutId{id};
  made.release = ReleaseId{of_release};
  made.model = "trap";
  made.failure_limit = 2;
  made.actor = "anna";
  made.created_at = made.changed_at = noon + std::chrono::minutes(id);
  return made;
}

class FirmwareTest : public OnEachEngine {
 protected:
  void SetUp() override {
    add_cameras(catalog_);
    Groups(catalog_).add({field, "Field", noon, {}}).value();
    says(orchard.id, "trap", 1);
    says(greenhouse.id, "trap", 2);
    firmware_.add_release(release(1)).value();
  }
  void says(CameraId camera, std::string model, int minute) {
    Orders(catalog_)
        .set_self(camera, {"b",
                           "1.0.0",
                           std::move(model),
                           "",
                           R"({"commands":[]})",
                           noon + std::chrono::minutes(minute),
                           {}})
        .value();
  }
  std::vector<CameraId> members(const Rollout& of) {
    std::vector<CameraId> ids;
    for (const RolloutMember& member : firmware_.members(of).value()) ids.push_back(member.camera);
    return ids;
  }

  Catalog catalog_ = connect();
  Firmware firmware_{catalog_};
};
HELIOGRAPH_ON_EACH_ENGINE(FirmwareTest);

TEST_P(FirmwareTest, ReleasesAreKeptOnce) {
  EXPECT_EQ(firmware_.release(ReleaseId{1}).value(), release(1));
  Release same = release(2);
  same.manifest_sha256 = release(1).manifest_sha256;
  EXPECT_EQ(firmware_.add_release(same).error().kind, ErrorKind::conflict);
  firmware_.add_release(release(2)).value();
  EXPECT_THAT(firmware_.releases().value(), ElementsAre(release(2), release(1)));
  EXPECT_EQ(firmware_.release_of_manifest(release(1).manifest_sha256).value(), release(1));
  EXPECT_EQ(firmware_.release_of_manifest(hash_of("none")).value(), std::nullopt);
  EXPECT_EQ(firmware_.release(ReleaseId{9}).error().kind, ErrorKind::not_found);
}

TEST_P(FirmwareTest, OneRolloutOfAModelRuns) {
  Rollout first = rollout(1);
  first.first = orchard.id;
  first.group = field;
  firmware_.add_rollout(first).value();
  EXPECT_EQ(firmware_.rollout(first.id).value(), first);
  EXPECT_EQ(firmware_.add_rollout(rollout(2)).error().kind, ErrorKind::conflict);
  EXPECT_EQ(firmware_.remove_release(ReleaseId{1}).error().kind, ErrorKind::conflict);

  first.stage = RolloutStage::tenth;
  EXPECT_TRUE(firmware_.change_rollout(first).value());
  first.state = RolloutState::halted;
  first.reason = "enough";
  EXPECT_TRUE(firmware_.change_rollout(first).value());
  EXPECT_FALSE(firmware_.change_rollout(first).value());
  firmware_.add_rollout(rollout(2)).value();
  EXPECT_THAT(firmware_.rollouts(10).value(), ElementsAre(rollout(2), first));
  EXPECT_THAT(firmware_.rollouts(1).value(), SizeIs(1));
  EXPECT_THAT(firmware_.unsettled_rollouts().value(), ElementsAre(rollout(2)));
}

TEST_P(FirmwareTest, MembersAreOfTheModelAndTheGroup) {
  EXPECT_THAT(members(rollout(1)), ElementsAre(greenhouse.id, orchard.id));  // heard last first
  Rollout grouped = rollout(1);
  grouped.group = field;
  EXPECT_THAT(members(grouped), IsEmpty());
  Groups(catalog_).move_camera(orchard.id, field).value();
  EXPECT_THAT(members(grouped), ElementsAre(orchard.id));
  says(greenhouse.id, "another", 3);
  EXPECT_THAT(members(rollout(1)), ElementsAre(orchard.id));
  catalog_.remove_camera(orchard.id).value();
  EXPECT_THAT(members(rollout(1)), IsEmpty());
}

TEST_P(FirmwareTest, WhoWasToldIsKnownWithWhatCameOfIt) {
  firmware_.add_rollout(rollout(1)).value();
  EXPECT_TRUE(firmware_.tell(RolloutId{1}, orchard.id, "c1", noon).value());
  EXPECT_FALSE(firmware_.tell(RolloutId{1}, orchard.id, "c2", noon).value());
  EXPECT_TRUE(firmware_.may_fetch(orchard.id, ReleaseId{1}).value());
  EXPECT_FALSE(firmware_.may_fetch(greenhouse.id, ReleaseId{1}).value());
  EXPECT_FALSE(firmware_.may_fetch(orchard.id, ReleaseId{2}).value());

  auto member = firmware_.members(rollout(1)).value().back();
  EXPECT_EQ(member.told, (ToldCamera{"c1", RolloutOutcome::told, {}, noon}));
  EXPECT_EQ(member.command_state, std::nullopt);
  Command command{orchard.id, "c1", "update-firmware", "{}", "anna", CommandState::queued, noon, noon, noon,
                  {},         {}};
  Orders(catalog_).add(command).value();
  command.state = CommandState::failed;
  command.reason = "no room";
  command.result = "{}";
  EXPECT_TRUE(Orders(catalog_).change(command, CommandState::queued).value());
  member = firmware_.members(rollout(1)).value().back();
  EXPECT_EQ(member.command_state, CommandState::failed);
  EXPECT_EQ(member.command_reason, "no room");
  EXPECT_EQ(member.command_result, "{}");

  firmware_.settle(RolloutId{1}, orchard.id, RolloutOutcome::told, "not now", noon).value();  // put off
  EXPECT_FALSE(firmware_.may_fetch(orchard.id, ReleaseId{1}).value());
  firmware_.settle(RolloutId{1}, orchard.id, RolloutOutcome::failed, "no room", noon).value();
  EXPECT_FALSE(firmware_.may_fetch(orchard.id, ReleaseId{1}).value());
  says(orchard.id, "another", 5);  // it stays one of those that were told
  member = firmware_.members(rollout(1)).value().front();
  EXPECT_EQ(member.told, (ToldCamera{"c1", RolloutOutcome::failed, "no room", noon}));
  firmware_.untell(RolloutId{1}, orchard.id).value();
  EXPECT_THAT(members(rollout(1)), ElementsAre(greenhouse.id));
}

TEST_P(FirmwareTest, ARolloutIsUnsettledUntilEverybodyHasAnswered) {
  firmware_.add_rollout(rollout(1)).value();
  firmware_.tell(RolloutId{1}, orchard.id, "c1", noon).value();
  Rollout halted = rollout(1);
  halted.state = RolloutState::halted;
  halted.reason = "enough";
  firmware_.change_rollout(halted).value();
  EXPECT_THAT(firmware_.unsettled_rollouts().value(), ElementsAre(halted));
  EXPECT_FALSE(firmware_.may_fetch(orchard.id, ReleaseId{1}).value());
  firmware_.settle(RolloutId{1}, orchard.id, RolloutOutcome::left_out, {}, noon).value();
  EXPECT_THAT(firmware_.unsettled_rollouts().value(), IsEmpty());
  firmware_.remove_release(ReleaseId{1}).value();
  EXPECT_EQ(firmware_.rollout(RolloutId{1}).error().kind, ErrorKind::not_found);
  EXPECT_EQ(firmware_.remove_release(ReleaseId{1}).error().kind, ErrorKind::not_found);
}

}  // namespace
}  // namespace heliograph::catalog
