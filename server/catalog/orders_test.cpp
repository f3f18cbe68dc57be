#include "server/catalog/orders.hpp"

#include "server/catalog/camera_keys.hpp"
#include "server/catalog/test_support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::catalog {
namespace {

using enum CommandState;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr Timestamp after(int minutes) {
  return noon + std::chrono::minutes(minutes);
}

Command capture(std::string id, int minute = 0) {
  return {orchard.id,    std::move(id),     "capture",     "{}", "anna", queued,
          after(minute), after(minute + 5), after(minute), {},   {}};
}

class OrdersTest : public OnEachEngine {
 protected:
  void SetUp() override { add_cameras(catalog_); }
  // As if the camera had said so.
  bool move(Command command, CommandState from, CommandState to) {
    command.state = to;
    return orders_.change(command, from).value();
  }

  Catalog catalog_ = connect();
  Orders orders_{catalog_};
};
HELIOGRAPH_ON_EACH_ENGINE(OrdersTest);

TEST_P(OrdersTest, KeepCommandsOfEachCameraInOrder) {
  const Command first = capture("a", 1);
  const Command second = capture("b", 2);
  orders_.add(second).value();
  orders_.add(first).value();
  EXPECT_THAT(orders_.unfinished(orchard.id).value(), ElementsAre(first, second));
  EXPECT_THAT(orders_.commands(orchard.id, 10).value(), ElementsAre(second, first));
  EXPECT_THAT(orders_.commands(orchard.id, 1).value(), ElementsAre(second));
  EXPECT_THAT(orders_.unfinished(greenhouse.id).value(), IsEmpty());
  EXPECT_EQ(orders_.command(orchard.id, "a").value(), first);
  EXPECT_EQ(orders_.command(greenhouse.id, "a").error().kind, ErrorKind::not_found);
  EXPECT_EQ(orders_.add(first).error().kind, ErrorKind::conflict);
}

TEST_P(OrdersTest, ChangeOnlyFromTheStateThatWasSeen) {
  Command command = capture("a");
  orders_.add(command).value();
  command.state = delivered;
  command.changed_at = after(1);
  EXPECT_TRUE(orders_.change(command, queued).value());
  EXPECT_FALSE(orders_.change(command, queued).value());
  command.state = succeeded;
  command.result = R"({"boot":"b","sequence":1})";
  EXPECT_TRUE(orders_.change(command, delivered).value());
  EXPECT_EQ(orders_.command(orchard.id, "a").value(), command);
  EXPECT_THAT(orders_.unfinished(orchard.id).value(), IsEmpty());
}

TEST_P(OrdersTest, ACameraHasOneCommandInHand) {
  orders_.add(capture("a")).value();
  orders_.add(capture("b")).value();
  EXPECT_TRUE(move(capture("a"), queued, delivered));
  EXPECT_FALSE(move(capture("b"), queued, delivered));
  EXPECT_TRUE(move(capture("a"), delivered, accepted));
  EXPECT_FALSE(move(capture("b"), queued, delivered));
  EXPECT_TRUE(move(capture("a"), accepted, failed));
  EXPECT_TRUE(move(capture("b"), queued, delivered));
}

TEST_P(OrdersTest, ACameraHasOneUpdateBesideACommand) {
  const auto update = [](std::string id) {
    Command command = capture(std::move(id));
    command.name = "update-firmware";
    return command;
  };
  for (const Command& command : {update("u"), update("v"), capture("a"), capture("b")})
    orders_.add(command).value();
  EXPECT_TRUE(move(update("u"), queued, delivered));
  EXPECT_FALSE(move(capture("a"), queued, delivered));  // nobody knows yet whether it has begun
  EXPECT_TRUE(move(update("u"), delivered, accepted));
  EXPECT_TRUE(move(capture("a"), queued, delivered));
  EXPECT_FALSE(move(capture("b"), queued, delivered));
  EXPECT_TRUE(move(capture("a"), delivered, failed));
  EXPECT_TRUE(move(update("v"), queued, delivered));
  EXPECT_FALSE(move(update("v"), delivered, accepted));
}

TEST_P(OrdersTest, ForgetTheOldestThatHaveEnded) {
  orders_.add(capture("first")).value();
  for (int i = 0; i < max_kept_commands + 3; ++i) {
    const Command command = capture("c" + std::to_string(i), i + 1);
    orders_.add(command).value();
    EXPECT_TRUE(move(command, queued, cancelled));
  }
  EXPECT_EQ(orders_.commands(orchard.id, 1000).value().size(), max_kept_commands + 1U);
  EXPECT_EQ(orders_.command(orchard.id, "first").value().state, queued);
  EXPECT_EQ(orders_.command(orchard.id, "c0").error().kind, ErrorKind::not_found);
}

TEST_P(OrdersTest, TellWhatIsPastItsTime) {
  orders_.add(capture("a", 0)).value();
  orders_.add(capture("b", 1)).value();
  EXPECT_THAT(orders_.overdue(after(5), 10).value(), IsEmpty());
  EXPECT_THAT(orders_.overdue(after(6), 10).value(), ElementsAre(capture("a", 0)));
  EXPECT_EQ(orders_.overdue(after(60), 1).value().size(), 1U);
}

TEST_P(OrdersTest, SettingsAreWantedVersionByVersion) {
  EXPECT_EQ(orders_.settings(orchard.id).value(), CameraSettings{});
  orders_.want(orchard.id, 0, R"({"quality":1})", "anna", noon).value();
  EXPECT_EQ(orders_.want(orchard.id, 0, "{}", "bert", noon).error().kind, ErrorKind::conflict);
  orders_.want(orchard.id, 1, R"({"quality":2})", "bert", after(1)).value();
  EXPECT_EQ(orders_.want(orchard.id, 1, "{}", "anna", noon).error().kind, ErrorKind::conflict);
  const CameraSettings expected{2, R"({"quality":2})", "bert", after(1), {}, {}, {}};
  EXPECT_EQ(orders_.settings(orchard.id).value(), expected);
}

TEST_P(OrdersTest, AnAnswerIsToTheVersionThatIsWanted) {
  orders_.want(orchard.id, 0, R"({"quality":1})", "anna", noon).value();
  const SettingsReport applied{1, SettingsStatus::applied, {}};
  EXPECT_TRUE(orders_.report(orchard.id, applied, after(1)).value());
  EXPECT_FALSE(orders_.report(orchard.id, applied, after(2)).value());  // the same again
  const SettingsReport remarked{1, SettingsStatus::applied, "the data is used up"};
  EXPECT_TRUE(orders_.report(orchard.id, remarked, after(2)).value());
  EXPECT_FALSE(orders_.report(orchard.id, remarked, after(2)).value());
  EXPECT_EQ(orders_.settings(orchard.id).value().reported, remarked);
  EXPECT_TRUE(orders_.report(orchard.id, applied, after(2)).value());
  EXPECT_FALSE(orders_.report(orchard.id, {0, SettingsStatus::applied, {}}, after(2)).value());
  orders_.want(orchard.id, 1, R"({"quality":2})", "anna", noon).value();
  EXPECT_FALSE(orders_.report(orchard.id, applied, after(2)).value());
  const SettingsReport rolled_back{2, SettingsStatus::rolled_back, "no server for ten minutes"};
  EXPECT_TRUE(orders_.report(orchard.id, rolled_back, after(3)).value());
  const CameraSettings settings = orders_.settings(orchard.id).value();
  EXPECT_EQ(settings.reported, rolled_back);
  EXPECT_EQ(settings.reported_at, after(3));
  EXPECT_EQ(settings.applied, R"({"quality":1})");
}

TEST_P(OrdersTest, AKeyTellsWhetherItsCameraHasAny) {
  const auto any_for = [this](const char* key) {
    return CameraKeys(catalog_).holder(hash_of(key), noon).value().has_orders;
  };
  EXPECT_FALSE(any_for("orchard's key"));
  orders_.want(orchard.id, 0, "{}", "anna", noon).value();
  EXPECT_TRUE(any_for("orchard's key"));
  EXPECT_FALSE(any_for("greenhouse's key"));
  orders_.report(orchard.id, {1, SettingsStatus::rejected, "no"}, noon).value();
  EXPECT_FALSE(any_for("orchard's key"));
  orders_.add(capture("a")).value();
  EXPECT_TRUE(any_for("orchard's key"));
  EXPECT_TRUE(move(capture("a"), queued, cancelled));
  EXPECT_FALSE(any_for("orchard's key"));
}

TEST_P(OrdersTest, KeepWhatACameraSaysOfItself) {
  EXPECT_EQ(orders_.self(orchard.id).value(), std::nullopt);
  CameraSelf self{"boot", "1.0",   "T-SIM7600", "arducam-mega-5mp", R"({"commands":["capture"]})",
                  noon,   after(1)};
  orders_.set_self(orchard.id, self).value();
  EXPECT_EQ(orders_.self(orchard.id).value(), self);
  CameraSelf later = self;
  later.boot = "again";
  later.heard_at = after(2);
  later.capabilities.reset();
  later.due_at.reset();
  orders_.set_self(orchard.id, later).value();
  later.capabilities = self.capabilities;
  EXPECT_EQ(orders_.self(orchard.id).value(), later);
}

TEST_P(OrdersTest, KnowWhenEachCameraWasHeard) {
  orders_.set_self(orchard.id, {"boot", "", "", "", {}, noon, after(1)}).value();
  orders_.want(orchard.id, 0, R"({"interval_s":60})", "anna", noon).value();
  orders_.report(orchard.id, {1, SettingsStatus::applied, {}}, noon).value();
  const Heard north{orchard.id, {}, noon, after(1), R"({"interval_s":60})"};
  EXPECT_THAT(orders_.heard(orchard.id).value(), ElementsAre(north));
  EXPECT_THAT(orders_.heard(std::nullopt).value(),
              testing::UnorderedElementsAre(north, Heard{greenhouse.id, {}, {}, {}, {}}));
  catalog_.remove_camera(orchard.id).value();
  EXPECT_THAT(orders_.heard(orchard.id).value(), IsEmpty());
}

TEST_P(OrdersTest, NoteThatALinkWasLost) {
  using HeardAndDue = std::pair<std::optional<Timestamp>, std::optional<Timestamp>>;
  const auto now = [this] {
    const Heard heard = orders_.heard(orchard.id).value().front();
    return HeardAndDue(heard.heard_at, heard.due_at);
  };
  const auto speaks = [this](Timestamp at, Timestamp due_at) {
    orders_.set_self(orchard.id, {"boot", "", "", "", {}, at, due_at}).value();
  };
  orders_.note_loss(orchard.id, after(1), after(2)).value();
  EXPECT_EQ(now(), HeardAndDue()) << "it never spoke";
  speaks(noon, after(300));
  orders_.note_loss(orchard.id, after(40), after(90)).value();
  EXPECT_EQ(now(), HeardAndDue(after(40), after(90)));
  speaks(after(100), after(400));
  orders_.note_loss(orchard.id, after(99), after(149)).value();
  EXPECT_EQ(now(), HeardAndDue(after(100), after(149)));
  speaks(after(200), after(500));
  orders_.note_loss(orchard.id, after(140), after(190)).value();
  EXPECT_EQ(now(), HeardAndDue(after(200), after(500))) << "it has spoken since";
}

TEST_P(OrdersTest, TellWhoHasNewOrders) {
  using testing::UnorderedElementsAre;
  EXPECT_THAT(orders_.ordered_since(after(0)).value(), IsEmpty());
  orders_.add(capture("a", 1)).value();
  orders_.want(greenhouse.id, 0, "{}", "anna", after(2)).value();
  EXPECT_THAT(orders_.ordered_since(after(1)).value(), UnorderedElementsAre(orchard.id, greenhouse.id));
  EXPECT_THAT(orders_.ordered_since(after(2)).value(), ElementsAre(greenhouse.id)) << "the command is older";
  move(capture("a", 1), queued, delivered);
  orders_.report(greenhouse.id, {1, SettingsStatus::applied, {}}, after(3)).value();
  EXPECT_THAT(orders_.ordered_since(after(0)).value(), IsEmpty()) << "they are told and answered for";
}

TEST_P(OrdersTest, AreKeptTogetherAndFailAlone) {
  const auto kept = catalog_.together([&] {
    EXPECT_TRUE(orders_.add(capture("a")));
    EXPECT_EQ(orders_.add(capture("a")).error().kind, ErrorKind::conflict);
    EXPECT_TRUE(orders_.add(capture("b", 1)));
    Catalog other = connect();
    EXPECT_THAT(Orders(other).unfinished(orchard.id).value(), IsEmpty()) << "not before they are durable";
  });
  ASSERT_TRUE(kept) << kept.error().detail;
  Catalog other = connect();
  EXPECT_THAT(Orders(other).unfinished(orchard.id).value(), ElementsAre(capture("a"), capture("b", 1)));
  EXPECT_TRUE(orders_.add(capture("c", 2))) << "and go on alone";
}

}  // namespace
}  // namespace heliograph::catalog
