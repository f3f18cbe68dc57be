#include "server/catalog/overview.hpp"

#include "server/catalog/orders.hpp"
#include "server/catalog/overview_sql.hpp"
#include "server/catalog/series.hpp"
#include "server/catalog/test_support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::catalog {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

class OverviewTest : public OnEachEngine {
 protected:
  void SetUp() override { add_cameras(catalog_); }
  void take(std::int64_t id, const Camera& camera, Timestamp at) {
    NewImage image = picture(id);
    image.image.camera = camera.id;
    image.image.captured_at = image.image.received_at = at;
    ASSERT_EQ(add(catalog_, image).outcome, Added::stored);
  }

  Catalog catalog_ = connect();
  Overview overview_{catalog_};
};
HELIOGRAPH_ON_EACH_ENGINE(OverviewTest);

TEST_P(OverviewTest, TellsWhatEachCameraToldLast) {
  Series series(catalog_);
  protocol::Telemetry told = battery(3900);
  told.rssi_dbm = -70;
  told.spool = 3;
  series.add(orchard.id, noon - hours(1), battery(4100)).value();
  series.add(orchard.id, noon, told).value();
  series.add(orchard.id, noon, battery(3700)).value();
  protocol::Telemetry signal;
  signal.rssi_dbm = -80;
  series.add(orchard.id, noon + minutes(5), signal).value();
  series.add(greenhouse.id, noon - days(3), battery(3000)).value();

  const auto facts = overview_.facts(noon - days(2)).value();
  ASSERT_THAT(facts, SizeIs(2));
  EXPECT_EQ(facts[0], (CameraFacts{.camera = orchard.id,
                                   .refused_at = {},
                                   .refusal = {},
                                   .looks_alike = 0,
                                   .goes_by = "{}",
                                   .battery_mv = 3700,
                                   .rssi_dbm = -80,
                                   .spool = 3}));
  EXPECT_EQ(facts[1].camera, greenhouse.id);
  EXPECT_EQ(facts[1].battery_mv, std::nullopt) << "too long ago to be true";
}

TEST_P(OverviewTest, TellsWhatWasRefusedAndWhatACameraGoesBy) {
  const Refusal refusal{orchard.id, noon, "this is no JPEG", {}};
  catalog_.add_refusals({&refusal, 1}).value();
  Orders orders(catalog_);
  orders.want(orchard.id, 0, R"({"interval_s":60})", "anna", noon).value();
  EXPECT_EQ(overview_.facts(noon).value().front().goes_by, R"({"interval_s":60})");
  orders.report(orchard.id, {1, SettingsStatus::applied, {}}, noon).value();
  orders.want(orchard.id, 1, R"({"interval_s":30})", "anna", noon).value();
  const CameraFacts facts = overview_.facts(noon).value().front();
  EXPECT_EQ(facts.goes_by, R"({"interval_s":60})") << "what it has applied";
  EXPECT_EQ(facts.refused_at, noon);
  EXPECT_EQ(facts.refusal, "this is no JPEG");
}

TEST_P(OverviewTest, CountsTheDaysOfTheViewer) {
  // It is noon UTC, and half past five in Kolkata: their day began at 18:30 UTC.
  const Timestamp today = noon - hours(17) - minutes(30);
  take(1, orchard,
       today - minutes(1));  // in the hour that both days share, whose middle is today's beginning
  take(2, orchard, today + hours(2));
  take(3, orchard, noon - minutes(20));
  take(4, orchard, today - days(1) + hours(16));
  take(5, orchard, today - days(1) + hours(20));
  take(6, orchard, noon + hours(2));  // its clock is ahead
  take(7, greenhouse, today - days(2) - hours(2));
  const DaysAsked asked{today - days(1), 2, noon};
  EXPECT_THAT(overview_.days(asked).value(),
              ElementsAre(DayCount{orchard.id, 0, 2, 1}, DayCount{orchard.id, 1, 3, 2}));
}

TEST_P(OverviewTest, LetsTheLastDayBeLonger) {
  const Timestamp today = noon - hours(25);
  take(1, orchard, today + minutes(1));
  take(2, orchard, noon - minutes(30));
  const DaysAsked asked{today - days(1), 2, noon};
  ASSERT_THAT(overview_.days(asked).value(), SizeIs(1));
  EXPECT_EQ(overview_.days(asked).value().front().day, 1);
  EXPECT_EQ(overview_.days(asked).value().front().images, 2);
}

TEST_P(OverviewTest, LooksAtTheNewestOfEachAndAtWhoCameLast) {
  for (int id = 1; id <= 5; ++id) take(id, orchard, noon + minutes(id));
  take(6, greenhouse, noon - days(400));
  std::vector<Timestamp> newest;
  std::size_t of_greenhouse = 0;
  for (const CameraSighting& one : overview_.sightings(3).value()) {
    if (one.camera == greenhouse.id)
      ++of_greenhouse;
    else
      newest.push_back(one.times.captured_at);
  }
  EXPECT_EQ(of_greenhouse, 2U) << "as the newest of its camera, and as an arrival";
  EXPECT_THAT(newest, SizeIs(3 + 5));
}

TEST_P(OverviewTest, LeavesRemovedCamerasOut) {
  take(1, orchard, noon);
  catalog_.remove_camera(orchard.id).value();
  EXPECT_THAT(overview_.facts(noon).value(), SizeIs(1));
  EXPECT_THAT(overview_.days({noon - days(1), 2, noon + hours(1)}).value(), IsEmpty());
}

TEST_P(OverviewTest, ReadsAFewRowsOfEachCamera) {
  const bool sqlite = GetParam() == Engine::sqlite;
  const auto db = connect_below();
  // An empty table is read whole by anybody in his right mind; the question is what could be done instead.
  if (!sqlite) db->execute_script("SET enable_seqscan = off").value();
  const auto plan = [&](std::string_view sql, Db::Values values) {
    std::string plan;
    db->query((sqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN ") + std::string(sql), values, [&](const Row& row) {
        plan += std::string(row.text(sqlite ? 3 : 0)) + '\n';
      }).value();
    return plan;
  };
  const auto primary = [sqlite](const std::string& table) {
    return sqlite ? "sqlite_autoindex_" + table + "_1" : table + "_pkey";
  };
  EXPECT_THAT(plan(sql::camera_facts, {1}), HasSubstr(primary("telemetry_slot")));
  EXPECT_THAT(plan(sql::camera_facts, {1}), HasSubstr(primary("telemetry_more_slot")));
  EXPECT_THAT(plan(sql::newest_of_each, {19, 0}), HasSubstr("image_by_camera_and_time"));
  EXPECT_THAT(plan(sql::newest_arrivals, {1}), HasSubstr("image_by_arrival"));
  EXPECT_THAT(plan(sql::told_places, {}), HasSubstr("telemetry_slot_by_place"));
  if (sqlite) {  // PostgreSQL wants to know first how many rows there are
    EXPECT_THAT(plan(sql::day_counts, {1, 1, 1, 1}),
                HasSubstr(primary("hour_count") + " (camera_id=? AND hour>? AND hour<?)"));
    EXPECT_THAT(plan(sql::newest_of_each, {19, 0}), Not(HasSubstr("SCAN image")));
    EXPECT_THAT(plan(sql::told_places, {}), Not(HasSubstr("SCAN telemetry_slot")));
  }
}

}  // namespace
}  // namespace heliograph::catalog
