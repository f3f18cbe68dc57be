#include "firmware/esp32/decide/vitals.hpp"

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

TEST(Vitals, EveryTaskHasToGetOnOrSayThatItWaits) {
  Vitals vitals;
  EXPECT_TRUE(vitals.well(1'000'000));  // nothing has begun
  vitals.progress(TaskName::agent, 0);
  vitals.waits(TaskName::supervisor, 0, 3'600'000);
  EXPECT_TRUE(vitals.well(task_patience_ms));
  EXPECT_FALSE(vitals.well(task_patience_ms + 2'000));
  vitals.progress(TaskName::agent, 3'600'000);
  EXPECT_TRUE(vitals.well(3'600'000));
  vitals.progress(TaskName::agent, 3'600'000 + task_patience_ms);
  EXPECT_FALSE(vitals.well(3'600'000 + task_patience_ms + 2'000));  // the supervisor did not wake up
  vitals.ended(TaskName::supervisor);
  EXPECT_TRUE(vitals.well(3'600'000 + task_patience_ms + 2'000));
  vitals.waits(TaskName::supervisor, 10'000'000, 5);  // a deadline that has passed
  EXPECT_FALSE(vitals.well(10'000'000 + task_patience_ms + 2'000));
}

}  // namespace
}  // namespace heliograph::firmware
