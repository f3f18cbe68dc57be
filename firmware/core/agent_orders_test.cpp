#include "firmware/core/agent_orders_fixture.hpp"

#include <algorithm>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

TEST(AgentOrders, ACaptureThatIsWantedIsTakenToldAndSent) {
  Camera camera;
  camera.stream.script = {stored(command("capture")), heard(), stored()};
  ASSERT_TRUE(camera.run());
  EXPECT_THAT(camera.sent(1), HasSubstr("POST /device/v1/heartbeat HTTP/1.1"));
  EXPECT_THAT(camera.sent(1),
              HasSubstr(R"("reports":[{"command":"c1","state":"succeeded","result":{"boot":")"));
  EXPECT_THAT(camera.sent(1), HasSubstr(R"("sequence":1,"count":1}}])"));
  EXPECT_THAT(camera.sent(2), HasSubstr("Heliograph-Sequence: 1"));
}

TEST(AgentOrders, TheSameCommandTwiceIsDoneOnce) {
  Camera camera;
  camera.stream.script = {stored(command("burst", R"({"count":2,"interval_ms":500})")),
                          heard(command("burst")), stored(command("burst")), stored()};
  ASSERT_TRUE(camera.run());
  EXPECT_THAT(camera.sent(1), HasSubstr(R"("count":2)"));
  EXPECT_EQ(camera.stream.received.size(), 4U);  // the first picture, the report, and the two
}

TEST(AgentOrders, ARebootIsReportedByTheNextStart) {
  Camera camera;
  camera.stream.script = {stored(command("reboot"))};
  ASSERT_TRUE(camera.run());
  EXPECT_TRUE(camera.restarts);
  camera.stream.script = {heard(), stored()};
  camera.config.schedule.first_capture_ms = camera.clock.now_ms + 1000;
  ASSERT_TRUE(camera.run());
  EXPECT_FALSE(camera.restarts);
  EXPECT_THAT(camera.sent(1), HasSubstr(R"("reports":[{"command":"c1","state":"succeeded"}])"));
}

TEST(AgentOrders, AReportThatWasNotHeardIsToldAgain) {
  Camera camera;
  camera.stream.script = {stored(command("identify", R"({"seconds":3})")), answering("503 Busy", "{}"),
                          heard()};
  ASSERT_TRUE(camera.run());
  EXPECT_EQ(camera.board.identified_s, 3);
  EXPECT_THAT(camera.sent(1), HasSubstr(R"("command":"c1")"));
  EXPECT_THAT(camera.sent(2), HasSubstr(R"("command":"c1")"));
}

TEST(AgentOrders, WhatItDoesNotKnowIsRejected) {
  Camera camera;
  camera.stream.script = {stored(command("explode")), heard()};
  ASSERT_TRUE(camera.run());
  EXPECT_THAT(camera.sent(1), HasSubstr(R"("state":"rejected")"));
}

TEST(AgentOrders, ASelfTestTriesEachPart) {
  Camera camera;
  camera.stream.script = {stored(command("self-test")), heard()};
  ASSERT_TRUE(camera.run());
  EXPECT_THAT(camera.sent(1), HasSubstr(R"("result":{"sensor":"ok","storage":"ok"})"));
  EXPECT_THAT(camera.card.files(Area::state), SizeIs(1));
  EXPECT_TRUE(camera.card.files(Area::damaged).empty());  // the probe is gone
}

TEST(AgentOrders, ASelfTestSaysWhatIsWrongWithTheCard) {
  const struct {
    std::function<void(Camera&)> breaks;
    const char* told;
  } cards[] = {
      {[](Camera& camera) { camera.card.fails_in = Area::damaged; }, "cannot be written"},
      {[](Camera& camera) { camera.card.garbles_in = Area::damaged; }, "reads back otherwise"},
      {[](Camera& camera) { camera.card.slows = [&camera] { camera.clock.now_ms += 6'000; }; }, "slow"},
      {[](Camera& camera) { camera.card.is_memory = true; }, "only memory"},
  };
  for (const auto& card : cards) {
    Camera camera;
    camera.stream.script = {stored(command("self-test")), heard()};
    card.breaks(camera);
    ASSERT_TRUE(camera.run());
    EXPECT_THAT(camera.sent(1), HasSubstr(std::string(R"("storage":")") + card.told + '"'));
  }
}

TEST(AgentOrders, LetsItsLinkGoWhenItsPictureFindsNoMemory) {
  Camera camera;
  camera.config.schedule.count = 2;
  camera.config.schedule.interval_ms = 2 * link_shed_ms;
  camera.board.block = min_session_block - 1;
  FakeConnection refused;
  refused.refused = true;
  camera.stream.script = {refused, stored(), stored()};
  ASSERT_TRUE(camera.run());
  EXPECT_EQ(camera.board.linked, (std::vector<bool>{true, false, true}));
  EXPECT_TRUE(camera.board.live.awake);
}

TEST(AgentOrders, KeepsItsLinkWhenTheServerIsAwayForAnotherReason) {
  Camera camera;
  camera.board.block = min_session_block;
  FakeConnection refused;
  refused.refused = true;
  camera.stream.script = {refused, stored()};
  ASSERT_TRUE(camera.run());
  EXPECT_EQ(camera.board.linked, std::vector<bool>{true});
}

TEST(AgentOrders, SettingsHoldAndAreAnswered) {
  Camera camera;
  camera.config.schedule.count = 2;
  camera.stream.script = {stored(R"({"settings":{"version":1,"values":{"interval_s":7,"quality":40}}})"),
                          heard(), stored()};
  const std::int64_t begun_ms = camera.clock.now_ms;
  ASSERT_TRUE(camera.run());
  EXPECT_THAT(camera.sent(1), HasSubstr(R"("settings":{"version":1,"status":"applied"})"));
  EXPECT_EQ(camera.board.applied.quality, 40);
  EXPECT_LT(camera.clock.now_ms - begun_ms, 20'000);  // and not the minute of the usual interval
}

TEST(AgentOrders, SettingsAreGivenUpWhenNobodyAnswers) {
  Camera camera;
  camera.config.schedule.count.reset();
  camera.config.schedule.patience_ms = 2 * usual_trial_ms;
  FakeConnection refusing;
  refusing.refused = true;
  camera.stream.script = {stored(R"({"settings":{"version":1,"values":{"interval_s":3600}}})")};
  for (int i = 0; i < 300; ++i) camera.stream.script.push_back(refusing);
  camera.source.ends = true;
  camera.source.pictures = {std::string(FakeFrameSource::smallest_jpeg)};
  ASSERT_TRUE(camera.run());
  EXPECT_THAT(camera.log.lines, Contains(HasSubstr("those before hold again")));
}

TEST(AgentOrders, AnIdleCameraSpeaksAllTheSame) {
  Camera camera;
  camera.config.schedule.count = 2;
  camera.config.schedule.interval_ms = 100'000;
  camera.config.schedule.heartbeat_ms = 40'000;
  camera.stream.script = {stored(), heard(), heard(), stored()};
  ASSERT_TRUE(camera.run());
  EXPECT_THAT(camera.sent(1), HasSubstr(R"("capabilities":{"commands":["capture"]})"));
  EXPECT_THAT(camera.sent(2), HasSubstr("/device/v1/heartbeat"));
  EXPECT_THAT(camera.sent(3), Not(HasSubstr("/device/v1/heartbeat")));
}

TEST(AgentOrders, ALogIsSentWhenItIsWanted) {
  Camera camera;
  camera.stream.script = {stored(command("send-log", R"({"lines":2})")),
                          answering("200 OK", R"({"server_time":1})"), heard()};
  ASSERT_TRUE(camera.run());
  EXPECT_THAT(camera.sent(1), HasSubstr("POST /device/v1/log HTTP/1.1"));
  EXPECT_THAT(camera.sent(1), HasSubstr("Content-Type: text/plain\r\n"));
  EXPECT_THAT(camera.sent(1), testing::EndsWith("\n"));
  EXPECT_THAT(camera.sent(1), HasSubstr(" captured "));
  EXPECT_THAT(camera.sent(1), HasSubstr(" sent "));
  EXPECT_THAT(camera.sent(1), Not(HasSubstr("recovered")));  // the third from the end
  EXPECT_THAT(camera.sent(1), Not(HasSubstr("the-key\n")));
  EXPECT_THAT(camera.sent(2), HasSubstr(R"("state":"succeeded","result":{"bytes":)"));
}

TEST(AgentOrders, ALogThatDoesNotArriveIsAFailure) {
  Camera camera;
  camera.stream.script = {stored(command("send-log")),
                          answering("404 Not Found", R"({"detail":"no such address"})"), heard()};
  ASSERT_TRUE(camera.run());
  EXPECT_THAT(camera.sent(2), HasSubstr(R"("state":"failed","reason":"no such address")"));
}

TEST(AgentOrders, WhatIsForTheLinkGoesToTheBoard) {
  Camera camera;
  camera.stream.script = {
      stored(R"({"settings":{"version":1,"values":{"live_max_fps":2,"live_max_kbps":100,"sleep":"light"}}})"),
      heard()};
  ASSERT_TRUE(camera.run());
  EXPECT_EQ(camera.board.live.max_fps, 2);
  EXPECT_EQ(camera.board.live.max_kbps, 100);
  EXPECT_FALSE(camera.board.live.linked);
  EXPECT_TRUE(camera.board.live.sending);
}

// A camera that was told to sleep for an hour, and has said that it will, when its power is cut.
struct Sleeper : Camera {
  static constexpr std::int64_t now_ms = 1'795'359'662'000;
  static constexpr std::int64_t hour_ms = 3'600'000;

  explicit Sleeper(std::int64_t until_ms = now_ms + hour_ms) {
    clock.wall_offset_ms = now_ms - clock.now_ms;
    stream.script = {stored(command("sleep-until", R"({"until":)" + std::to_string(until_ms) + "}")),
                     heard()};
    EXPECT_TRUE(run());
    config.schedule.first_capture_ms = clock.now_ms;
    stream.received.clear();
    stream.script = {stored()};
  }
};

TEST(AgentOrders, SleepGoesOnAfterAPowerCut) {
  Sleeper sleeper;
  sleeper.clock.now_ms += 600'000;
  ASSERT_TRUE(sleeper.run());
  ASSERT_EQ(sleeper.stream.received.size(), 1U);
  EXPECT_EQ(*sleeper.clock.wall_ms(), Sleeper::now_ms + Sleeper::hour_ms);
  sleeper.stream.script = {stored()};
  ASSERT_TRUE(sleeper.run());  // and when it is over it is over
  EXPECT_EQ(*sleeper.clock.wall_ms(), Sleeper::now_ms + Sleeper::hour_ms);
}

TEST(AgentOrders, SleepThatIsOverIsNotKept) {
  Sleeper sleeper;
  sleeper.clock.now_ms += 2 * Sleeper::hour_ms;
  const auto before_ms = sleeper.clock.now_ms;
  ASSERT_TRUE(sleeper.run());
  EXPECT_EQ(sleeper.clock.now_ms, before_ms);
}

TEST(AgentOrders, SleepGoesOnOnceTheTimeIsKnown) {
  Sleeper sleeper;
  const auto wall_offset_ms = *sleeper.clock.wall_offset_ms;
  sleeper.clock.wall_offset_ms.reset();
  sleeper.config.schedule.count = 2;
  sleeper.source.pictures.push_back("\xFF\xD8 first \xFF\xD9");
  struct Learning final : Log {
    explicit Learning(FakeClock& clock, std::int64_t offset_ms) : clock(clock), offset_ms(offset_ms) {}
    void record(const Event& event) override {
      if (event.kind == EventKind::sent) clock.wall_offset_ms = offset_ms;
    }
    FakeClock& clock;
    const std::int64_t offset_ms;
  } log(sleeper.clock, wall_offset_ms);
  sleeper.stream.script = {stored(), stored()};
  Agent agent({sleeper.clock, sleeper.random, sleeper.metered, sleeper.source, sleeper.card, log,
               sleeper.crypto, sleeper.board, sleeper.traffic},
              sleeper.config, {sleeper.slab.data(), sleeper.slab.size()});
  ASSERT_TRUE(agent.run());
  EXPECT_EQ(sleeper.stream.received.size(), 2U);  // the first before it knew
  EXPECT_EQ(*sleeper.clock.wall_ms(), Sleeper::now_ms + Sleeper::hour_ms);
}

TEST(AgentOrders, ATimeThatCannotBeMeantKeepsNobodyAsleep) {
  Sleeper by_mistake(Sleeper::now_ms + max_sleep_ms + 1'000);
  EXPECT_THAT(by_mistake.log.lines, Contains("obeyed sleep-until"));
  ASSERT_TRUE(by_mistake.run());
  EXPECT_LT(*by_mistake.clock.wall_ms(), Sleeper::now_ms + Sleeper::hour_ms);

  Sleeper sleeper;  // and then its clock is years behind
  sleeper.clock.wall_offset_ms = *sleeper.clock.wall_offset_ms - std::int64_t{5} * 365 * 86'400'000;
  const auto before_ms = sleeper.clock.now_ms;
  ASSERT_TRUE(sleeper.run());
  EXPECT_EQ(sleeper.clock.now_ms, before_ms);
}

TEST(AgentOrders, ADeepSleeperSaysWhenItsNextPictureComes) {
  Camera camera;
  camera.config.schedule.count = 2;
  camera.config.schedule.heartbeat_ms = 1'000;
  camera.stream.script = {stored(R"({"settings":{"version":1,"values":{"sleep":"deep","interval_s":600}}})"),
                          heard(), stored()};
  ASSERT_TRUE(camera.run());
  ASSERT_EQ(camera.stream.received.size(), 3U);              // and no heartbeat in between
  EXPECT_THAT(camera.sent(1), HasSubstr(R"("next_s":60)"));  // the slot that it had before
  EXPECT_THAT(camera.sent(2), HasSubstr("POST /device/v1/images"));
}

// A megabyte is the least that can be set: twelve pictures of 90 KB.
TEST(AgentOrders, WithoutDataItRecordsAndSpeaksRarelyUntilTheMonthIsOver) {
  Camera camera;
  constexpr std::int64_t day_ms = 86'400'000;
  const std::int64_t month_ends_ms = 1'796'083'200'000;  // 2026-12-01T00:00:00Z
  camera.clock.wall_offset_ms = month_ends_ms - day_ms - camera.clock.now_ms;
  camera.slab.resize(200'000);
  camera.config.max_spool_bytes = 100'000'000;
  camera.config.schedule.count = 30;
  camera.config.schedule.interval_ms = 3'600'000;
  for (int i = 0; i < 30; ++i) {
    camera.source.pictures.push_back("\xFF\xD8" + std::string(90'000, 'x') + "\xFF\xD9");
  }
  camera.source.retakes = false;
  const std::string settings = R"({"settings":{"version":1,"values":{"monthly_budget_mb":1}}})";
  camera.stream.script = {stored(settings)};
  for (int i = 0; i < 3'000; ++i) {
    camera.stream.script.push_back(
        answering("200 OK", R"({"id":"06fk2r8m0q3zt","filename":"a.jpg","server_time":1})"));
  }
  ASSERT_TRUE(camera.run());
  const auto spent = std::find_if(camera.log.lines.begin(), camera.log.lines.end(),
                                  [](const std::string& line) { return line.starts_with("spent"); });
  ASSERT_NE(spent, camera.log.lines.end());
  EXPECT_EQ(*spent,
            "spent: the month's data is used up: pictures wait in the camera until 2026-12-01T00:00:00Z");
  const auto is_sent = [](const std::string& line) { return line.starts_with("sent"); };
  EXPECT_EQ(std::count_if(camera.log.lines.begin(), spent, is_sent), 12);
  EXPECT_THAT(camera.log.lines, Contains("spent: there is data for this month again"));
  EXPECT_EQ(std::count_if(spent, camera.log.lines.end(), is_sent),
            18);  // nothing is lost: they come in two months
  EXPECT_TRUE(std::any_of(
      camera.stream.received.begin(), camera.stream.received.end(), [](const std::string& request) {
        return request.find(R"("status":"applied","reason":"the month's data is used up)") !=
               std::string::npos;
      }));
  EXPECT_LT(camera.stream.received.size(), 400U);  // 30 pictures, and four words a day
}

TEST(AgentOrders, WhoSignsObeysAndReportsTheSameAndNeverShowsItsKey) {
  Camera camera;
  camera.config.server.camera = "1m81wctr5b8y7";
  camera.stream.script = {stored(command("send-log")), heard(), heard()};
  ASSERT_TRUE(camera.run());
  ASSERT_EQ(camera.stream.received.size(), 3U);
  EXPECT_THAT(camera.sent(1), HasSubstr("POST /device/v1/log HTTP/1.1"));
  EXPECT_THAT(camera.sent(2), HasSubstr(R"("reports":[{"command":"c1","state":"succeeded")"));
  EXPECT_THAT(camera.crypto.signed_text, HasSubstr("POST\n/device/v1/heartbeat\n1m81wctr5b8y7\n"));
  for (const std::string& request : camera.stream.received) {
    EXPECT_THAT(request, HasSubstr("Authorization: Heliograph-HMAC-SHA256 camera=1m81wctr5b8y7, "));
    EXPECT_THAT(request, Not(HasSubstr("the-key")));
  }
}

}  // namespace
}  // namespace heliograph::firmware
