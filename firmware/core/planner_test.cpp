#include "firmware/core/planner_fixture.hpp"

#include <string>

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

TEST(Planner, TakesAPictureSendsItAndSleepsUntilTheNextSlot) {
  Script camera(every(60'000));
  camera.capture();
  camera.upload(Verdict::stored);
  EXPECT_EQ(camera.next(), "sleep 60000");
  camera.at(60'000);
  camera.capture();
}

TEST(Planner, KeepsItsScheduleWithoutDrift) {
  Script camera(every(10'000));
  for (int slot = 0; slot < 100; ++slot) {
    camera.at(slot * 10'000 + 40);  // the timer is always a little late
    camera.capture();
    camera.at(slot * 10'000 + 900);
    camera.upload(Verdict::stored);
    EXPECT_EQ(camera.next(), "sleep " + std::to_string((slot + 1) * 10'000));
  }
}

TEST(Planner, SkipsTheSlotsThatALongUploadTook) {
  Script camera(every(10'000));
  camera.capture();
  camera.upload(Verdict::stored, {}, 34'000);
  camera.capture();  // the slot at 30,000, late
  camera.upload(Verdict::stored);
  EXPECT_EQ(camera.next(), "sleep 40000");
}

TEST(Planner, SendsBetweenCapturesAlsoWhenTheIntervalIsShorterThanAnUpload) {
  Script camera(every(100));
  for (int i = 0; i < 5; ++i) {
    camera.capture();
    camera.upload(Verdict::stored);
    camera.at(camera.now_ms + 350);
  }
}

TEST(Planner, BeginsWhenItIsTold) {
  PlannerConfig config = every(60'000);
  config.first_capture_ms = 5'000;
  Script camera(config);
  EXPECT_EQ(camera.next(), "sleep 5000");
}

TEST(Planner, SendsWhatAnEarlierStartLeftBeforeTheFirstSlot) {
  PlannerConfig config = every(60'000);
  config.first_capture_ms = 5'000;
  Script camera(config);
  camera.waiting = 2;
  camera.upload(Verdict::stored);
  camera.upload(Verdict::stored);
  EXPECT_EQ(camera.next(), "sleep 5000");
}

TEST(Planner, GoesOnTakingPicturesWhileTheServerIsAway) {
  Script camera(every(10'000));
  camera.random.value = 999;
  camera.capture();
  camera.upload(Verdict::try_again);
  EXPECT_EQ(camera.pause_ms, 999);
  EXPECT_EQ(camera.next(), "sleep 999");
  camera.at(999);
  camera.random.value = 1'999;
  camera.upload(Verdict::try_again);
  camera.at(9'000);
  camera.random.value = 3'500;
  camera.upload(Verdict::try_again);
  EXPECT_EQ(camera.next(), "sleep 10000");
  camera.at(10'000);
  camera.capture();
  EXPECT_EQ(camera.next(), "sleep 12500");
  camera.at(12'500);
  camera.upload(Verdict::stored);
  camera.upload(Verdict::stored);
  EXPECT_EQ(camera.next(), "sleep 20000");
}

TEST(Planner, StartsItsPausesAnewAfterASuccess) {
  Script camera(every(10'000));
  camera.capture();
  for (int i = 0; i < 6; ++i) camera.upload(Verdict::try_again);
  camera.upload(Verdict::stored);
  camera.at(10'000);
  camera.capture();
  camera.random.value = 1'000;
  camera.upload(Verdict::try_again);
  EXPECT_EQ(camera.pause_ms, 1'000);
}

TEST(Planner, WaitsAsLongAsTheServerAsksAndABitMore) {
  Script camera(every(600'000));
  camera.random.value = 700;
  camera.capture();
  camera.upload(Verdict::try_again, 120'000);
  EXPECT_EQ(camera.next(), "sleep 120700");
}

TEST(Planner, DoesNotLetAServerSilenceItForADay) {
  Script camera(every(100'000'000));
  camera.capture();
  camera.upload(Verdict::try_again, 86'400'000);
  EXPECT_EQ(camera.pause_ms, max_retry_after_ms);
}

TEST(Planner, AsksRarelyWhenOnlyTheOwnerCanHelp) {
  Script camera(every(1'000'000));
  camera.capture();
  camera.upload(Verdict::needs_owner);
  EXPECT_EQ(camera.pause_ms, needs_owner_pause_ms);
  EXPECT_EQ(camera.waiting, 1U) << "the picture is kept";
}

TEST(Planner, LeavesARefusedPictureBehindAndGoesOnAtOnce) {
  Script camera(every(10'000));
  camera.waiting = 2;
  camera.capture();
  camera.upload(Verdict::refused);
  camera.upload(Verdict::stored);
  camera.upload(Verdict::stored);
  EXPECT_EQ(camera.next(), "sleep 10000");
}

TEST(Planner, TakesAGarbledPictureAgainTwiceAndThenWaits) {
  Script camera(every(10'000));
  for (int i = 0; i <= max_retakes; ++i) camera.capture(CaptureResult::garbled);
  EXPECT_EQ(camera.next(), "sleep 10000");
  camera.at(10'000);
  camera.capture(CaptureResult::garbled);
  camera.capture();
}

TEST(Planner, DoesNotSpinOnASourceThatFailsAtOnce) {
  Script camera(every(0));
  camera.capture(CaptureResult::failed);
  EXPECT_EQ(camera.next(), "sleep " + std::to_string(capture_failure_pause_ms));
}

TEST(Planner, WithoutAnIntervalTakesTheNextPictureWhenNothingWaits) {
  Script camera(every(0));
  camera.capture();
  camera.upload(Verdict::stored);
  camera.capture();
  camera.random.value = 500;
  camera.upload(Verdict::try_again);
  EXPECT_EQ(camera.next(), "sleep 500") << "a folder is not poured into the spool";
}

TEST(Planner, StopsWhenAllPicturesAreTakenAndSent) {
  PlannerConfig config = every(1'000);
  config.count = 2;
  Script camera(config);
  camera.capture();
  camera.upload(Verdict::stored);
  camera.at(1'000);
  camera.capture();
  camera.random.value = 400;
  camera.upload(Verdict::try_again);
  EXPECT_EQ(camera.next(), "sleep 1400");
  camera.at(1'400);
  camera.upload(Verdict::stored);
  EXPECT_EQ(camera.next(), "stop");
}

TEST(Planner, StopsAtTheEndOfAFolder) {
  Script camera(every(0));
  camera.capture();
  camera.upload(Verdict::stored);
  camera.capture(CaptureResult::exhausted);
  EXPECT_EQ(camera.next(), "stop");
}

TEST(Planner, LosesItsPatienceWithAServerThatStaysAway) {
  PlannerConfig config = every(1'000);
  config.count = 1;
  config.patience_ms = 5'000;
  Script camera(config);
  camera.capture();
  camera.upload(Verdict::needs_owner);
  EXPECT_EQ(camera.next(), "sleep 5000");
  camera.at(5'000);
  EXPECT_EQ(camera.next(), "stop");
}

TEST(Planner, HasPatienceAsLongAsTheServerTakesSomething) {
  PlannerConfig config = every(1'000);
  config.count = 1;
  config.patience_ms = 5'000;
  Script camera(config);
  camera.waiting = 2;
  camera.capture();
  camera.upload(Verdict::stored, {}, 4'000);
  camera.upload(Verdict::stored, {}, 4'000);
  camera.random.value = 1'000;
  camera.upload(Verdict::try_again);
  EXPECT_EQ(camera.next(), "sleep 9000");
  camera.at(9'000);
  camera.upload(Verdict::needs_owner);
  EXPECT_EQ(camera.next(), "sleep 13000");
}

TEST(Planner, LosesItsPatienceInTheMiddleOfAFolder) {
  PlannerConfig config = every(0);
  config.patience_ms = 5'000;
  Script camera(config);
  camera.capture();
  camera.upload(Verdict::needs_owner);
  EXPECT_EQ(camera.next(), "sleep 5000");
  camera.at(5'000);
  EXPECT_EQ(camera.next(), "stop");
}

TEST(Planner, HasPatienceFromItsStartWithWhatAnEarlierStartLeft) {
  PlannerConfig config = every(0);
  config.first_capture_ms = 1'000'000;
  config.patience_ms = 5'000;
  Script camera(config);
  camera.at(1'000'000);
  camera.waiting = 1;
  camera.upload(Verdict::needs_owner);
  EXPECT_EQ(camera.next(), "sleep 1005000");
}

TEST(Planner, NeverStopsItsScheduleForImpatience) {
  PlannerConfig config = every(10'000);
  config.patience_ms = 5'000;
  Script camera(config);
  camera.capture();
  camera.upload(Verdict::needs_owner);
  camera.at(9'000);
  EXPECT_EQ(camera.next(), "sleep 10000");
}

TEST(Planner, SendsThePictureInMemoryFirstWhenTheSpoolCannotHoldIt) {
  Script camera(every(10'000));
  camera.waiting = 1;
  camera.capture(CaptureResult::unspooled);
  EXPECT_EQ(camera.next(), "upload unspooled");
  camera.upload(Verdict::stored);
  EXPECT_EQ(camera.next(), "upload");
}

TEST(Planner, ForgetsThePictureInMemoryWhenTheNextIsTaken) {
  Script camera(every(10'000));
  camera.random.value = 1'000;
  camera.capture(CaptureResult::unspooled);
  camera.upload(Verdict::try_again);
  camera.at(10'000);
  camera.capture(CaptureResult::failed);
  EXPECT_EQ(camera.next(), "sleep 20000");
}

TEST(Planner, StopsAtOnceWhenAsked) {
  Script camera(every(10'000));
  camera.capture();
  camera.planner.stop();
  EXPECT_EQ(camera.next(), "stop");
}

TEST(Planner, ObeysAtOnceAndTellsBeforeItSends) {
  Script camera(every(60'000));
  camera.capture();
  camera.duty.command = true;
  EXPECT_EQ(camera.next(), "obey");
  camera.duty = {false, true};
  EXPECT_EQ(camera.next(), "heartbeat");
  const std::int64_t pause_ms = camera.planner.spoken(camera.now_ms, {Verdict::try_again, 5'000});
  EXPECT_GE(pause_ms, 5'000);
  EXPECT_EQ(camera.next(), "sleep " + std::to_string(pause_ms));  // the server is left alone for both
  camera.at(pause_ms);
  EXPECT_EQ(camera.next(), "heartbeat");
  camera.planner.spoken(camera.now_ms, {Verdict::stored, {}});
  camera.duty.report = false;
  EXPECT_EQ(camera.next(), "upload");
}

TEST(Planner, SpeaksWhenItIsIdleAndWasNotHeardForSoLong) {
  PlannerConfig config = every(60'000);
  config.heartbeat_ms = 25'000;
  Script camera(config);
  camera.capture();
  camera.at(5'000);
  camera.upload(Verdict::stored);
  EXPECT_EQ(camera.next(), "sleep 30000");  // a picture says that it is there, too
  camera.at(30'000);
  EXPECT_EQ(camera.next(), "heartbeat");
  camera.planner.spoken(camera.now_ms, {Verdict::stored, {}});
  EXPECT_EQ(camera.next(), "sleep 55000");
  camera.at(60'000);
  camera.capture();
}

TEST(Planner, EndsOnlyWhenEverythingIsTold) {
  PlannerConfig config = every(60'000);
  config.count = 1;
  Script camera(config);
  camera.capture();
  camera.upload(Verdict::stored);
  camera.duty.report = true;
  EXPECT_EQ(camera.next(), "heartbeat");
  camera.duty.report = false;
  EXPECT_EQ(camera.next(), "stop");
}

TEST(Planner, SleepsAsLongAsItIsToldAndTellsFirst) {
  Script camera(every(60'000));
  camera.planner.sleep_until(500'000);
  camera.duty.report = true;
  EXPECT_EQ(camera.next(), "heartbeat");
  camera.duty.report = false;
  EXPECT_EQ(camera.next(), "sleep 500000");
  camera.at(500'000);
  EXPECT_EQ(camera.next(), "capture");
}

TEST(Planner, AnotherIntervalHoldsFromNowOn) {
  Script camera(every(3'600'000));
  camera.capture();
  camera.upload(Verdict::stored);
  camera.planner.set_interval(10'000, 30'000);
  EXPECT_EQ(camera.next(), "sleep 40000");
  camera.at(40'000);
  camera.capture();
  camera.upload(Verdict::stored);
  EXPECT_EQ(camera.next(), "sleep 70000");
  camera.planner.postpone_capture(200'000);
  EXPECT_EQ(camera.next(), "sleep 200000");
}

}  // namespace
}  // namespace heliograph::firmware
