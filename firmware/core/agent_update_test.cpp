// An update from the order to the report, with everything around the agent made up.
#include "firmware/core/agent.hpp"
#include "firmware/core/platform/fake_board.hpp"
#include "firmware/core/platform/fake_clock.hpp"
#include "firmware/core/platform/fake_crypto.hpp"
#include "firmware/core/platform/fake_frame_source.hpp"
#include "firmware/core/platform/fake_image_slots.hpp"
#include "firmware/core/platform/fake_log.hpp"
#include "firmware/core/platform/fake_random.hpp"
#include "firmware/core/platform/fake_storage.hpp"
#include "firmware/core/platform/fake_stream.hpp"
#include "protocol/manifest_vector.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

using protocol::vector_image;
using protocol::vector_manifest;
using testing::Contains;
using testing::HasSubstr;

// What is answered once a whole request with a body has come, or the head of one without.
FakeConnection answering(const std::string& status, std::string_view body, bool to_head = false) {
  FakeConnection connection;
  connection.replies = {{to_head ? 1U : 0U,
                         "HTTP/1.1 " + status + "\r\nContent-Length: " + std::to_string(body.size()) +
                             "\r\nConnection: close\r\n\r\n" + std::string(body),
                         to_head ? 0U : 1U}};
  return connection;
}
FakeConnection stored(const std::string& orders = "{}") {
  return answering("201 Created",
                   R"({"id":"06fk2r8m0q3zt","filename":"a.jpg","duplicate":false,"orders":)" + orders + "}");
}
FakeConnection heard(const std::string& orders = "{}") {
  return answering("200 OK", R"({"server_time":1,"orders":)" + orders + "}");
}
FakeConnection part(std::size_t first, std::string_view body) {
  return answering("206 Partial Content\r\nContent-Range: bytes " + std::to_string(first) + "-999/999", body,
                   true);
}
const std::string update = R"({"command":{"id":"c1","name":"update-firmware","arguments":{"release":"r1"}}})";

struct Camera {
  Camera() {
    config.server = {"cameras.example", 443, true, "", "the-key"};
    config.schedule.first_capture_ms = clock.now_ms;
    config.schedule.count = 1;
    config.schedule.patience_ms = 3'600'000;  // a script that is over ends the test
    config.max_spool_bytes = 1'000'000;
    config.update.model = "t-sim7600-mega";
    protocol::Manifest manifest;
    EXPECT_TRUE(protocol::read_manifest(vector_manifest, manifest));
    config.update.keys[0] = manifest.key;
    config.update.key_count = 1;
    slots.digest = manifest.sha256;
  }
  void run(std::string_view version) {
    config.update.version = version;
    config.schedule.first_capture_ms = clock.now_ms;
    Agent agent({clock, random, stream, source, card, log, crypto, board, traffic, nullptr, &slots}, config,
                {slab.data(), slab.size()});
    EXPECT_TRUE(agent.run());
    wants_other_program = agent.wants_other_program();
  }
  std::string sent(std::size_t n) const { return stream.received.at(n); }

  FakeClock clock;
  FakeRandom random;
  FakeStream stream{clock};
  FakeFrameSource source;
  FakeStorage card;
  FakeLog log;
  FakeCrypto crypto;
  FakeBoard board;
  Traffic traffic;
  FakeImageSlots slots;
  AgentConfig config;
  std::vector<std::uint8_t> slab = std::vector<std::uint8_t>(10'000);
  bool wants_other_program = false;
};

TEST(AgentUpdate, FromTheOrderToTheReport) {
  Camera camera;
  camera.stream.script = {stored(update), heard(), part(0, vector_manifest),
                          part(vector_manifest.size(), vector_image)};
  camera.run("1.0.0");
  EXPECT_TRUE(camera.wants_other_program);
  EXPECT_THAT(camera.sent(1), HasSubstr(R"("reports":[{"command":"c1","state":"accepted"}])"));
  EXPECT_THAT(camera.sent(2), HasSubstr("GET /device/v1/firmware/r1"));
  EXPECT_EQ(camera.slots.image, vector_image);
  EXPECT_TRUE(camera.slots.tried);

  camera.slots.boot.on_trial = true;  // as the boot loader does
  camera.slots.running = vector_manifest;
  camera.stream.script = {heard(), heard(), stored()};
  camera.run("1.20.3");
  EXPECT_FALSE(camera.wants_other_program);
  EXPECT_FALSE(camera.slots.boot.on_trial);
  EXPECT_EQ(camera.slots.boot.outcome, TrialOutcome::none);  // it was told
  EXPECT_THAT(camera.stream.received,
              Contains(HasSubstr(R"("state":"succeeded","result":{"version":"1.20.3"})")));
}

TEST(AgentUpdate, AProgramThatIsRolledBackIsReportedByTheOneBefore) {
  Camera camera;
  camera.stream.script = {stored(update), heard(), part(0, vector_manifest),
                          part(vector_manifest.size(), vector_image)};
  camera.run("1.0.0");
  camera.slots.boot.outcome = TrialOutcome::rolled_back;
  camera.slots.boot.reason = TrialReason(std::string_view("it ended with status 1"));
  camera.stream.script = {heard(), stored()};
  camera.run("1.0.0");
  EXPECT_THAT(camera.stream.received,
              Contains(HasSubstr(R"("state":"failed","reason":"rolled back: it ended)")));
  EXPECT_EQ(camera.slots.boot.outcome, TrialOutcome::none);
}

TEST(AgentUpdate, AProgramThatReachesNobodyGivesItselfUp) {
  Camera camera;
  camera.slots.boot.on_trial = true;
  camera.slots.running = vector_manifest;
  camera.config.trial_ms = 60'000;
  const std::int64_t begun_ms = camera.clock.now_ms;
  camera.run("1.20.3");  // nothing answers
  EXPECT_TRUE(camera.wants_other_program);
  EXPECT_EQ(camera.slots.boot.reason.view(), "it did not reach the server in time");
  EXPECT_LT(camera.clock.now_ms - begun_ms, 120'000);
}

TEST(AgentUpdate, ALargeImageComesInPieces) {
  Camera camera;
  const std::string large(fetch_piece + 10, 'x');
  std::string manifest(vector_manifest);
  manifest.replace(manifest.find("size 32"), 7, "size " + std::to_string(large.size()));
  camera.stream.script = {stored(update), heard(), part(0, manifest),
                          part(manifest.size(), large.substr(0, fetch_piece)),
                          part(manifest.size() + fetch_piece, large.substr(fetch_piece))};
  camera.run("1.0.0");
  EXPECT_EQ(camera.slots.image, large);
  EXPECT_TRUE(camera.wants_other_program);
}

TEST(AgentUpdate, WhatIsWantedMeanwhileIsDoneBetweenThePieces) {
  Camera camera;
  camera.stream.script = {stored(update), heard(R"({"command":{"id":"c2","name":"capture","arguments":{}}})"),
                          heard(),        part(0, vector_manifest),
                          stored(),       part(vector_manifest.size(), vector_image)};
  camera.run("1.0.0");
  EXPECT_THAT(camera.sent(2), HasSubstr(R"([{"command":"c2","state":"succeeded")"));
  EXPECT_THAT(camera.sent(2), HasSubstr(R"({"command":"c1","state":"accepted"}])"));
  EXPECT_THAT(camera.sent(4), HasSubstr("Heliograph-Sequence: 1"));
  EXPECT_EQ(camera.slots.image, vector_image);
  EXPECT_TRUE(camera.wants_other_program);
}

TEST(AgentUpdate, OneIsPutOffWhileTheBatteryIsLow) {
  Camera camera;
  camera.board.battery_mv = min_update_battery_mv - 1;
  camera.stream.script = {stored(update), heard()};
  camera.run("1.0.0");
  EXPECT_THAT(
      camera.sent(1),
      HasSubstr(R"("state":"failed","reason":"its battery is at 3599 mV, and an update wants 3600 mV",)"
                R"("result":{"put_off":true})"));
  EXPECT_EQ(camera.stream.connects, 2);
  EXPECT_FALSE(camera.wants_other_program);
}

TEST(AgentUpdate, OneThatTheBatteryDoesNotLastForIsTakenUpAgainWhereItEnded) {
  Camera camera;
  const std::string large(fetch_piece + 10, 'x');
  std::string manifest(vector_manifest);
  manifest.replace(manifest.find("size 32"), 7, "size " + std::to_string(large.size()));
  camera.board.battery_mv = min_update_battery_mv;
  camera.slots.appended = [&] { camera.board.battery_mv = min_update_battery_mv - 50; };
  camera.stream.script = {stored(update), heard(), part(0, manifest),
                          part(manifest.size(), large.substr(0, fetch_piece)), heard()};
  camera.run("1.0.0");
  EXPECT_THAT(camera.stream.received,
              Contains(HasSubstr(R"("reason":"its battery is at 3550 mV, and an update wants 3600 mV",)"
                                 R"("result":{"put_off":true})")));
  EXPECT_FALSE(camera.slots.tried);

  camera.board.battery_mv = 3'900;  // the sun is out, and the server tells it again
  camera.slots.appended = [] {};
  std::string again = update;
  again.replace(again.find("c1"), 2, "c2");
  camera.stream.script = {stored(again), heard(), part(0, manifest),
                          part(manifest.size() + fetch_piece, large.substr(fetch_piece))};
  camera.run("1.0.0");
  EXPECT_EQ(camera.slots.image, large);
  EXPECT_TRUE(camera.slots.tried);
}

TEST(AgentUpdate, LetsTheLinkGoWhenAPieceFindsNoMemory) {
  FakeConnection refused;
  refused.refused = true;
  for (const std::size_t block : {min_session_block, min_session_block - 1}) {
    Camera camera;
    camera.board.block = block;
    camera.stream.script = {stored(update), heard(), refused, part(0, vector_manifest),
                            part(vector_manifest.size(), vector_image)};
    camera.run("1.0.0");
    EXPECT_EQ(camera.board.linked.back(), block == min_session_block);
    EXPECT_EQ(camera.slots.image, vector_image);
    EXPECT_TRUE(camera.wants_other_program);
  }
}

TEST(AgentUpdate, WithoutSlotsItIsRejected) {
  Camera camera;
  camera.stream.script = {stored(update), heard()};
  Agent agent({camera.clock, camera.random, camera.stream, camera.source, camera.card, camera.log,
               camera.crypto, camera.board, camera.traffic},
              camera.config, {camera.slab.data(), camera.slab.size()});
  EXPECT_TRUE(agent.run());
  EXPECT_THAT(camera.sent(1), HasSubstr(R"("state":"rejected","reason":"this camera was given no key)"));
}

}  // namespace
}  // namespace heliograph::firmware
