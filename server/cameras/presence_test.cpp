#include "server/cameras/presence.hpp"

#include <string_view>

#include <gtest/gtest.h>

namespace heliograph::cameras {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using enum Presence;

constexpr Timestamp noon = from_ms(1'795'348'800'000);  // 2026-11-22T12:00:00Z

PresenceFacts heard_at_noon(std::optional<seconds> interval = {}, std::optional<Timestamp> promised_at = {}) {
  PresenceFacts facts;
  facts.heard_at = noon;
  facts.promised_at = promised_at;
  facts.rhythm.interval = interval;
  return facts;
}

PresenceFacts by_day(protocol::Schedule schedule, std::optional<protocol::Position> position = {}) {
  PresenceFacts facts = heard_at_noon(minutes(1));
  facts.rhythm.schedule = schedule;
  facts.position = position;
  return facts;
}

TEST(Presence, FollowsFromTheCamerasOwnSchedule) {
  constexpr protocol::Schedule until_one{360, 720 + 60, 0, false};
  constexpr protocol::Schedule over_at_noon{360, 720, 0, false};
  constexpr protocol::Schedule in_the_light{0, 0, 0, true};
  constexpr protocol::Position tokyo{356'800'000, 1'397'700'000};  // there the sun has set
  const struct {
    std::string_view what;
    PresenceFacts facts;
    Timestamp now;
    Presence expected;
  } table[] = {
      {"never heard", {}, noon, unknown},
      {"every minute, just now", heard_at_noon(minutes(1)), noon + seconds(30), online},
      {"every minute, a little over", heard_at_noon(minutes(1)), noon + minutes(2), online},
      {"every minute, five ago", heard_at_noon(minutes(1)), noon + minutes(5), late},
      {"every minute, an hour ago", heard_at_noon(minutes(1)), noon + hours(1), silent},
      {"every hour, half an hour ago", heard_at_noon(hours(1)), noon + minutes(30), asleep},
      {"every hour, a little over", heard_at_noon(hours(1)), noon + minutes(61), asleep},
      {"every hour, two hours ago", heard_at_noon(hours(1)), noon + hours(2), late},
      {"every hour, three and more ago", heard_at_noon(hours(1)), noon + hours(3) + minutes(1), silent},
      {"once a day, last night", heard_at_noon(hours(24)), noon + hours(20), asleep},
      {"it told nothing", heard_at_noon(), noon + minutes(30), asleep},
      {"it told nothing, long ago", heard_at_noon(), noon + hours(24), silent},
      {"it promised a minute", heard_at_noon({}, noon + minutes(1)), noon + minutes(2), online},
      {"it promised a day, though it looks often", heard_at_noon(minutes(1), noon + hours(24)),
       noon + hours(20), asleep},
      {"a promise that was kept", heard_at_noon(minutes(1), noon - hours(1)), noon + seconds(30), online},
      {"within its hours", by_day(until_one), noon + minutes(5), late},
      {"after its hours", by_day(over_at_noon), noon + hours(12), asleep},
      {"the next morning", by_day(over_at_noon), noon + hours(18), asleep},
      {"late the next morning", by_day(over_at_noon), noon + hours(19), late},
      {"in the dark", by_day(in_the_light, tokyo), noon + hours(6), asleep},
      {"in the dark, nobody knows where", by_day(in_the_light), noon + hours(6), silent},
  };
  for (const auto& row : table) {
    EXPECT_EQ(to_string(find_presence(row.facts, row.now).presence), to_string(row.expected)) << row.what;
  }
}

TEST(Presence, SaysWhenTheCameraIsDue) {
  EXPECT_FALSE(find_presence({}, noon).due_at);
  EXPECT_EQ(find_presence(heard_at_noon(minutes(10)), noon).due_at, noon + minutes(10));
  EXPECT_EQ(find_presence(heard_at_noon(minutes(10), noon + hours(3)), noon).due_at, noon + hours(3));
}

}  // namespace
}  // namespace heliograph::cameras
