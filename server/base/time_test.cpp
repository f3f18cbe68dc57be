#include "server/base/time.hpp"

#include <gtest/gtest.h>

namespace heliograph {
namespace {

using namespace std::chrono_literals;
using std::chrono::sys_days;
using std::chrono::year;

constexpr Timestamp example = sys_days{year{2026} / 11 / 22} + 15h + 1min + 2s + 123ms;
constexpr Timestamp leap_day = sys_days{year{2024} / 2 / 29} + 23h + 59min + 59s + 999ms;

TEST(Time, HasItsTextForms) {
  EXPECT_EQ(to_iso(example), "2026-11-22T15:01:02.123Z");
  EXPECT_EQ(to_compact(example), "20261122T150102.123Z");
  EXPECT_EQ(to_http_date(example), "Sun, 22 Nov 2026 15:01:02 GMT");
  EXPECT_EQ(to_iso(from_ms(0)), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(to_http_date(from_ms(784'111'777'000)), "Sun, 06 Nov 1994 08:49:37 GMT");  // RFC 9110 §5.6.7
  EXPECT_EQ(to_iso(from_ms(-1)), "1969-12-31T23:59:59.999Z");
}

TEST(Time, CompactReadsBack) {
  for (const Timestamp time : {example, leap_day, from_ms(0), from_ms(-1), from_ms(4'102'444'800'000)}) {
    EXPECT_EQ(from_compact(to_compact(time)), time);
  }
}

TEST(Time, CompactSortsAsTimeDoes) {
  EXPECT_LT(to_compact(example), to_compact(example + 1ms));
  EXPECT_LT(to_compact(leap_day), to_compact(leap_day + 1ms));
}

TEST(Time, CompactRefusesWhatIsNoTime) {
  for (const std::string_view text :
       {"", "20261122T150102.123", "20261122T150102.123Z ", "20261122t150102.123Z", "20261122T150102,123Z",
        "2026112 T150102.123Z", "+0261122T150102.123Z", "20260230T000000.000Z", "20250229T000000.000Z",
        "20261322T000000.000Z", "20260022T000000.000Z", "20261100T000000.000Z", "20261122T240000.000Z",
        "20261122T006000.000Z", "20261122T000060.000Z"}) {
    EXPECT_EQ(from_compact(text), std::nullopt) << text;
  }
}

TEST(ManualClock, MovesOnlyWhenTold) {
  ManualClock clock(example);
  const SteadyTime before = clock.steady();
  EXPECT_EQ(clock.now(), example);
  clock.advance(1500ms);
  EXPECT_EQ(clock.now(), example + 1500ms);
  EXPECT_EQ(clock.steady() - before, 1500ms);
}

TEST(WallTime, IsThatOfAMoment) {
  ManualClock clock(example);
  const SteadyTime moment = clock.steady();
  clock.advance(1500ms);
  EXPECT_EQ(to_wall(clock, moment), example);
  EXPECT_EQ(to_wall(clock, clock.steady()), example + 1500ms);
}

TEST(SystemClock, IsPlausible) {
  const SystemClock clock;
  EXPECT_GT(clock.now(), sys_days{year{2024} / 1 / 1});
  const SteadyTime first = clock.steady();
  EXPECT_LE(first, clock.steady());
}

}  // namespace
}  // namespace heliograph
