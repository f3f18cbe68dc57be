#include "firmware/core/agent.hpp"

#include "firmware/core/platform/fake_board.hpp"
#include "firmware/core/platform/fake_clock.hpp"
#include "firmware/core/platform/fake_crypto.hpp"
#include "firmware/core/platform/fake_frame_source.hpp"
#include "firmware/core/platform/fake_log.hpp"
#include "firmware/core/platform/fake_random.hpp"
#include "firmware/core/platform/fake_storage.hpp"
#include "firmware/core/platform/fake_stream.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

std::string response(const std::string& status, const std::string& body, const std::string& headers = "") {
  return "HTTP/1.1 " + status + "\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\nConnection: close\r\n" + headers + "\r\n" + body;
}

const std::string receipt =
    response("201 Created", R"({"id":"06fk2r8m0q3zt","filename":"a.jpg","duplicate":false})");

// Answers one request and closes.
FakeConnection answering(const std::string& text) {
  FakeConnection connection;
  connection.replies = {{0, text, 1}};
  return connection;
}

FakeConnection refusing() {
  FakeConnection connection;
  connection.refused = true;
  return connection;
}

struct Camera {
  explicit Camera(std::uint64_t count) {
    config.server = {"cameras.example", 443, true, "", "the-key"};
    config.schedule.first_capture_ms = clock.now_ms;
    config.schedule.interval_ms = 60'000;
    config.schedule.count = count;
    config.max_spool_bytes = 1'000'000;
  }

  bool run() {
    log.lines.clear();
    return Agent({clock, random, stream, source, card, log, crypto, board, traffic}, config,
                 {slab.data(), slab.size()})
        .run();
  }

  FakeClock clock;
  FakeRandom random;
  FakeStream stream{clock};
  FakeFrameSource source;
  FakeStorage card;
  FakeLog log;
  FakeCrypto crypto;
  FakeBoard board;
  Traffic traffic;
  AgentConfig config;
  std::vector<std::uint8_t> slab = std::vector<std::uint8_t>(10'000);
};

TEST(Agent, SignsInsteadOfSendingItsKeyWhenItIsTold) {
  Camera camera(1);
  camera.config.server.camera = "1m81wctr5b8y7";
  camera.stream.script = {answering(receipt)};
  ASSERT_TRUE(camera.run());
  ASSERT_EQ(camera.stream.received.size(), 1U);
  const std::string& sent = camera.stream.received[0];
  EXPECT_THAT(sent, HasSubstr("Authorization: Heliograph-HMAC-SHA256 camera=1m81wctr5b8y7, time=0, "));
  EXPECT_THAT(sent, Not(HasSubstr("the-key")));
}

TEST(Agent, TakesStoresAndSends) {
  Camera camera(1);
  camera.stream.script = {answering(receipt)};
  EXPECT_TRUE(camera.run());
  EXPECT_THAT(camera.log.lines, ElementsAre("recovered 0 lost 0", "captured 0", "sent 0"));
  EXPECT_TRUE(camera.card.files(Area::waiting).empty());
}

TEST(Agent, SaysEverythingTheProtocolAsksFor) {
  Camera camera(1);
  camera.clock.wall_offset_ms = 1'795'359'662'000;
  camera.random.value = 0xabcdef01;
  camera.source.next.telemetry.battery_mv = 3912;
  camera.stream.script = {answering(receipt)};
  camera.run();
  EXPECT_EQ(camera.stream.received.at(0),
            "POST /device/v1/images HTTP/1.1\r\n"
            "Host: cameras.example\r\n"
            "User-Agent: heliograph-cam\r\n"
            "Authorization: Bearer the-key\r\n"
            "Content-Type: image/jpeg\r\n"
            "Content-Length: 4\r\n"
            "Heliograph-Boot: 10fedcba10fedcba\r\n"
            "Heliograph-Sequence: 0\r\n"
            "Heliograph-Captured-At: 1795359663000\r\n"
            "Heliograph-Telemetry: battery_mv=3912, uptime_s=0, spool=0, sent_bytes=0\r\n"
            "\r\n"
            "\xFF\xD8\xFF\xD9");
}

TEST(Agent, LeavesTheTimeOutThatItDoesNotKnow) {
  Camera camera(1);
  camera.clock.wall_offset_ms = 0;  // 1970: a clock that was never set
  camera.stream.script = {answering(receipt)};
  camera.run();
  EXPECT_THAT(camera.stream.received.at(0), Not(HasSubstr("Captured-At")));
}

TEST(Agent, FindsOutLaterWhenAPictureWasTaken) {
  Camera camera(1);
  camera.random.value = 60;
  camera.stream.script = {answering(response("503 Busy", "", "Date: Sun, 22 Nov 2026 15:01:02 GMT\r\n"))};
  struct LearningClock final : Clock {
    explicit LearningClock(FakeClock& fake) : fake(fake) {}
    std::int64_t mono_ms() const override { return fake.mono_ms(); }
    std::optional<std::int64_t> wall_ms() const override { return fake.wall_ms(); }
    void offer_wall_ms(std::int64_t wall_ms) override { fake.wall_offset_ms = wall_ms - fake.now_ms; }
    void sleep_until(std::int64_t deadline_ms) override { fake.sleep_until(deadline_ms); }
    void wake() override {}
    FakeClock& fake;
  } clock(camera.clock);
  camera.stream.script.push_back(answering(receipt));
  Agent({clock, camera.random, camera.stream, camera.source, camera.card, camera.log, camera.crypto,
         camera.board, camera.traffic},
        camera.config, {camera.slab.data(), camera.slab.size()})
      .run();
  EXPECT_THAT(camera.stream.received.at(0), Not(HasSubstr("Captured-At")));
  EXPECT_THAT(camera.stream.received.at(1), HasSubstr("Captured-At: 1795359662000"));
}

TEST(Agent, SpoolsWhileTheServerIsAwayAndReplaysInOrder) {
  Camera camera(3);
  camera.random.value = 200'000;
  camera.config.schedule.patience_ms = 0;
  camera.stream.script = {refusing(), refusing(), refusing(), refusing(), refusing(), refusing(), refusing()};
  camera.run();
  EXPECT_EQ(camera.card.files(Area::waiting).size(), 3U);

  camera.random.value = 7;  // another boot
  camera.config.schedule.count = 1;
  camera.config.schedule.patience_ms.reset();
  camera.config.schedule.first_capture_ms = camera.clock.now_ms + 1'000;
  camera.stream.received.clear();
  camera.stream.script = {answering(receipt), answering(receipt), answering(receipt), answering(receipt)};
  camera.run();
  EXPECT_THAT(camera.log.lines,
              ElementsAre("recovered 3 lost 0", "sent 0", "sent 1", "sent 2", "captured 0", "sent 0"));
  EXPECT_THAT(camera.stream.received.at(2), HasSubstr("Heliograph-Boot: 04d03000"));
  EXPECT_THAT(camera.stream.received.at(3), HasSubstr("Heliograph-Boot: 70000000"));
}

TEST(Agent, SendsTheSamePictureUnderTheSameNameWhenTheAnswerGotLost) {
  Camera camera(1);
  FakeConnection silent;
  silent.closes_after_bytes = 300;
  camera.stream.script = {silent, answering(receipt)};
  camera.run();
  const auto name_of = [](const std::string& request) {
    return request.substr(request.find("Heliograph-Boot"), 70);
  };
  ASSERT_EQ(camera.stream.received.size(), 2U);
  EXPECT_EQ(name_of(camera.stream.received.at(0)), name_of(camera.stream.received.at(1)));
}

TEST(Agent, SetsAsideWhatTheServerRefuses) {
  Camera camera(1);
  camera.source.retakes = false;
  camera.source.pictures = {"noise"};
  camera.source.next.label = "noise.jpg";
  camera.stream.script = {answering(response("422 Unprocessable", R"({"detail":"no JPEG"})"))};
  camera.run();
  EXPECT_EQ(camera.log.lines.back(), "refused 0 422: no JPEG");
  EXPECT_EQ(camera.card.files(Area::refused).at("00000001.JPG"), "noise");
  EXPECT_EQ(camera.card.files(Area::refused).at("00000001.TXT"),
            "no JPEG\nHTTP status 422\nboot 0000000000000000, sequence 0\nnoise.jpg\n");
}

TEST(Agent, KeepsPicturesWhileTheKeyIsWrong) {
  Camera camera(1);
  camera.config.schedule.patience_ms = 1'000;
  camera.stream.script = {answering(response("401 Unauthorized", R"({"detail":"unknown key"})"))};
  camera.run();
  EXPECT_EQ(camera.log.lines.back(), "postponed 0 401: unknown key");
  EXPECT_EQ(camera.card.files(Area::waiting).size(), 1U);
}

TEST(Agent, TakesAGarbledPictureAgainAndTrimsPadding) {
  Camera camera(1);
  camera.source.pictures = {"garbage", std::string(FakeFrameSource::smallest_jpeg) + std::string(100, '\0')};
  camera.stream.script = {answering(receipt)};
  camera.run();
  EXPECT_THAT(camera.log.lines,
              ElementsAre("recovered 0 lost 0", "capture failed: the start of the picture is missing",
                          "captured 0", "sent 0"));
  EXPECT_THAT(camera.stream.received.at(0), HasSubstr("Content-Length: 4\r\n"));
}

TEST(Agent, GivesAPictureTheNameItsSourceKnows) {
  Camera camera(1);
  camera.source.next.name = PictureName{"f-0011", 0};
  camera.stream.script = {answering(receipt)};
  camera.run();
  EXPECT_THAT(camera.stream.received.at(0), HasSubstr("Heliograph-Boot: f-0011\r\n"));
}

TEST(Agent, SendsFromMemoryWhenTheCardDoesNotTakeIt) {
  Camera camera(2);
  camera.card.capacity = 0;
  camera.stream.script = {answering(receipt), answering(receipt)};
  camera.run();
  EXPECT_THAT(camera.log.lines,
              ElementsAre("recovered 0 lost 0", "captured 0", "unspooled 0: the card does not answer",
                          "sent 0", "captured 1", "unspooled 1: the card does not answer", "sent 1"));
}

TEST(Agent, DoesNotStartWithoutASpool) {
  Camera camera(1);
  camera.card.fault = StorageStatus::failed;
  EXPECT_FALSE(camera.run());
  EXPECT_THAT(camera.log.lines, ElementsAre("recovered 0 lost 0: the card does not answer"));
}

TEST(Agent, GoesOnWhenTheSensorFails) {
  Camera camera(1);
  camera.source.connected = false;
  struct Plugging final : Log {
    explicit Plugging(Camera& camera) : camera(camera) {}
    void record(const Event& event) override {
      if (event.kind == EventKind::capture_failed) camera.source.connected = true;
      camera.log.record(event);
    }
    Camera& camera;
  } log(camera);
  camera.stream.script = {answering(receipt)};
  Agent({camera.clock, camera.random, camera.stream, camera.source, camera.card, log, camera.crypto,
         camera.board, camera.traffic},
        camera.config, {camera.slab.data(), camera.slab.size()})
      .run();
  EXPECT_THAT(camera.log.lines,
              ElementsAre("recovered 0 lost 0", "capture failed: the sensor does not answer", "captured 0",
                          "sent 0"));
}

TEST(Agent, StopsWhenAskedAndKeepsWhatWaits) {
  Camera camera(100);
  camera.stream.script = {refusing()};
  std::optional<Agent> agent;
  struct Stopping final : Log {
    explicit Stopping(std::optional<Agent>& agent) : agent(agent) {}
    void record(const Event& event) override {
      if (event.kind == EventKind::postponed) agent->stop();
    }
    std::optional<Agent>& agent;
  } log(agent);
  agent.emplace(Platform{camera.clock, camera.random, camera.stream, camera.source, camera.card, log,
                         camera.crypto, camera.board, camera.traffic},
                camera.config, Slab{camera.slab.data(), camera.slab.size()});
  EXPECT_TRUE(agent->run());
  EXPECT_EQ(agent->waiting(), 1U);
}

// What a board must find room for beside its pictures, bytes.
static_assert(sizeof(Agent) <= 24 * 1024);

}  // namespace
}  // namespace heliograph::firmware
