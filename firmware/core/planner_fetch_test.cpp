#include "firmware/core/planner_fixture.hpp"

namespace heliograph::firmware {
namespace {

TEST(Planner, FetchesAProgramInTurnWithThePicturesThatWait) {
  Script script(every(60'000));
  script.capture();
  script.waiting = 2;  // one was left from before
  script.duty.fetch = true;
  EXPECT_EQ(script.next(), "fetch");
  script.planner.fetched(script.now_ms, {Verdict::stored, {}});
  script.upload(Verdict::stored);
  EXPECT_EQ(script.next(), "fetch");
  script.planner.fetched(script.now_ms, {Verdict::stored, {}});
  script.upload(Verdict::stored);
  EXPECT_EQ(script.next(), "fetch");
  script.planner.fetched(script.now_ms, {Verdict::stored, {}});
  EXPECT_EQ(script.next(), "fetch");  // nothing else waits
  script.planner.fetched(script.now_ms, {Verdict::try_again, 5'000});
  EXPECT_EQ(script.next().substr(0, 6), "sleep ");
  script.duty.report = true;
  script.at(60'000);
  script.capture();  // pictures keep their slots
  EXPECT_EQ(script.next(), "heartbeat");
  script.duty = {};
  EXPECT_EQ(script.next(), "upload");
}

TEST(Planner, ObeysBetweenTwoPieces) {
  Script script(every(60'000));
  script.capture();
  script.upload(Verdict::stored);
  script.duty.fetch = true;
  EXPECT_EQ(script.next(), "fetch");
  script.planner.fetched(script.now_ms, {Verdict::stored, {}});
  script.duty.command = true;
  EXPECT_EQ(script.next(), "obey");
  script.duty.command = false;
  script.duty.report = true;
  EXPECT_EQ(script.next(), "heartbeat");
  script.planner.spoken(script.now_ms, {Verdict::stored, {}});
  script.duty.report = false;
  EXPECT_EQ(script.next(), "fetch");
  script.planner.sleep_until(30'000);  // that was it
  EXPECT_EQ(script.next(), "sleep 30000");
  script.at(30'000);
  EXPECT_EQ(script.next(), "fetch");
}

TEST(Planner, SpeaksInItsTimeWhileItFetches) {
  PlannerConfig speaking = every(60'000);
  speaking.heartbeat_ms = 10'000;
  Script script(speaking);
  script.capture();
  script.upload(Verdict::stored);
  script.duty.fetch = true;
  script.at(9'999);
  EXPECT_EQ(script.next(), "fetch");
  script.at(10'000);
  EXPECT_EQ(script.next(), "heartbeat");
}

TEST(Planner, WithoutPicturesItGoesOnUntilTheProgramIsThere) {
  PlannerConfig once = every(60'000);
  once.count = 1;
  Script script(once);
  script.capture();
  script.upload(Verdict::stored);
  script.duty.fetch = true;
  EXPECT_EQ(script.next(), "fetch");
  script.duty.fetch = false;
  EXPECT_EQ(script.next(), "stop");
}

}  // namespace
}  // namespace heliograph::firmware
