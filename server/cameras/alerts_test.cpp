#include "server/cameras/alerts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::cameras {
namespace {

using namespace std::chrono_literals;
using What = AlertStep::What;

constexpr Timestamp now = from_ms(1'795'348'800'000);
const CameraId weir{1};
const std::set<CameraId> there{weir};

catalog::Alert known(std::string kind, std::chrono::milliseconds wrong_for,
                     std::optional<std::chrono::milliseconds> open_for = {},
                     std::optional<std::chrono::milliseconds> right_for = {}) {
  catalog::Alert alert{AlertId{7}, weir, std::move(kind), "", now - wrong_for};
  if (open_for) alert.opened_at = now - *open_for;
  if (right_for) alert.right_since = now - *right_for;
  return alert;
}

TEST(Alerts, OpenWhenTheyHaveHeldAndEndWhenTheyAreGone) {
  const Wrong silent{weir, AlertKind::silent, "It was last heard 3 days ago."};
  const Wrong unsure{weir, AlertKind::silent, "", /*certain=*/false};
  const Wrong battery{weir, AlertKind::battery, "3.42 V are left."};
  struct Case {
    std::string_view what;
    std::vector<catalog::Alert> unfinished;
    std::vector<Wrong> wrong;
    std::vector<What> expected;
  };
  const Case cases[] = {
      {"nothing is wrong", {}, {}, {}},
      {"something new", {}, {silent}, {What::watch}},
      {"something that nobody could know", {}, {unsure}, {}},
      {"a moment later", {known("silent", 1min)}, {silent}, {}},
      {"it has held", {known("silent", 2min)}, {silent}, {What::open}},
      {"it has held, but nobody can tell now", {known("silent", 2min)}, {unsure}, {}},
      {"it went before it was an alert", {known("silent", 1min)}, {}, {What::forget}},
      {"it goes on", {known("silent", 3h, 2h)}, {silent}, {}},
      {"it seems to be over", {known("silent", 3h, 2h)}, {}, {What::doubt}},
      {"not yet for long", {known("silent", 3h, 2h, 9min)}, {}, {}},
      {"and is not", {known("silent", 3h, 2h, 9min)}, {silent}, {What::resume}},
      {"it is over", {known("silent", 3h, 2h, 10min)}, {}, {What::close}},
      {"nobody could hear whether it is over", {known("silent", 3h, 2h)}, {unsure}, {}},
      {"another kind beside it", {known("silent", 3h, 2h)}, {silent, battery}, {What::watch}},
      {"a modem's start", {known("battery", 29min)}, {battery}, {}},
      {"a cell that stays low", {known("battery", 30min)}, {battery}, {What::open}},
      {"a sunny noon", {known("battery", 48h, 47h, 6h)}, {}, {}},
      {"the next evening", {known("battery", 48h, 47h, 6h)}, {battery}, {What::resume}},
      {"a doubt is an alert at the next look",
       {known("doubted", 0min)},
       {{weir, AlertKind::doubted, ""}},
       {What::open}},
      {"and over when somebody has decided", {known("doubted", 2h, 1h)}, {}, {What::close}},
      {"a kind that is no more", {known("rain", 3h, 2h)}, {}, {What::drop}},
      {"… and was none yet", {known("rain", 3h)}, {}, {What::forget}},
      {"a clock that was put back", {known("silent", -1h)}, {silent}, {}},
  };
  for (const Case& c : cases) {
    std::vector<What> steps;
    for (const AlertStep& step : next_alert_steps(c.unfinished, c.wrong, there, now))
      steps.push_back(step.what);
    EXPECT_EQ(steps, c.expected) << c.what;
  }
}

TEST(Alerts, AreTheirCamerasOwn) {
  const CameraId barn{2};
  const auto steps = next_alert_steps(std::vector{known("silent", 3h, 2h)},
                                      std::vector<Wrong>{{barn, AlertKind::silent, "x"}}, {weir, barn}, now);
  ASSERT_EQ(steps.size(), 2U);
  EXPECT_EQ(steps[0].what, What::doubt);
  EXPECT_EQ(steps[1].what, What::watch);
  EXPECT_EQ(steps[1].wrong->camera, barn);
}

TEST(Alerts, OfARemovedCameraAreOverAndNobodyIsTold) {
  const auto steps = next_alert_steps(std::vector{known("silent", 3h, 2h)}, {}, {}, now);
  ASSERT_EQ(steps.size(), 1U);
  EXPECT_EQ(steps[0].what, What::drop);
  EXPECT_EQ(next_alert_steps(std::vector{known("silent", 3h)}, {}, {}, now)[0].what, What::forget);
}

TEST(Alerts, OfTheServerNeedNoCamera) {
  const Wrong full{std::nullopt, AlertKind::storage, "4 GiB are left."};
  catalog::Alert alert{AlertId{7}, std::nullopt, "storage", "", now - 10min};
  const auto steps = next_alert_steps({&alert, 1}, {&full, 1}, {}, now);
  ASSERT_EQ(steps.size(), 1U);
  EXPECT_EQ(steps[0].what, What::open);
  EXPECT_EQ(steps[0].wrong->detail, "4 GiB are left.");
}

TEST(Alerts, HoldForLongerThanALook) {
  for (const AlertKind kind : all_alert_kinds()) {
    EXPECT_GE(hold_of(kind).opens, 0min);
    EXPECT_GE(hold_of(kind).ends, 0min);
    EXPECT_LE(hold_of(kind).ends, 24h);
  }
}

TEST(Alerts, ACameraIsSilentOnlyIfSomebodyCouldHearIt) {
  struct Case {
    std::string_view what;
    std::chrono::milliseconds heard_ago, gap, listening_for;
    bool expected;
  };
  for (const Case& c : {
           Case{"the server was there all the time", 1h, 1min, 300h, true},
           Case{"it was down when the camera fell silent, and has just started", 1h, 1min, 0min, false},
           Case{"and has waited", 1h, 1min, 11min, false},
           Case{"long enough", 1h, 1min, 12min, true},
           Case{"once a day, and nobody was there when it came", 80h, 24h, 20h, false},
           Case{"nor was it heard the next two times", 150h, 24h, 73h, true},
       }) {
    const CameraPresence presence{weir, now - c.heard_ago, {Presence::silent, now - c.heard_ago + c.gap}};
    EXPECT_EQ(could_be_heard(presence, now - c.listening_for, now), c.expected) << c.what;
  }
  EXPECT_FALSE(could_be_heard({weir, std::nullopt, {}}, now - 300h, now));
}

}  // namespace
}  // namespace heliograph::cameras
