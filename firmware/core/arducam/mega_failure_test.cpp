// What goes wrong with a camera on a post, and that its driver comes back from it in time.
#include "firmware/core/arducam/mega.hpp"
#include "firmware/core/arducam/mega_fixture.hpp"

#include <functional>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

using Cure = FakeMega::Cure;
using testing::HasSubstr;
using testing::IsEmpty;

std::string jpeg(std::size_t size) {
  return "\xFF\xD8" + std::string(size - 4, 'p') + "\xFF\xD9";
}

FakeShot of(std::string picture) {
  FakeShot shot;
  shot.picture = std::move(picture);
  return shot;
}
FakeShot padded(std::string padding) {
  FakeShot shot = of(jpeg(5'000));
  shot.padding = std::move(padding);
  return shot;
}
FakeShot told(std::uint32_t size) {
  FakeShot shot;
  shot.told = size;
  return shot;
}
FakeShot without_start(std::size_t lost) {
  FakeShot shot = of(jpeg(5'000));
  shot.lost = lost;
  return shot;
}
FakeShot cut(std::size_t size) {
  FakeShot shot = of(jpeg(5'000));
  shot.cut = size;
  return shot;
}
FakeShot endless() {
  FakeShot shot;
  shot.finishes = false;
  return shot;
}

// A camera that has taken its first picture.
struct Proven : MegaRig {
  explicit Proven(std::uint8_t id, bool can_power_cycle = true) : MegaRig(id, can_power_cycle) {
    EXPECT_EQ(take(), CaptureStatus::ok);
  }
};

TEST(ArducamMegaFailures, TrimsWhatTheFifoIsPaddedWith) {
  for (const std::string& padding :
       {std::string(), std::string(1, '\0'), std::string(1'941, '\0'), std::string(50'000, '\0'),
        std::string(900, '\xFF'), std::string(1'200, '\x5A') + std::string(700, '\0')}) {
    Proven rig(0x86);
    rig.camera.shots = {padded(padding)};
    ASSERT_EQ(rig.take(), CaptureStatus::ok);
    EXPECT_EQ(rig.picture(), jpeg(5'000));
    EXPECT_EQ(rig.driver.counters().failures, 0U);
  }
}

TEST(ArducamMegaFailures, TakesAgainWhatIsNoWholePicture) {
  const struct {
    FakeShot shot;
    const char* why;
  } table[] = {
      {without_start(1), "the start of the picture is missing"},
      {without_start(2'000), "the start of the picture is missing"},
      {cut(4'999), "the end of the picture is missing"},
      {cut(2'500), "the end of the picture is missing"},
      {cut(0), "the sensor gave no picture"},
      {of("\xFF\xD9"), "the sensor gave no picture"},
      {padded(std::string(5'000, 'x')), "the end of the picture is missing"},
      {told(0), "the camera told of a picture of 0 bytes"},
      {told(1600 * 1200 + 16'385), "the camera told of a picture of 1936385 bytes"},
      {told(8'390'520), "the camera told of a picture of 8390520 bytes"},
      {told(0xFFFFFF), "the camera told of a picture of 16777215 bytes"},
      {endless(), "the camera does not finish a picture, its state is 2"},
  };
  for (const auto& row : table) {
    SCOPED_TRACE(row.why);
    Proven rig(0x86);
    rig.camera.shots = {row.shot};
    ASSERT_EQ(rig.take(), CaptureStatus::ok);
    EXPECT_TRUE(rig.is_lit());
    EXPECT_EQ(rig.driver.counters().failures, 1U);
    EXPECT_EQ(rig.camera.resets, 1);
    EXPECT_EQ(rig.driver.error_text(), row.why);
    EXPECT_THAT(rig.camera.mistakes, IsEmpty());
  }
}

struct Illness {
  const char* name;
  std::function<void(FakeMega&)> begin;
  const char* complaint;
};

const Illness illnesses[] = {
    {"gone, line high", [](FakeMega& camera) { camera.connected = false; }, "no camera answers on the bus"},
    {"gone, line low",
     [](FakeMega& camera) {
       camera.connected = false;
       camera.floating = 0;
     },
     "no camera answers on the bus"},
    {"gone, line as a sensor's number",
     [](FakeMega& camera) {
       camera.connected = false;
       camera.floating = 0x86;
     },
     "the camera told of a picture of 8816262 bytes"},
    {"busy", [](FakeMega& camera) { camera.busy_for_ever = true; }, "the camera does not become idle"},
    {"never done", [](FakeMega& camera) { camera.usual = endless(); },
     "the camera does not finish a picture"},
    {"empty", [](FakeMega& camera) { camera.usual = told(0); }, "the camera told of a picture of 0 bytes"},
    {"absurd", [](FakeMega& camera) { camera.usual = told(8'390'520); }, "8390520 bytes"},
    {"without a start", [](FakeMega& camera) { camera.usual = without_start(700); },
     "the start of the picture"},
    {"cut", [](FakeMega& camera) { camera.usual = cut(700); }, "the end of the picture is missing"},
    {"bus held", [](FakeMega& camera) { camera.bus_held = true; }, "the camera's bus was not to be had"},
};

TEST(ArducamMegaFailures, NeverOutlivesItsDeadline) {
  for (const Illness& illness : illnesses) {
    for (const std::int64_t within_ms : {-5, 0, 1, 7, 90, 450, 1'700, 2'600, 5'000, 10'000, 40'000}) {
      for (const bool can_power_cycle : {false, true}) {
        SCOPED_TRACE(illness.name + std::string(" ") + std::to_string(within_ms));
        MegaRig rig(0x86, can_power_cycle);
        illness.begin(rig.camera);
        for (int i = 0; i < 6; ++i) {
          EXPECT_EQ(rig.take(within_ms), CaptureStatus::failed);
          EXPECT_LE(rig.took_ms, std::max<std::int64_t>(within_ms, 0) + 50);
        }
        EXPECT_FALSE(rig.driver.error_text().empty());
      }
    }
  }
}

// 157 KB are 157 ms on the bus.
TEST(ArducamMegaFailures, StopsReadingAtItsDeadline) {
  Proven rig(0x86);
  ImageSettings settings;
  settings.resolution = ImageWord("2048x1536");
  settings.quality = 100;
  EXPECT_TRUE(rig.driver.apply(settings).empty());
  ASSERT_EQ(rig.take(), CaptureStatus::ok);
  EXPECT_EQ(rig.take(90), CaptureStatus::failed);
  EXPECT_LE(rig.took_ms, 95);
  EXPECT_EQ(rig.driver.error_text(), "the camera took too long");
  const int before = rig.camera.transfers;
  EXPECT_EQ(rig.take(0), CaptureStatus::failed);
  EXPECT_EQ(rig.camera.transfers, before);
  EXPECT_EQ(rig.take(), CaptureStatus::ok);
}

// Half of a setting may have reached it: that is written again, to whatever it shall be by then.
TEST(ArducamMegaFailures, KnowsNotWhatAnInterruptedWriteLeft) {
  Proven rig(0x86);
  ImageSettings settings;
  settings.brightness = 2;
  EXPECT_TRUE(rig.driver.apply(settings).empty());
  rig.camera.setting_ms = 10'000;
  EXPECT_EQ(rig.take(100), CaptureStatus::failed);
  EXPECT_EQ(rig.camera.held(mega::brightness), 3);
  rig.camera.setting_ms = 5;
  rig.clock.now_ms += 20'000;
  EXPECT_TRUE(rig.driver.apply({}).empty());
  ASSERT_EQ(rig.take(), CaptureStatus::ok);
  EXPECT_EQ(rig.camera.held(mega::brightness), 0);
  EXPECT_EQ(rig.camera.resets, 1);
}

TEST(ArducamMegaFailures, SaysWhatIsWrong) {
  for (const Illness& illness : illnesses) {
    MegaRig rig(0x86);
    illness.begin(rig.camera);
    EXPECT_EQ(rig.take(60'000), CaptureStatus::failed) << illness.name;
    EXPECT_THAT(std::string(rig.driver.error_text()), HasSubstr(illness.complaint)) << illness.name;
  }
}

TEST(ArducamMegaFailures, ClimbsItsLadder) {
  const struct {
    const char* name;
    FakeShot shot;
    Cure cured_by;
    bool can_power_cycle;
    CaptureStatus status;
    int resets;
    int power_cycles;
  } table[] = {
      {"reset helps", without_start(9), Cure::reset, true, CaptureStatus::ok, 1, 0},
      {"reset helps, no switch", told(0), Cure::reset, false, CaptureStatus::ok, 1, 0},
      {"power helps", without_start(9), Cure::power_cycle, true, CaptureStatus::ok, 2, 1},
      {"power would help", without_start(9), Cure::power_cycle, false, CaptureStatus::failed, 2, 0},
      {"nothing helps", told(0xFFFFFF), Cure::nothing, true, CaptureStatus::failed, 2, 1},
  };
  for (const auto& row : table) {
    SCOPED_TRACE(row.name);
    Proven rig(0x85, row.can_power_cycle);
    const MegaCounters before = rig.driver.counters();
    rig.camera.usual = row.shot;
    rig.camera.cured_by = row.cured_by;
    EXPECT_EQ(rig.take(20'000), row.status);
    EXPECT_EQ(rig.driver.counters().resets - before.resets, static_cast<unsigned>(row.resets));
    EXPECT_EQ(rig.camera.power_cycles, row.power_cycles);
    EXPECT_THAT(rig.camera.mistakes, IsEmpty());
  }
}

// Each capture then tries once, with the strongest that there is, and finds a camera that came back.
TEST(ArducamMegaFailures, GoesOnTryingWithTheStrongest) {
  Proven rig(0x86);
  rig.camera.connected = false;
  EXPECT_EQ(rig.take(60'000), CaptureStatus::failed);
  for (int i = 0; i < 3; ++i) {
    const int before = rig.camera.power_cycles;
    EXPECT_EQ(rig.take(), CaptureStatus::failed);
    EXPECT_EQ(rig.camera.power_cycles, before + 1);
  }
  rig.camera.cured_by = Cure::power_cycle;
  ASSERT_EQ(rig.take(), CaptureStatus::ok);
  EXPECT_TRUE(rig.is_lit());
  const int cycles = rig.camera.power_cycles;
  rig.camera.shots = {told(0)};
  ASSERT_EQ(rig.take(), CaptureStatus::ok);  // from the first rung again
  EXPECT_EQ(rig.camera.power_cycles, cycles);
}

TEST(ArducamMegaFailures, TakesUpTheLadderWhereTheDeadlineCutIt) {
  Proven rig(0x86);
  rig.camera.usual = endless();
  rig.camera.cured_by = Cure::power_cycle;
  int captures = 1;
  while (rig.take(4'500) != CaptureStatus::ok && captures < 9) ++captures;
  EXPECT_LE(captures, 4);
  EXPECT_EQ(rig.camera.power_cycles, 1);
}

TEST(ArducamMegaFailures, FindsAnotherCameraInItsPlace) {
  Proven rig(0x86);
  rig.camera.connected = false;
  EXPECT_EQ(rig.take(60'000), CaptureStatus::failed);
  rig.camera.connected = true;
  rig.camera.id = 0x81;
  ASSERT_EQ(rig.take(), CaptureStatus::ok);
  EXPECT_EQ(rig.driver.sensor()->name, "arducam-mega-5mp-1");
  EXPECT_EQ(rig.camera.held(mega::resolution), 0x06);
}

TEST(ArducamMegaFailures, MakesAPictureSmallerThatFindsNoRoom) {
  Proven rig(0x86);
  ImageSettings settings;
  settings.resolution = ImageWord("2048x1536");
  settings.quality = 100;
  EXPECT_TRUE(rig.driver.apply(settings).empty());
  rig.slab.resize(40'000);  // 157,286 are too many, 78,643 at usual quality too
  ASSERT_EQ(rig.take(), CaptureStatus::ok);
  EXPECT_EQ(rig.frame.size, 2048 * 1536 / 80U);
  rig.slab.resize(30'000);
  ASSERT_EQ(rig.take(), CaptureStatus::ok);
  EXPECT_EQ(rig.frame.size, 1600 * 1200 / 80U);
  EXPECT_EQ(rig.driver.counters().failures, 0U);
  EXPECT_EQ(rig.camera.resets, 1);

  rig.slab.resize(768 * 1024);  // by and by there is room again
  for (int i = 0; i < 6; ++i) ASSERT_EQ(rig.take(), CaptureStatus::ok);
  EXPECT_EQ(rig.frame.size, 2048 * 1536 / 20U);
}

TEST(ArducamMegaFailures, ForgetsThatWithOtherSettings) {
  Proven rig(0x86);
  rig.slab.resize(20'000);
  ASSERT_EQ(rig.take(), CaptureStatus::ok);
  rig.slab.resize(50'000);
  ASSERT_EQ(rig.take(), CaptureStatus::ok);
  EXPECT_LT(rig.frame.size, 20'000U);
  EXPECT_TRUE(rig.driver.apply({}).empty());
  ASSERT_EQ(rig.take(), CaptureStatus::ok);
  EXPECT_EQ(rig.frame.size, 1600 * 1200 / 40U);
}

TEST(ArducamMegaFailures, FillsARoomToItsLastByte) {
  Proven rig(0x86);
  rig.slab.resize(1600 * 1200 / 40);
  ASSERT_EQ(rig.take(), CaptureStatus::ok);
  EXPECT_EQ(rig.frame.size, rig.slab.size());
  rig.slab.resize(1600 * 1200 / 40 - 1);
  ASSERT_EQ(rig.take(), CaptureStatus::ok);
  EXPECT_EQ(rig.frame.size, 1600 * 1200 / 80U);
}

// A picture that is too large is one: what failed before it counts no more.
TEST(ArducamMegaFailures, CountsNoFailuresAcrossAPicture) {
  Proven rig(0x86);
  rig.slab.resize(40'000);
  rig.camera.shots = {told(0), FakeShot(), FakeShot(), told(0)};  // the third is thrown away after the change
  ASSERT_EQ(rig.take(), CaptureStatus::ok);
  EXPECT_EQ(rig.driver.counters().failures, 2U);
  EXPECT_EQ(rig.camera.resets, 1);
}

TEST(ArducamMegaFailures, SaysThatNoPictureFindsRoom) {
  Proven rig(0x86);
  rig.slab.resize(100);
  EXPECT_EQ(rig.take(60'000), CaptureStatus::failed);
  EXPECT_THAT(std::string(rig.driver.error_text()), HasSubstr("there is no room for a picture of"));
  EXPECT_EQ(rig.camera.resets, 1);  // it is well
}

}  // namespace
}  // namespace heliograph::firmware
