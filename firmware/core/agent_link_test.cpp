#include "firmware/core/agent_orders_fixture.hpp"
#include "firmware/core/platform/fake_lock.hpp"

#include <deque>
#include <functional>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

using testing::HasSubstr;

// The link's half, played while the agent waits: each step of the script is done when the agent sleeps.
class LinkClock final : public Clock {
 public:
  std::int64_t mono_ms() const override { return inner.mono_ms(); }
  std::optional<std::int64_t> wall_ms() const override { return inner.wall_ms(); }
  void offer_wall_ms(std::int64_t wall_ms) override { inner.offer_wall_ms(wall_ms); }
  void sleep_until(std::int64_t deadline_ms) override {
    if (steps.empty()) return inner.sleep_until(deadline_ms);
    const auto step = std::move(steps.front());
    steps.pop_front();
    step();
  }
  void wake() override {}

  FakeClock inner;
  std::deque<std::function<void()>> steps;
};

struct LinkedCamera : Camera {
  LinkedCamera() {
    config.schedule.first_capture_ms = 1'000'000;
    config.schedule.heartbeat_ms = 30'000;
    config.schedule.patience_ms = 2'000'000;
  }
  void run() {
    Agent agent({waiting, random, stream, source, card, log, crypto, board, traffic, &mail}, config,
                {slab.data(), slab.size()});
    waiting.steps.emplace_back([&agent] { agent.stop(); });
    ASSERT_TRUE(agent.run());
    EXPECT_TRUE(waiting.steps.empty());
  }
  void then(std::function<void()> step) { waiting.steps.push_back(std::move(step)); }
  // Takes the word that the agent has said.
  std::string word() {
    std::string text(max_link_word, '?');
    text.resize(mail.next(text.data()));
    words.push_back(text);
    return text;
  }
  void answer(std::uint32_t number, const std::string& orders = "{}") {
    mail.answered(number,
                  R"({"type":"heard","number":)" + std::to_string(number) + R"(,"orders":)" + orders + "}");
  }

  LinkClock waiting;
  FakeLock lock;
  LinkMail mail{waiting, stream, lock};
  std::vector<std::string> words;
};

TEST(AgentLink, SaysWhoItIsAndDoesWhatItIsToldOnce) {
  LinkedCamera camera;
  camera.then([&] { camera.mail.stands(true); });
  camera.then([&] {
    EXPECT_THAT(camera.word(), HasSubstr(R"({"type":"heartbeat","number":1,"boot":")"));
    camera.answer(1, command("identify", R"({"seconds":3})"));
  });
  camera.then([&] {
    EXPECT_EQ(camera.board.identified_s, 3);
    EXPECT_THAT(camera.word(), HasSubstr(R"("reports":[{"command":"c1","state":"succeeded"}])"));
    camera.board.identified_s = 0;
    camera.answer(1, command("identify"));  // late, and again
    camera.answer(2, command("identify"));
  });
  camera.then([&] {
    EXPECT_EQ(camera.board.identified_s, 0);
    EXPECT_EQ(camera.word(), "") << "there is nothing to say";
    camera.mail.called();
  });
  camera.then([&] { EXPECT_THAT(camera.word(), HasSubstr(R"("number":3)")); });
  camera.run();
  EXPECT_TRUE(camera.stream.received.empty()) << "nothing went over HTTP";
}

TEST(AgentLink, ALateAnswerIsNotObeyed) {
  LinkedCamera camera;
  camera.then([&] { camera.mail.stands(true); });
  camera.then([&] { camera.word(); });
  // No answer: it speaks over HTTP, and is told there; what the link brings then is old.
  camera.then([&] {
    camera.stream.script = {heard(command("identify")), heard()};
    camera.waiting.inner.now_ms += link_answer_patience_ms;
  });
  camera.then([&] {
    EXPECT_EQ(camera.stream.received.size(), 2U);
    camera.board.identified_s = 0;
    camera.answer(1, R"({"command":{"id":"c0","name":"identify","arguments":{}}})");
  });
  camera.then([&] { EXPECT_EQ(camera.board.identified_s, 0); });
  camera.run();
}

TEST(AgentLink, SettingsAreAnsweredOverTheLinkAndNewerOnesAnew) {
  LinkedCamera camera;
  camera.then([&] { camera.mail.stands(true); });
  camera.then([&] { camera.answer(1, R"({"settings":{"version":1,"values":{"quality":40}}})"); });
  camera.then([&] {
    EXPECT_THAT(camera.word(), HasSubstr(R"("settings":{"version":1,"status":"applied"})"));
    camera.answer(2, R"({"settings":{"version":2,"values":{"quality":41}}})");
  });
  camera.then([&] {
    EXPECT_THAT(camera.word(), HasSubstr(R"("settings":{"version":2,"status":"applied"})"));
    EXPECT_EQ(camera.board.applied.quality, 41);
    camera.answer(3);
  });
  camera.then([&] { EXPECT_EQ(camera.word(), ""); });
  camera.run();
}

TEST(AgentLink, ABurstIsSaidToBeAtWork) {
  LinkedCamera camera;
  std::vector<std::string> said;
  camera.then([&] { camera.mail.stands(true); });
  camera.then([&] { camera.answer(1, command("burst", R"({"count":2,"interval_ms":500})")); });
  camera.then([&] {  // between its pictures
    EXPECT_THAT(camera.word(), HasSubstr(R"("reports":[{"command":"c1","state":"accepted"}])"));
    camera.answer(2);
    for (int i = 0; i < 3; ++i) camera.stream.script.push_back(stored());
  });
  camera.then([&] { EXPECT_THAT(camera.word(), HasSubstr(R"("state":"succeeded","result":{"boot":)")); });
  camera.run();
}

TEST(AgentLink, ItRestsWhenItHasToldThatItSleeps) {
  LinkedCamera camera;
  camera.waiting.inner.wall_offset_ms = 1'795'000'000'000;
  camera.then([&] { camera.mail.stands(true); });
  camera.then([&] { camera.answer(1, command("sleep-until", R"({"until":1795003600000})")); });
  camera.then([&] {
    EXPECT_THAT(camera.word(), HasSubstr(R"("state":"succeeded")"));
    EXPECT_EQ(camera.mail.rests_until_ms(), 0) << "not before that is known";
    camera.answer(2);
  });
  camera.then([&] { EXPECT_EQ(camera.mail.rests_until_ms(), 3'600'000); });
  camera.run();
}

TEST(AgentLink, WhoSignsSpeaksOverTheLink) {
  LinkedCamera camera;
  camera.config.server.camera = "1m81wctr5b8y7";
  camera.then([&] { camera.mail.stands(true); });
  camera.then([&] { camera.answer(1, command("identify")); });
  camera.then([&] { EXPECT_THAT(camera.word(), HasSubstr(R"("state":"succeeded")")); });
  camera.run();
  EXPECT_TRUE(camera.stream.received.empty());
}

}  // namespace
}  // namespace heliograph::firmware
