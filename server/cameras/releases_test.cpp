#include "server/cameras/releases.hpp"

#include "server/cameras/signed_image.hpp"
#include "server/cameras/signing.hpp"
#include "tests/support/catalog_fixture.hpp"

#include <memory>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::cameras {
namespace {

using catalog::Command;
using catalog::CommandState;
using catalog::Firmware;
using catalog::Release;
using catalog::Rollout;
using catalog::RolloutStage;
using catalog::RolloutState;
using std::chrono::hours;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr Timestamp noon = from_ms(1'795'348'800'000);

std::span<const std::uint8_t> bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

class Releases : public OnACatalog {
 protected:
  // A fleet of cameras of one model, that were heard in order of their number.
  void add_cameras(int count) {
    for (int i = 1; i <= count; ++i) {
      const CameraId id{i};
      const std::string name = "camera " + std::to_string(i);
      catalog_->add_camera({id, name, "camera-" + std::to_string(i), noon}, sha256(name)).value();
      says(id, "1.0.0");
    }
  }
  // What the camera says of itself.
  void says(CameraId camera, const std::string& version) {
    catalog::CameraSelf self{"b",
                             version,
                             "trap",
                             "ov2640",
                             R"({"commands":["update-firmware"]})",
                             noon + std::chrono::seconds(camera.value),
                             {}};
    catalog::Orders(*catalog_).set_self(camera, self).value();
  }

  Release add(const std::string& version, const std::string& image = "image") {
    const auto id = ids_.next<ReleaseId>();
    const std::string manifest = sign_image(bytes_of(image), {"trap", version}, key_).value();
    auto file = store_->create_release(id).value();
    file.write(bytes_of(manifest + image)).value();
    SignedImage reader;
    reader.feed(bytes_of(manifest + image)).value();
    Release release = reader.finish().value();
    file.keep().value();
    release.id = id;
    release.actor = "anna";
    release.created_at = noon;
    return add_release(*catalog_, *store_, release).value().release;
  }

  Rollout start(const Release& release, bool automatic = false, std::int64_t limit = 1) {
    return start_rollout(*catalog_, ids_, clock_, {release.id, {}, {}, automatic, limit, "anna"}).value();
  }
  // What has changed, and the commands of that.
  Driven drive_for_all() { return drive_rollouts(*catalog_, ids_, clock_).value(); }
  std::vector<Command> drive() { return drive_for_all().commands; }
  Rollout now(const Rollout& rollout) { return Firmware(*catalog_).rollout(rollout.id).value(); }

  // The camera takes the command it has, and says so.
  void answer(CameraId camera, CommandEvent event, std::optional<std::string> reason = {},
              std::optional<std::string> result = {}) {
    const auto told = exchange(*catalog_, clock_, camera, {}).value().orders.command;
    ASSERT_TRUE(told);
    Spoken spoken;
    spoken.reports.push_back({told->id, event, std::move(reason), std::move(result)});
    exchange(*catalog_, clock_, camera, spoken).value();
  }
  // How the rollout stands, a letter a camera in order of their ids.
  std::string states(const Rollout& rollout) {
    const auto seen = see_rollout(*catalog_, rollout.id).value();
    std::string letters(seen.members.size(), '?');
    for (std::size_t i = 0; i < seen.members.size(); ++i) {
      letters[static_cast<std::size_t>(seen.members[i].camera.value) - 1] = to_string(seen.states[i])[0];
    }
    return letters;
  }

  const SigningKey key_ = make_signing_key();
  ManualClock clock_{noon};
  IdSource ids_{clock_};
  std::unique_ptr<store::ImageStore> store_ = store::ImageStore::open(directory_.path() / "data").value();
};

TEST_F(Releases, AreAddedOnce) {
  const Release first = add("1.1.0");
  const Release again = add("1.1.0");
  EXPECT_EQ(again.id, first.id);
  EXPECT_THAT(store_->releases().value(), ElementsAre(first.id));
  add("1.2.0");
  EXPECT_THAT(Firmware(*catalog_).releases().value(), SizeIs(2));
}

TEST_F(Releases, GoWithTheirFile) {
  const Release release = add("1.1.0");
  EXPECT_EQ(remove_release(*catalog_, *store_, release.id).value().version, "1.1.0");
  EXPECT_THAT(store_->releases().value(), IsEmpty());
  EXPECT_EQ(remove_release(*catalog_, *store_, release.id).error().kind, ErrorKind::not_found);
}

TEST_F(Releases, FilesWithoutARowAreAdoptedWhenTheyAreWhole) {
  const Release release = add("1.1.0");
  Firmware(*catalog_)
      .remove_release(release.id)
      .value();  // as if the row had not been written before a crash
  auto torn = store_->create_release(ids_.next<ReleaseId>()).value();
  torn.write(bytes_of("heliograph-firmware 1\nmodel")).value();
  torn.keep().value();
  EXPECT_EQ(adopt_releases(*catalog_, *store_).value(), 1U);
  EXPECT_THAT(store_->releases().value(), ElementsAre(release.id));
  EXPECT_EQ(Firmware(*catalog_).release(release.id)->version, "1.1.0");
  EXPECT_EQ(adopt_releases(*catalog_, *store_).value(), 0U);
}

TEST_F(Releases, ComeToOneCameraAndThenToMore) {
  add_cameras(12);
  const Release release = add("1.1.0");
  const Rollout rollout = start(release);
  EXPECT_THAT(drive(), SizeIs(1));
  EXPECT_THAT(drive(), IsEmpty());
  EXPECT_EQ(states(rollout), "wwwwwwwwwwwt");  // the one that was heard last
  EXPECT_TRUE(Firmware(*catalog_).may_fetch(CameraId{12}, release.id).value());
  EXPECT_FALSE(Firmware(*catalog_).may_fetch(CameraId{11}, release.id).value());
  answer(CameraId{12}, CommandEvent::accept);
  EXPECT_THAT(drive(), IsEmpty());
  EXPECT_EQ(states(rollout), "wwwwwwwwwwwt");
  const auto command = catalog::Orders(*catalog_).unfinished(CameraId{12}).value().front();
  EXPECT_EQ(command.name, update_command);
  EXPECT_THAT(command.arguments, HasSubstr(to_string(release.id)));
  Spoken spoken;
  spoken.reports.push_back({command.id, CommandEvent::succeed, {}, {}});
  exchange(*catalog_, clock_, CameraId{12}, spoken).value();
  says(CameraId{12}, "1.1.0");
  EXPECT_THAT(drive(), IsEmpty());  // by hand
  EXPECT_EQ(states(rollout), "wwwwwwwwwwwu");
  EXPECT_FALSE(Firmware(*catalog_).may_fetch(CameraId{12}, release.id).value());

  EXPECT_EQ(advance_rollout(*catalog_, clock_, rollout.id)->stage, RolloutStage::tenth);
  drive();
  EXPECT_EQ(states(rollout), "wwwwwwwwwwtu");
  advance_rollout(*catalog_, clock_, rollout.id).value();
  EXPECT_EQ(advance_rollout(*catalog_, clock_, rollout.id).error().kind, ErrorKind::conflict);
  EXPECT_THAT(drive(), SizeIs(10));
  for (int i = 1; i <= 11; ++i) answer(CameraId{i}, CommandEvent::succeed);
  drive();
  EXPECT_EQ(states(rollout), "uuuuuuuuuuuu");
  EXPECT_EQ(now(rollout).state, RolloutState::finished);
}

TEST_F(Releases, SayWhenThereIsNews) {
  add_cameras(2);
  const Rollout rollout = start(add("1.1.0"));
  EXPECT_THAT(drive_for_all().rollouts, ElementsAre(rollout.id));  // the first camera is told
  EXPECT_THAT(drive_for_all().rollouts, IsEmpty());
  answer(CameraId{2}, CommandEvent::accept);
  EXPECT_THAT(drive_for_all().rollouts, IsEmpty());  // it is under way, as before
  const auto command = catalog::Orders(*catalog_).unfinished(CameraId{2}).value().front();
  Spoken spoken;
  spoken.reports.push_back({command.id, CommandEvent::succeed, {}, {}});
  exchange(*catalog_, clock_, CameraId{2}, spoken).value();
  EXPECT_THAT(drive_for_all().rollouts, ElementsAre(rollout.id));
  EXPECT_THAT(drive_for_all().rollouts, IsEmpty());

  advance_rollout(*catalog_, clock_, rollout.id).value();
  advance_rollout(*catalog_, clock_, rollout.id).value();
  EXPECT_THAT(drive_for_all().rollouts, ElementsAre(rollout.id));
  clock_.advance(max_command_life + hours(1));  // the other one was away
  expire_overdue(*catalog_, clock_).value();
  EXPECT_THAT(drive_for_all().rollouts, ElementsAre(rollout.id));
  answer(CameraId{1}, CommandEvent::fail);
  EXPECT_THAT(drive_for_all().rollouts, ElementsAre(rollout.id));  // it is halted
  EXPECT_THAT(drive_for_all().rollouts, IsEmpty());
}

TEST_F(Releases, AreHaltedByFailuresWithWhatWaits) {
  add_cameras(3);
  const Rollout rollout = start(add("1.1.0"));
  advance_rollout(*catalog_, clock_, rollout.id).value();
  advance_rollout(*catalog_, clock_, rollout.id).value();
  EXPECT_THAT(drive(), SizeIs(3));
  answer(CameraId{1}, CommandEvent::accept);
  answer(CameraId{2}, CommandEvent::fail, "rolled back: it ended with status 1");
  EXPECT_THAT(drive(), SizeIs(1));  // camera 3 had not begun
  EXPECT_EQ(now(rollout).state, RolloutState::halted);
  EXPECT_EQ(now(rollout).reason, "1 of 3 cameras that were told failed");
  EXPECT_FALSE(Firmware(*catalog_).may_fetch(CameraId{1}, rollout.release).value());
  drive();
  EXPECT_EQ(states(rollout), "tfl");
  const auto seen = see_rollout(*catalog_, rollout.id).value();
  for (const auto& member : seen.members) {
    if (member.camera == CameraId{2}) EXPECT_EQ(member.told->reason, "rolled back: it ended with status 1");
  }
  EXPECT_EQ(halt_rollout(*catalog_, clock_, rollout.id, "no").error().kind, ErrorKind::conflict);
  start(add("1.2.0"));  // another one may begin
}

TEST_F(Releases, WhoPutsItOffIsToldAgainAndIsNoFailure) {
  add_cameras(2);
  const Rollout rollout = start(add("1.1.0"), /*automatic=*/true);
  drive();
  answer(CameraId{2}, CommandEvent::fail, "its battery is at 3599 mV", R"({"put_off":true})");
  EXPECT_THAT(drive_for_all().rollouts, ElementsAre(rollout.id));
  EXPECT_EQ(states(rollout), "tp");  // another one is the first
  EXPECT_FALSE(Firmware(*catalog_).may_fetch(CameraId{2}, rollout.release).value());
  answer(CameraId{1}, CommandEvent::succeed);
  says(CameraId{1}, "1.1.0");
  drive();  // on to a tenth
  drive();  // and to all
  EXPECT_THAT(drive_for_all().rollouts, IsEmpty());
  EXPECT_EQ(states(rollout), "up");
  EXPECT_EQ(now(rollout).state, RolloutState::running);
  const auto seen = see_rollout(*catalog_, rollout.id).value();
  EXPECT_EQ(seen.members.front().told->reason, "its battery is at 3599 mV");

  clock_.advance(put_off_pause - std::chrono::milliseconds(1));
  EXPECT_THAT(drive(), IsEmpty());
  clock_.advance(std::chrono::milliseconds(1));
  EXPECT_THAT(drive(), SizeIs(1));
  EXPECT_EQ(states(rollout), "ut");
  answer(CameraId{2}, CommandEvent::succeed);
  drive();
  EXPECT_EQ(now(rollout).state, RolloutState::finished);
}

TEST_F(Releases, WhoHasPutItOffIsLeftOutByAHalt) {
  add_cameras(1);
  const Rollout rollout = start(add("1.1.0"));
  drive();
  answer(CameraId{1}, CommandEvent::reject, {}, R"({"put_off":true})");
  drive();
  EXPECT_EQ(states(rollout), "p");
  halt_rollout(*catalog_, clock_, rollout.id, "halted by anna").value();
  drive();
  EXPECT_EQ(states(rollout), "l");
  EXPECT_THAT(Firmware(*catalog_).unsettled_rollouts().value(), IsEmpty());
}

TEST_F(Releases, WhoWasAwayIsToldAgain) {
  add_cameras(1);
  const Rollout rollout = start(add("1.1.0"));
  const std::string first = drive().front().id;
  clock_.advance(max_command_life + hours(1));
  expire_overdue(*catalog_, clock_).value();
  drive();
  const auto again = catalog::Orders(*catalog_).unfinished(CameraId{1}).value();
  ASSERT_THAT(again, SizeIs(1));
  EXPECT_NE(again.front().id, first);
  EXPECT_EQ(states(rollout), "t");
}

TEST_F(Releases, ACommandThatWasNotSentBeforeACrashIsSent) {
  add_cameras(1);
  const Rollout rollout = start(add("1.1.0"));
  Firmware(*catalog_).tell(rollout.id, CameraId{1}, "c1", noon).value();
  EXPECT_THAT(drive(), SizeIs(1));
  EXPECT_EQ(catalog::Orders(*catalog_).command(CameraId{1}, "c1")->state, CommandState::queued);
}

TEST_F(Releases, TheFirstCameraCanBeChosen) {
  add_cameras(3);
  const Release release = add("1.1.0");
  RolloutWish wish{release.id, {}, CameraId{9}, false, 1, "anna"};
  EXPECT_EQ(start_rollout(*catalog_, ids_, clock_, wish).error().kind, ErrorKind::unprocessable);
  says(CameraId{2}, "1.1.0");
  wish.first = CameraId{2};  // it runs that already
  EXPECT_EQ(start_rollout(*catalog_, ids_, clock_, wish).error().kind, ErrorKind::unprocessable);
  wish.first = CameraId{1};
  const Rollout rollout = start_rollout(*catalog_, ids_, clock_, wish).value();
  drive();
  EXPECT_EQ(states(rollout), "tcw");
}

TEST_F(Releases, OneRolloutOfAModelRuns) {
  add_cameras(1);
  const Release release = add("1.1.0");
  const Rollout rollout = start(release);
  EXPECT_EQ(start_rollout(*catalog_, ids_, clock_, {release.id}).error().kind, ErrorKind::conflict);
  EXPECT_EQ(remove_release(*catalog_, *store_, release.id).error().kind, ErrorKind::conflict);
  EXPECT_EQ(start_rollout(*catalog_, ids_, clock_, {ReleaseId{7}}).error().kind, ErrorKind::not_found);
  EXPECT_EQ(start_rollout(*catalog_, ids_, clock_, {release.id, {}, {}, false, 0}).error().kind,
            ErrorKind::bad_request);
  halt_rollout(*catalog_, clock_, rollout.id, "halted by anna").value();
  remove_release(*catalog_, *store_, release.id).value();
  EXPECT_EQ(Firmware(*catalog_).rollout(rollout.id).error().kind, ErrorKind::not_found);
}

}  // namespace
}  // namespace heliograph::cameras
