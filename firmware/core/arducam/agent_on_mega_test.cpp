// The agent with a Mega as its sensor: a morning with a loose wire.
#include "firmware/core/agent.hpp"
#include "firmware/core/arducam/mega_fixture.hpp"
#include "firmware/core/platform/fake_board.hpp"
#include "firmware/core/platform/fake_crypto.hpp"
#include "firmware/core/platform/fake_log.hpp"
#include "firmware/core/platform/fake_random.hpp"
#include "firmware/core/platform/fake_storage.hpp"
#include "firmware/core/platform/fake_stream.hpp"
#include "firmware/core/state_file.hpp"

#include <functional>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// Whose listener is told what the agent has just done.
class HeardLog final : public Log {
 public:
  void record(const Event& event) override {
    if (event.kind == EventKind::captured) ++captured;
    if (event.kind == EventKind::capture_failed) failures.emplace_back(event.detail);
    heard(event);
  }
  int captured = 0;
  std::vector<std::string> failures;
  std::function<void(const Event&)> heard;
};

TEST(AgentOnMega, TakesPicturesAgainWhenItsCameraIsBack) {
  MegaRig rig(0x86);
  FakeRandom random;
  FakeStream stream(rig.clock);  // nothing answers
  FakeStorage card;
  FakeCrypto crypto;
  FakeBoard board;
  Traffic traffic;
  HeardLog log;
  AgentConfig config;
  config.server = {"cameras.example", 443, true, "", "the-key"};
  config.schedule.first_capture_ms = rig.clock.now_ms;
  config.schedule.interval_ms = 60'000;
  config.max_spool_bytes = 1'000'000;
  Agent agent({rig.clock, random, stream, rig.driver, card, log, crypto, board, traffic}, config,
              {rig.slab.data(), rig.slab.size()});
  log.heard = [&](const Event& event) {
    if (log.captured == 2) rig.camera.connected = false;  // in the middle of the morning
    if (log.failures.size() == 3) rig.camera.cured_by = FakeMega::Cure::power_cycle;
    if (event.kind == EventKind::captured && log.captured == 4) agent.stop();
  };
  ASSERT_TRUE(agent.run());
  EXPECT_THAT(log.failures, ElementsAre("no camera answers on the bus: look at wires and supply",
                                        "no camera answers on the bus: look at wires and supply",
                                        "no camera answers on the bus: look at wires and supply"));
  EXPECT_EQ(card.files(Area::waiting).size(), 4U);
  for (const auto& [name, record] : card.files(Area::waiting)) EXPECT_THAT(record, HasSubstr("\xFF\xD8ppp"));
  EXPECT_THAT(rig.camera.mistakes, IsEmpty());
}

// As a camera on a battery is set: what it was told before is in its storage.
TEST(AgentOnMega, RestsBetweenItsPicturesAndSeesRightAfterEach) {
  for (const bool has_switch : {false, true}) {
    MegaRig rig(0x86, has_switch);
    FakeRandom random;
    FakeStream stream(rig.clock);  // nothing answers
    FakeStorage card;
    FakeCrypto crypto;
    FakeBoard board;
    Traffic traffic;
    HeardLog log;
    AgentConfig config;
    config.server = {"cameras.example", 443, true, "", "the-key"};
    config.schedule.first_capture_ms = rig.clock.now_ms;
    config.schedule.interval_ms = 600'000;
    config.max_spool_bytes = 1'000'000;
    ASSERT_TRUE(
        keep_state(card, "ORDERS.TXT", R"({"version":1,"status":"applied","values":{"sleep":"deep"}})"));
    Agent agent({rig.clock, random, stream, rig.driver, card, log, crypto, board, traffic}, config,
                {rig.slab.data(), rig.slab.size()});
    int spared = 0;
    log.heard = [&](const Event& event) {
      if (event.kind == EventKind::postponed) {  // between two pictures
        EXPECT_EQ(rig.camera.powered(), !has_switch);
        EXPECT_EQ(rig.camera.powered() && !rig.camera.resting(), false);
        ++spared;
      }
      if (event.kind == EventKind::captured && log.captured == 4) agent.stop();
    };
    ASSERT_TRUE(agent.run());
    EXPECT_GE(spared, 3);
    EXPECT_EQ(card.files(Area::waiting).size(), 4U);
    for (const auto& [name, record] : card.files(Area::waiting))
      EXPECT_THAT(record, HasSubstr("\xFF\xD8ppp"));
    EXPECT_EQ(rig.driver.counters().power_cycles, 0U);
    EXPECT_THAT(rig.camera.mistakes, IsEmpty());
  }
}

}  // namespace
}  // namespace heliograph::firmware
