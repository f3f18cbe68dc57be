#include "server/catalog/series.hpp"

#include "server/catalog/test_support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::catalog {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using testing::ElementsAre;

class SeriesTest : public OnEachEngine {
 protected:
  void SetUp() override { add_cameras(catalog_); }
  std::vector<TelemetrySpan> spans(std::chrono::milliseconds step = telemetry_slot) {
    return series_.spans(orchard.id, noon - hours(24), noon + hours(24), step).value();
  }

  Catalog catalog_ = connect();
  Series series_{catalog_};
};
HELIOGRAPH_ON_EACH_ENGINE(SeriesTest);

TEST_P(SeriesTest, KeepTheLeastAndTheMostOfASlot) {
  series_.add(orchard.id, noon + minutes(1), battery(3900)).value();
  series_.add(orchard.id, noon + minutes(2), battery(3700)).value();
  protocol::Telemetry signal;
  signal.rssi_dbm = -70;
  series_.add(orchard.id, noon + minutes(3), signal).value();  // says nothing of the battery
  series_.add(orchard.id, noon + minutes(4), battery(4000)).value();
  series_.add(orchard.id, noon + minutes(5), battery(4100)).value();
  series_.add(greenhouse.id, noon, battery(1)).value();
  TelemetrySpan first{noon, battery(3700), battery(4000)};
  first.least.rssi_dbm = first.most.rssi_dbm = -70;
  const TelemetrySpan second{noon + minutes(5), battery(4100), battery(4100)};
  EXPECT_THAT(spans(), ElementsAre(first, second));
  TelemetrySpan both = first;
  both.most.battery_mv = 4100;
  EXPECT_THAT(spans(hours(1)), ElementsAre(both));
  EXPECT_THAT(series_.spans(orchard.id, noon, noon + minutes(5), telemetry_slot).value(), ElementsAre(first));
}

TEST_P(SeriesTest, WhatIsReportedTwiceCountsOnce) {
  for (int i = 0; i < 2; ++i) series_.add(orchard.id, noon, battery(3900)).value();
  EXPECT_THAT(spans(), ElementsAre(TelemetrySpan{noon, battery(3900), battery(3900)}));
  series_.add(orchard.id, noon, {}).value();
  EXPECT_EQ(spans().size(), 1U);
}

TEST_P(SeriesTest, TakeWhatComesWithAPicture) {
  NewImage image = picture(1);
  image.telemetry = battery(3900);
  add(catalog_, image);
  EXPECT_THAT(spans(), ElementsAre(TelemetrySpan{noon, battery(3900), battery(3900)}));
  catalog_.remove_image(image.image.id).value();
  EXPECT_EQ(spans().size(), 1U);
}

TEST_P(SeriesTest, OldSlotsBecomeHours) {
  for (int minute = 0; minute < 120; minute += 5) {
    series_.add(orchard.id, noon + minutes(minute), battery(4000 - minute)).value();
  }
  EXPECT_EQ(series_.thin(noon + minutes(90)).value(), 11);  // the hour that has passed, but for its own slot
  const auto thinned = spans();
  EXPECT_EQ(thinned.size(), 13U);
  EXPECT_EQ(thinned.front(), (TelemetrySpan{noon, battery(3945), battery(4000)}));
  EXPECT_EQ(series_.thin(noon + minutes(90)).value(), 0);
}

TEST_P(SeriesTest, KeepEverythingThatCamerasTellOf) {
  protocol::Telemetry all;
  all.battery_mv = 3'900;
  all.rssi_dbm = -70;
  all.lat_e7 = 1;
  all.lon_e7 = 2;
  all.temperature_mc = 21'500;
  all.heap_bytes = 81'234;
  all.uptime_s = 60;
  all.solar_mv = 5'900;
  all.spool = 3;
  all.sent_bytes = 1'000'000;
  all.reset = 7;
  series_.add(orchard.id, noon, all).value();
  EXPECT_THAT(spans(), ElementsAre(TelemetrySpan{noon, all, all}));
  protocol::Telemetry sun;
  sun.solar_mv = 100;
  series_.add(orchard.id, noon + minutes(1), sun).value();
  series_.add(orchard.id, noon + minutes(5), sun).value();  // and nothing else
  series_.add(orchard.id, noon + minutes(10), battery(3'800)).value();
  protocol::Telemetry least = all;
  least.solar_mv = 100;
  EXPECT_THAT(spans(),
              ElementsAre(TelemetrySpan{noon, least, all}, TelemetrySpan{noon + minutes(5), sun, sun},
                          TelemetrySpan{noon + minutes(10), battery(3'800), battery(3'800)}));
  least.battery_mv = 3'800;
  EXPECT_THAT(spans(hours(1)), ElementsAre(TelemetrySpan{noon, least, all}));
  EXPECT_EQ(series_.thin(noon + hours(1)).value(), 2);  // one in each table
  EXPECT_THAT(spans(), ElementsAre(TelemetrySpan{noon, least, all}));
}

}  // namespace
}  // namespace heliograph::catalog
