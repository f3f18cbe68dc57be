#include "server/catalog/alerts.hpp"

#include "server/catalog/groups.hpp"
#include "server/catalog/people.hpp"
#include "server/catalog/test_support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::catalog {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class AlertsTest : public OnEachEngine {
 protected:
  void SetUp() override { add_cameras(catalog_); }
  // One that is open since so many minutes after noon.
  void open(std::int64_t id, std::optional<CameraId> camera, const std::string& kind, int minute) {
    ASSERT_TRUE(alerts_.watch({AlertId{id}, camera, kind, "first", noon}).value());
    ASSERT_TRUE(alerts_.open(AlertId{id}, "then", noon + minute * 1min).value());
  }
  std::vector<std::int64_t> ids(const AlertQuery& query) {
    std::vector<std::int64_t> ids;
    for (const NamedAlert& one : alerts_.page(query).value()) ids.push_back(one.alert.id.value);
    return ids;
  }

  Catalog catalog_ = connect();
  Alerts alerts_{catalog_};
};
HELIOGRAPH_ON_EACH_ENGINE(AlertsTest);

TEST_P(AlertsTest, LivesFromTheFirstLookToItsEnd) {
  const Alert first{AlertId{1}, orchard.id, "silent", "first", noon};
  EXPECT_TRUE(alerts_.watch(first).value());
  EXPECT_THAT(alerts_.unfinished().value(), ElementsAre(first));
  EXPECT_THAT(ids({}), IsEmpty()) << "it is no alert yet";
  EXPECT_TRUE(alerts_.open(AlertId{1}, "then", noon + 2min).value());
  EXPECT_FALSE(alerts_.open(AlertId{1}, "later", noon + 3min).value()) << "somebody else was quicker";
  alerts_.set_right_since(AlertId{1}, noon + 4min).value();
  Alert now{AlertId{1}, orchard.id, "silent", "then", noon, noon + 2min, noon + 4min};
  EXPECT_THAT(alerts_.page({}).value(), ElementsAre(NamedAlert{now, orchard.name}));
  alerts_.set_right_since(AlertId{1}, std::nullopt).value();
  alerts_.forget(AlertId{1}).value();
  EXPECT_EQ(alerts_.unfinished().value().front().right_since, std::nullopt)
      << "what is open is not forgotten";
  EXPECT_TRUE(alerts_.close(AlertId{1}, noon + 5min).value());
  EXPECT_FALSE(alerts_.close(AlertId{1}, noon + 6min).value());
  EXPECT_THAT(alerts_.unfinished().value(), IsEmpty());
  EXPECT_EQ(alerts_.page({}).value().front().alert.closed_at, noon + 5min);
  EXPECT_EQ(alerts_.remove_closed_before(noon + 5min).value(), 0);
  EXPECT_EQ(alerts_.remove_closed_before(noon + 6min).value(), 1);
  EXPECT_THAT(ids({}), IsEmpty());
}

TEST_P(AlertsTest, IsOneAtATimeOfAKindAndACamera) {
  EXPECT_TRUE(alerts_.watch({AlertId{1}, orchard.id, "silent", "", noon}).value());
  EXPECT_FALSE(alerts_.watch({AlertId{2}, orchard.id, "silent", "", noon}).value());
  EXPECT_TRUE(alerts_.watch({AlertId{3}, orchard.id, "battery", "", noon}).value());
  EXPECT_TRUE(alerts_.watch({AlertId{4}, greenhouse.id, "silent", "", noon}).value());
  EXPECT_TRUE(alerts_.watch({AlertId{5}, std::nullopt, "storage", "", noon}).value());
  EXPECT_FALSE(alerts_.watch({AlertId{6}, std::nullopt, "storage", "", noon}).value());
  alerts_.forget(AlertId{1}).value();
  EXPECT_TRUE(alerts_.watch({AlertId{7}, orchard.id, "silent", "", noon}).value());
  alerts_.open(AlertId{7}, "", noon).value();
  alerts_.close(AlertId{7}, noon).value();
  EXPECT_TRUE(alerts_.watch({AlertId{8}, orchard.id, "silent", "", noon}).value());
}

TEST_P(AlertsTest, AreChosenByCameraStateAndWhoMaySeeThem) {
  open(1, orchard.id, "silent", 3);
  open(2, greenhouse.id, "silent", 1);
  open(3, orchard.id, "battery", 3);
  open(4, std::nullopt, "storage", 2);
  alerts_.close(AlertId{1}, noon + 9min).value();
  EXPECT_THAT(ids({}), ElementsAre(3, 1, 2));
  EXPECT_THAT(ids({.of_the_server = true}), ElementsAre(3, 1, 4, 2));
  EXPECT_THAT(ids({.camera = orchard.id, .of_the_server = true}), ElementsAre(3, 1));
  EXPECT_THAT(ids({.of_the_server = true, .open = true}), ElementsAre(3, 4, 2));
  EXPECT_THAT(ids({.of_the_server = true, .open = false}), ElementsAre(1));
  EXPECT_THAT(ids({.of_the_server = true, .limit = 2}), ElementsAre(3, 1));
  EXPECT_THAT(ids({.of_the_server = true, .after = AlertPageKey{noon + 3min, AlertId{1}}}),
              ElementsAre(4, 2));

  Groups groups(catalog_);
  groups.add({GroupId{5}, "Glass", noon, {}}).value();
  groups.move_camera(greenhouse.id, GroupId{5}).value();
  People(catalog_)
      .add({PersonId{6}, "gardener", noon, true, false, {{GroupId{5}, Role::viewer}}}, "hash")
      .value();
  EXPECT_THAT(ids({.seen_by = PersonId{6}}), ElementsAre(2));
  EXPECT_THAT(ids({.seen_by = PersonId{6}, .of_the_server = true}), ElementsAre(2));
  EXPECT_THAT(ids({.camera = orchard.id, .seen_by = PersonId{6}}), IsEmpty());
}

TEST_P(AlertsTest, AreNewsWhenTheyOpenAndWhenTheyEnd) {
  open(1, orchard.id, "silent", 1);
  open(2, greenhouse.id, "silent", 5);
  alerts_.watch({AlertId{3}, orchard.id, "battery", "", noon}).value();
  EXPECT_THAT(alerts_.news(noon + 5min).value(), SizeIs(1));
  alerts_.close(AlertId{1}, noon + 6min).value();
  EXPECT_THAT(alerts_.news(noon + 5min).value(), SizeIs(2));
  EXPECT_EQ(alerts_.news(noon + 6min).value().front().camera_name, orchard.name);
}

TEST_P(AlertsTest, SomebodyListensUntilNobodyHasForAWhile) {
  EXPECT_EQ(alerts_.listen(noon, 5min).value(), noon);
  EXPECT_EQ(alerts_.listen(noon + 1min, 5min).value(), noon);
  EXPECT_EQ(alerts_.listen(noon + 6min, 5min).value(), noon) << "a restart";
  EXPECT_EQ(alerts_.listen(noon + 12min, 5min).value(), noon + 12min) << "an hour without power";
  EXPECT_EQ(alerts_.listen(noon + 10min, 5min).value(), noon + 12min) << "a clock that was put back";
}

}  // namespace
}  // namespace heliograph::catalog
