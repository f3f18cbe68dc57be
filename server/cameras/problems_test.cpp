#include "server/cameras/problems.hpp"

#include <functional>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::cameras {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAreArray;

constexpr Timestamp now = from_ms(1'795'348'800'000);

TEST(Problems, AreJudgedByWhatIsKnown) {
  using enum AlertKind;
  struct Case {
    std::string_view what;
    std::function<void(CameraOverview&)> make;
    std::vector<Problem> expected;
  };
  const Case cases[] = {
      {"all is well",
       [](auto& one) {
         one.facts.battery_mv = 3900;
         one.facts.spool = 0;
         one.clock_skew = 900ms;
       },
       {}},
      {"nothing was told", [](auto&) {}, {}},
      {"late is no trouble yet", [](auto& one) { one.presence.found.presence = Presence::late; }, {}},
      {"silent",
       [](auto& one) {
         one.presence.found.presence = Presence::silent;
         one.presence.heard_at = now - 72h;
       },
       {{silent, "It was last heard 3 days ago."}}},
      {"two places",
       [](auto& one) { one.summary.rules.suspect_at = now - 24h; },
       {{doubted, "Its key was seen in two places at once. What comes with it goes to quarantine."}}},
      {"frozen",
       [](auto& one) {
         one.frozen = true;
         one.facts.looks_alike = 19;
       },
       {{frozen, "20 pictures in a row are the same."}}},
      {"refused today",
       [](auto& one) {
         one.facts.refused_at = now - 2h;
         one.facts.refusal = "no JPEG";
       },
       {{refused, "The last one that was refused: no JPEG."}}},
      {"refused the day before", [](auto& one) { one.facts.refused_at = now - 24h; }, {}},
      {"a slow upload", [](auto& one) { one.clock_skew = 90s; }, {}},
      {"clock behind",
       [](auto& one) { one.clock_skew = 2h; },
       {{AlertKind::clock, "Its clock is 2 hours behind."}}},
      {"clock ahead",
       [](auto& one) { one.clock_skew = -48h; },
       {{AlertKind::clock, "Its clock is 2 days ahead."}}},
      {"old ones are on their way",
       [](auto& one) {
         one.clock_skew = 2h;
         one.facts.spool = 3;
       },
       {}},
      {"a clock that is ahead, whatever waits",
       [](auto& one) {
         one.clock_skew = -2h;
         one.facts.spool = 3;
       },
       {{AlertKind::clock, "Its clock is 2 hours ahead."}}},
      {"battery low", [](auto& one) { one.facts.battery_mv = 3420; }, {{battery, "3.42 V are left."}}},
      {"battery just enough", [](auto& one) { one.facts.battery_mv = 3500; }, {}},
      {"on mains, where nothing is measured", [](auto& one) { one.facts.battery_mv = 0; }, {}},
      {"twelve volts", [](auto& one) { one.facts.battery_mv = 12'100; }, {}},
      {"a few wait", [](auto& one) { one.facts.spool = 9; }, {}},
      {"many wait", [](auto& one) { one.facts.spool = 37; }, {{spool, "37 pictures wait in it."}}},
      {"the worst first",
       [](auto& one) {
         one.presence.found.presence = Presence::silent;
         one.presence.heard_at = now - 24h;
         one.frozen = true;
         one.facts.looks_alike = 9;
         one.clock_skew = -1h;
         one.facts.battery_mv = 3100;
         one.facts.spool = 500;
       },
       {{silent, "It was last heard 24 hours ago."},
        {frozen, "10 pictures in a row are the same."},
        {battery, "3.10 V are left."},
        {spool, "500 pictures wait in it."},
        {AlertKind::clock, "Its clock is 60 minutes ahead."}}},
  };
  for (const Case& c : cases) {
    CameraOverview camera;
    camera.presence.found.presence = Presence::online;
    camera.presence.heard_at = now - 1min;
    c.make(camera);
    EXPECT_THAT(problems_of(camera, now), ElementsAreArray(c.expected)) << c.what;
  }
}

TEST(Problems, SayWhatACameraSentInWordsThatFit) {
  CameraOverview camera;
  camera.facts.refused_at = now;
  camera.facts.refusal = std::string(1000, 'x') + "\n";
  EXPECT_EQ(problems_of(camera, now).front().detail.size(), 200U);
}

TEST(AlertKinds, HaveOneNameEach) {
  std::set<std::string_view> names;
  for (const AlertKind kind : all_alert_kinds()) {
    EXPECT_EQ(parse_alert_kind(to_string(kind)), kind);
    EXPECT_TRUE(names.insert(to_string(kind)).second);
  }
  EXPECT_EQ(names.size(), 9U);
  EXPECT_EQ(parse_alert_kind("Silent"), std::nullopt);
  EXPECT_EQ(parse_alert_kind(""), std::nullopt);
  EXPECT_TRUE(is_of_a_camera(AlertKind::clock));
  EXPECT_FALSE(is_of_a_camera(AlertKind::storage));
  EXPECT_FALSE(is_of_a_camera(AlertKind::certificate));
}

}  // namespace
}  // namespace heliograph::cameras
