#include "firmware/esp32/decide/deep_sleep.hpp"

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

SleepView sleeper() {
  SleepView view;
  view.may_sleep = view.is_provisioned = true;
  view.up_ms = awake_after_start_ms;
  view.wait_ms = 600'000;
  return view;
}

TEST(DeepSleep, SleepsWhatItWouldWait) {
  EXPECT_EQ(deep_sleep_ms(sleeper()), 600'000);
  SleepView view = sleeper();
  view.wait_ms = least_deep_sleep_ms;
  EXPECT_EQ(deep_sleep_ms(view), least_deep_sleep_ms);
  view.wait_ms -= 1;
  EXPECT_EQ(deep_sleep_ms(view), 0);
  view.wait_ms = most_deep_sleep_ms + 1;
  EXPECT_EQ(deep_sleep_ms(view), most_deep_sleep_ms);
}

TEST(DeepSleep, StaysAwakeForEverythingThatASleepWouldEnd) {
  for (bool SleepView::* reason : {&SleepView::portal_is_open, &SleepView::on_trial, &SleepView::in_memory}) {
    SleepView view = sleeper();
    view.*reason = true;
    EXPECT_EQ(deep_sleep_ms(view), 0);
  }
  for (bool SleepView::* need : {&SleepView::may_sleep, &SleepView::is_provisioned}) {
    SleepView view = sleeper();
    view.*need = false;
    EXPECT_EQ(deep_sleep_ms(view), 0);
  }
}

TEST(DeepSleep, SomebodyMayBeAtABoardThatWasJustSwitchedOn) {
  SleepView view = sleeper();
  view.up_ms = awake_after_start_ms - 1;
  EXPECT_EQ(deep_sleep_ms(view), 0);
  view.woke_from_sleep = true;
  EXPECT_EQ(deep_sleep_ms(view), 600'000);
}

}  // namespace
}  // namespace heliograph::firmware
