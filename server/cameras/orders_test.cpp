#include "server/cameras/orders.hpp"

#include "server/catalog/series.hpp"
#include "tests/support/catalog_fixture.hpp"

#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::cameras {
namespace {

using catalog::Command;
using catalog::CommandState;
using catalog::SettingsReport;
using catalog::SettingsStatus;
using std::chrono::minutes;
using enum catalog::CommandState;
using testing::IsEmpty;
using testing::SizeIs;

constexpr Timestamp noon = from_ms(1'795'348'800'000);

Command command(std::string id, CommandState state, minutes left = minutes(5)) {
  Command command;
  command.id = std::move(id);
  command.state = state;
  command.expires_at = noon + left;
  return command;
}

Command update(std::string id, CommandState state) {
  Command update = command(std::move(id), state);
  update.name = update_command;
  return update;
}

TEST(NextOrders, OneCommandIsInFlight) {
  const struct {
    std::string_view what;
    std::vector<Command> unfinished;
    std::string_view expected;  // empty: none
  } table[] = {
      {"none", {}, ""},
      {"the oldest", {command("a", queued), command("b", queued)}, "a"},
      {"one whose delivery may be lost goes first", {command("a", queued), command("b", delivered)}, "b"},
      {"none beside one that is at work", {command("a", accepted), command("b", queued)}, ""},
      {"none that is over", {command("a", queued, minutes(0)), command("b", queued)}, "b"},
      {"none that was delivered and is over",
       {command("a", delivered, minutes(-1)), command("b", queued)},
       "b"},
      {"at work beyond its time", {command("a", accepted, minutes(-1)), command("b", queued)}, ""},
      {"beside an update that is at work", {update("u", accepted), command("b", queued)}, "b"},
      {"not beside one that may not have been heard of", {update("u", delivered), command("b", queued)}, "u"},
      {"no other update", {update("u", accepted), update("v", queued), command("b", queued)}, "b"},
      {"no third", {update("u", accepted), command("b", accepted), command("c", queued)}, ""},
      {"at work for ever", {command("a", accepted, minutes(-60)), command("b", queued)}, "b"},
  };
  for (const auto& row : table) {
    const auto next = next_orders({}, row.unfinished, noon);
    EXPECT_EQ(next.command ? next.command->id : "", row.expected) << row.what;
    EXPECT_FALSE(next.settings);
  }
}

TEST(NextOrders, SettingsAreToldUntilTheyAreAnswered) {
  catalog::CameraSettings settings;
  EXPECT_FALSE(next_orders(settings, {}, noon).settings);
  settings.version = 2;
  EXPECT_EQ(next_orders(settings, {}, noon).settings, settings);
  settings.reported = SettingsReport{1, SettingsStatus::applied, {}};
  EXPECT_EQ(next_orders(settings, {}, noon).settings, settings);
  for (const auto status : {SettingsStatus::applied, SettingsStatus::rejected, SettingsStatus::rolled_back}) {
    settings.reported = SettingsReport{2, status, {}};
    EXPECT_FALSE(next_orders(settings, {}, noon).settings);
  }
}

class Exchange : public OnACatalog {
 protected:
  void SetUp() override {
    catalog_->add_camera({camera_, "Orchard", "orchard", noon}, sha256("key")).value();
  }

  Command submit(std::string id) {
    return cameras::submit(*catalog_, clock_, camera_, {std::move(id), "capture", "{}", "anna", minutes(5)})
        .value()
        .command;
  }
  Exchanged speak(const Spoken& spoken = {}) { return exchange(*catalog_, clock_, camera_, spoken).value(); }
  Exchanged report(std::string id, CommandEvent event) {
    Spoken spoken;
    spoken.reports.push_back({std::move(id), event, "because", R"({"sequence":1})"});
    return speak(spoken);
  }
  CommandState state_of(std::string_view id) {
    return catalog::Orders(*catalog_).command(camera_, id).value().state;
  }

  const CameraId camera_{1};
  ManualClock clock_{noon};
};

TEST_F(Exchange, LeadsACommandThroughItsLife) {
  submit("a");
  submit("b");
  auto told = speak();
  EXPECT_EQ(told.orders.command->id, "a");
  EXPECT_EQ(told.orders.command->state, delivered);
  EXPECT_THAT(told.changed, SizeIs(1));
  told = speak();  // the answer was lost: the same again
  EXPECT_EQ(told.orders.command->id, "a");
  EXPECT_THAT(told.changed, IsEmpty());
  told = report("a", CommandEvent::accept);
  EXPECT_FALSE(told.orders.command);
  told = report("a", CommandEvent::succeed);
  EXPECT_EQ(told.changed.front().result, R"({"sequence":1})");
  EXPECT_EQ(told.orders.command->id, "b");
  EXPECT_EQ(state_of("a"), succeeded);
  told = report("a", CommandEvent::fail);  // it has ended
  EXPECT_EQ(state_of("a"), succeeded);
  EXPECT_THAT(report("nobody's", CommandEvent::succeed).changed, IsEmpty());
}

TEST_F(Exchange, EndsWhatIsPastItsTime) {
  submit("a");
  submit("b");
  speak();
  clock_.advance(minutes(6));
  EXPECT_FALSE(speak().orders.command);
  EXPECT_EQ(state_of("a"), expired);
  EXPECT_EQ(state_of("b"), expired);
  report("a", CommandEvent::succeed);  // the camera had it, and tells late
  EXPECT_EQ(state_of("a"), succeeded);
  report("b", CommandEvent::accept);
  EXPECT_EQ(state_of("b"), expired);
}

TEST_F(Exchange, OverdueCommandsOfAllCamerasEnd) {
  submit("a");
  EXPECT_THAT(expire_overdue(*catalog_, clock_).value(), IsEmpty());
  clock_.advance(minutes(6));
  EXPECT_THAT(expire_overdue(*catalog_, clock_).value(), SizeIs(1));
  EXPECT_THAT(expire_overdue(*catalog_, clock_).value(), IsEmpty());
}

TEST_F(Exchange, CancelsWhatHasNotBegun) {
  submit("a");
  EXPECT_EQ(cancel(*catalog_, clock_, camera_, "a").value().state, cancelled);
  EXPECT_EQ(cancel(*catalog_, clock_, camera_, "a").error().kind, ErrorKind::conflict);
  EXPECT_EQ(cancel(*catalog_, clock_, camera_, "b").error().kind, ErrorKind::not_found);
  EXPECT_FALSE(speak().orders.command);
  submit("c");
  speak();
  report("c", CommandEvent::accept);
  EXPECT_EQ(cancel(*catalog_, clock_, camera_, "c").error().kind, ErrorKind::conflict);
}

TEST_F(Exchange, TheSameIdIsTheSameCommand) {
  const Wish wish{"a", "burst", R"({"count":3})", "anna"};
  EXPECT_TRUE(cameras::submit(*catalog_, clock_, camera_, wish).value().is_new);
  speak();
  const auto again = cameras::submit(*catalog_, clock_, camera_, wish).value();
  EXPECT_FALSE(again.is_new);
  EXPECT_EQ(again.command.state, delivered);
  Wish other = wish;
  other.arguments = R"({"count":4})";
  EXPECT_EQ(cameras::submit(*catalog_, clock_, camera_, other).error().kind, ErrorKind::conflict);
  other = {"with space", "capture", "{}", "anna"};
  EXPECT_EQ(cameras::submit(*catalog_, clock_, camera_, other).error().kind, ErrorKind::bad_request);
  other = {"b", "capture", "{}", "anna", std::chrono::milliseconds(999)};
  EXPECT_EQ(cameras::submit(*catalog_, clock_, camera_, other).error().kind, ErrorKind::bad_request);
}

TEST_F(Exchange, TooManyAreNotTaken) {
  for (std::ptrdiff_t i = 0; i < max_unfinished_commands; ++i) submit(std::to_string(i));
  EXPECT_EQ(cameras::submit(*catalog_, clock_, camera_, {"x", "capture", "{}", "anna"}).error().kind,
            ErrorKind::too_many);
  clock_.advance(minutes(6));  // what is past its time makes room
  submit("x");
}

TEST_F(Exchange, SettingsAreToldAndAnswered) {
  catalog::Orders(*catalog_).want(camera_, 0, R"({"quality":80})", "anna", noon).value();
  EXPECT_EQ(speak().orders.settings->wanted, R"({"quality":80})");
  Spoken spoken;
  spoken.settings = SettingsReport{1, SettingsStatus::applied, {}};
  auto told = speak(spoken);
  EXPECT_TRUE(told.settings_changed);
  EXPECT_FALSE(told.orders.settings);
  EXPECT_FALSE(speak(spoken).settings_changed);
}

TEST_F(Exchange, KeepsWhatTheCameraSays) {
  Spoken spoken;
  spoken.self =
      catalog::CameraSelf{"boot", "1.0", "board", "ov2640", R"({"commands":["capture"]})", noon, {}};
  spoken.telemetry.battery_mv = 3900;
  speak(spoken);
  EXPECT_EQ(capabilities_of(*catalog_, camera_).value().sensor, "ov2640");
  EXPECT_EQ(capabilities_of(*catalog_, CameraId{2}).value().sensor, "");
  const auto spans =
      catalog::Series(*catalog_).spans(camera_, noon, noon + minutes(5), catalog::telemetry_slot).value();
  EXPECT_EQ(spans.front().least.battery_mv, 3900);
  const auto presence = presences(*catalog_, camera_, noon + minutes(1)).value();
  EXPECT_EQ(presence.front().found.presence, Presence::asleep);
  EXPECT_EQ(presence.front().heard_at, noon);
}

TEST_F(Exchange, WhoseLinkIsLostIsMissedBeforeItsPromiseIsOver) {
  Spoken spoken;
  spoken.self = catalog::CameraSelf{"boot", "", "", "", {}, noon, noon + minutes(60)};
  speak(spoken);
  const Timestamp heard = noon + minutes(5);
  lose_link(*catalog_, camera_, heard).value();
  const auto presence_at = [this](Timestamp now) {
    return presences(*catalog_, camera_, now).value().front().found.presence;
  };
  EXPECT_EQ(presences(*catalog_, camera_, heard).value().front().heard_at, heard);
  EXPECT_EQ(presence_at(heard + std::chrono::seconds(139)), Presence::online);
  EXPECT_EQ(presence_at(heard + std::chrono::seconds(141)), Presence::late);
  EXPECT_EQ(presence_at(heard + minutes(15)), Presence::silent);
  spoken.self->heard_at = heard + minutes(20);
  spoken.self->due_at = heard + minutes(25);
  speak(spoken);
  EXPECT_EQ(presence_at(heard + minutes(20)), Presence::online) << "it is back";
}

}  // namespace
}  // namespace heliograph::cameras
