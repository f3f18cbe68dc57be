#include "firmware/core/link_planner.hpp"

#include "firmware/core/planner.hpp"
#include "firmware/core/platform/fake_random.hpp"

#include <string>

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

constexpr std::string_view start =
    R"({"type":"start-live","stream":7,"fps":10,"width":800,"quality":75,"lease_ms":10000,"credits":2})";

// What it would do, as a person would note it down.
std::string describe(const LinkAction& action) {
  if (std::holds_alternative<LinkConnect>(action)) return "connect";
  if (std::holds_alternative<LinkHangUp>(action)) return "hang up";
  if (std::holds_alternative<LinkSay>(action)) return "say";
  if (std::holds_alternative<LinkGoodbye>(action)) return "goodbye";
  if (const auto* send = std::get_if<LinkSend>(&action)) {
    return "send " + std::to_string(send->stream) + "/" + std::to_string(send->sequence);
  }
  if (const auto* listen = std::get_if<LinkListen>(&action)) {
    return "listen " + std::to_string(listen->until_ms);
  }
  return "sleep " + std::to_string(std::get<LinkSleep>(action).until_ms);
}

struct Link : testing::Test {
  FakeRandom random;
  LinkPlanner planner{random};

  std::string at(std::int64_t now_ms, const LinkWants& wants = {}) const {
    return describe(planner.next_action(now_ms, wants));
  }
};

TEST_F(Link, ConnectsAndListens) {
  EXPECT_EQ(at(0), "connect");
  planner.connected(1'000);
  EXPECT_EQ(at(1'000), "listen 121000");
  planner.heard(51'000);
  EXPECT_EQ(at(120'000), "listen 171000");
  EXPECT_EQ(at(171'000), "hang up");
}

TEST_F(Link, SendsAsFastAsItIsToldWhileItHasCredits) {
  planner.connected(0);
  planner.told(0, start);
  EXPECT_EQ(at(0), "send 7/0");
  planner.sent(5);
  EXPECT_EQ(at(5), "listen 100");
  EXPECT_EQ(at(100), "send 7/1");
  planner.sent(110);
  EXPECT_EQ(at(200), "listen 120000") << "no credit is left";
  planner.told(300, R"({"type":"credit","stream":7,"frames":1})");
  EXPECT_EQ(at(300), "send 7/2");
  planner.sent(300);
  planner.told(300, R"({"type":"credit","stream":7,"frames":1})");
  EXPECT_EQ(at(300), "send 7/3") << "its slot was at 300";
}

TEST_F(Link, EndsWithItsLease) {
  planner.connected(0);
  planner.told(0, start);
  EXPECT_EQ(at(9'999), "send 7/0");
  EXPECT_EQ(at(10'000), "listen 120000");
  planner.told(11'000, R"({"type":"renew","stream":7,"lease_ms":10000})");
  EXPECT_EQ(at(11'000), "listen 120000") << "what has ended is begun anew, not renewed";
  planner.told(12'000, start);
  planner.told(20'000, R"({"type":"renew","stream":7,"lease_ms":10000})");
  EXPECT_EQ(at(29'999), "send 7/0");
  planner.told(25'000, R"({"type":"stop-live","stream":7})");
  EXPECT_EQ(at(25'000), "listen 120000");
}

TEST_F(Link, ObeysNothingThatAsksTooMuch) {
  planner.connected(0);
  for (const char* text :
       {"", "x", "[]", "{}", R"({"type":"start-live"})", R"({"type":"start-live","stream":1})",
        R"({"type":"start-live","stream":-1,"fps":5,"lease_ms":1000,"credits":2})",
        R"({"type":"start-live","stream":1,"fps":0,"lease_ms":1000,"credits":2})",
        R"({"type":"start-live","stream":1,"fps":31,"lease_ms":1000,"credits":2})",
        R"({"type":"start-live","stream":1,"fps":5,"lease_ms":1000,"credits":17})",
        R"({"type":"start-live","stream":1,"fps":"5","lease_ms":1000,"credits":2})",
        R"({"type":"start-live","stream":4294967296,"fps":5,"lease_ms":1000,"credits":2})",
        R"({"type":"credit","stream":0,"frames":9})", R"({"type":"renew","stream":0,"lease_ms":1000})"}) {
    planner.told(0, text);
    EXPECT_EQ(at(0), "listen 120000") << text;
  }
  planner.told(0, R"({"type":"start-live","stream":1,"fps":5,"lease_ms":9223372036854775807,"credits":2})");
  planner.heard(max_lease_ms);
  EXPECT_EQ(at(max_lease_ms), "listen 180000") << "no lease is longer than a minute";
  planner.told(0, start);
  for (int i = 0; i < 9; ++i) planner.told(0, R"({"type":"credit","stream":7,"frames":16})");
  for (std::uint32_t i = 0; i < max_link_credits; ++i) planner.sent(0);
  EXPECT_EQ(at(9'999), "listen 180000");
}

TEST_F(Link, IsPatientWithWhatItsOwnerMustMend) {
  random.value = 0;
  struct Case {
    int status;
    std::int64_t pause_ms;
  };
  for (const Case& c : {Case{401, needs_owner_pause_ms}, Case{403, needs_owner_pause_ms},
                        Case{404, no_link_pause_ms}, Case{405, no_link_pause_ms}, Case{0, 0}, Case{503, 0}}) {
    EXPECT_EQ(planner.refused(0, c.status), c.pause_ms) << c.status;
  }
  planner.connected(0);
  EXPECT_EQ(planner.lost(0, 4003), needs_owner_pause_ms);
  planner.connected(0);
  EXPECT_EQ(planner.lost(0, 4001), replaced_pause_ms);
  EXPECT_EQ(at(1), "sleep 60000");
}

TEST_F(Link, ComesBackSlowerEachTimeUnlessItHeld) {
  random.value = 1'000;
  EXPECT_EQ(planner.refused(0, 503), 1'000);
  random.value = 2'000;
  EXPECT_EQ(planner.refused(0, 503), 2'000);
  planner.connected(0);
  random.value = 4'000;
  EXPECT_EQ(planner.lost(1'000, 0), 4'000) << "it was open for a second only";
  planner.connected(0);
  EXPECT_EQ(planner.lost(link_holds_ms, 1001), 4'000 % 1'001) << "a second at most again";
}

TEST_F(Link, SendsNothingOfAnEarlierConnection) {
  planner.connected(0);
  planner.told(0, start);
  planner.lost(10, 0);
  planner.connected(20);
  EXPECT_EQ(at(20), "listen 120020");
}

TEST_F(Link, WaitsAfterAPictureThatCouldNotBeTaken) {
  planner.connected(0);
  planner.told(0, start);
  EXPECT_FALSE(planner.failed(0));
  EXPECT_EQ(at(0), "listen 1000");
  EXPECT_EQ(at(1'000), "send 7/0");
}

TEST_F(Link, GivesAStreamUpWhenNoPictureComes) {
  planner.connected(0);
  planner.told(0, start);
  for (int i = 1; i < max_frame_failures; ++i) EXPECT_FALSE(planner.failed(0));
  planner.sent(0);
  for (int i = 1; i < max_frame_failures; ++i) EXPECT_FALSE(planner.failed(0)) << "in a row, that is";
  EXPECT_EQ(planner.stream(0), 7U);
  EXPECT_TRUE(planner.failed(0));
  EXPECT_EQ(planner.stream(0), std::nullopt);
  EXPECT_EQ(at(5'000), "listen 120000");
}

TEST_F(Link, SaysWhatTheAgentHasToSayBetweenFrames) {
  EXPECT_EQ(at(0, {true}), "connect");
  planner.connected(0);
  EXPECT_EQ(at(0, {true}), "say");
  planner.told(0, start);
  EXPECT_EQ(at(0, {true}), "say");
  EXPECT_EQ(at(0), "send 7/0");
  EXPECT_EQ(at(120'000, {true}), "hang up");
}

TEST_F(Link, RestsWhileTheCameraSleeps) {
  EXPECT_EQ(at(0, {false, 60'000}), "sleep 60000");
  EXPECT_EQ(at(60'000, {false, 60'000}), "connect");
  planner.connected(70'000);
  EXPECT_EQ(at(70'000, {false, 60'000}), "listen 190000");
  EXPECT_EQ(at(70'000, {true, 90'000}), "say") << "what is to be told goes first";
  EXPECT_EQ(at(70'000, {false, 90'000}), "goodbye");
}

TEST_F(Link, ReadsHowPicturesAreWanted) {
  planner.connected(0);
  planner.told(0, start);
  const auto wish = std::get<LinkSend>(planner.next_action(0)).wish;
  EXPECT_EQ(wish.width, 800);
  EXPECT_EQ(wish.quality, 75);
  planner.told(
      0, R"({"type":"start-live","stream":8,"fps":5,"width":-1,"quality":101,"lease_ms":9000,"credits":2})");
  const auto none = std::get<LinkSend>(planner.next_action(0)).wish;
  EXPECT_EQ(none.width, 0);
  EXPECT_EQ(none.quality, 0);
}

}  // namespace
}  // namespace heliograph::firmware
