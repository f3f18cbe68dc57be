#include "firmware/esp32/decide/doze.hpp"

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

DozeView sleeper() {
  DozeView view;
  view.may_sleep = view.wifi_is_up = view.modem_is_off = true;
  view.up_ms = awake_after_start_ms;
  view.wait_ms = 30'000;
  return view;
}

TEST(Doze, LastsAsLongAsTheAgentWaits) {
  const struct {
    std::int64_t wait_ms, expected_ms;
  } table[] = {
      {-5, 0},
      {0, 0},  // it is at work
      {least_doze_ms - 1, 0},
      {least_doze_ms, least_doze_ms},
      {30'000, 30'000},
      {3'600'000, 3'600'000},  // where a deep sleep would lose something
  };
  for (const auto& row : table) {
    DozeView view = sleeper();
    view.wait_ms = row.wait_ms;
    EXPECT_EQ(doze_ms(view), row.expected_ms) << row.wait_ms;
  }
}

TEST(Doze, IsNotForWhatWouldBeLostInIt) {
  for (bool DozeView::* need : {&DozeView::may_sleep, &DozeView::wifi_is_up, &DozeView::modem_is_off}) {
    DozeView view = sleeper();
    view.*need = false;
    EXPECT_EQ(doze_ms(view), 0);
  }
  for (bool DozeView::* reason : {&DozeView::portal_is_open, &DozeView::light_blinks}) {
    DozeView view = sleeper();
    view.*reason = true;
    EXPECT_EQ(doze_ms(view), 0);
  }
}

TEST(Doze, SomebodyMayBeAtABoardThatWasJustSwitchedOn) {
  DozeView view = sleeper();
  view.up_ms = awake_after_start_ms - 1;
  EXPECT_EQ(doze_ms(view), 0);
  view.woke_from_sleep = true;
  EXPECT_EQ(doze_ms(view), 30'000);
}

// A button is seen while it is held, and the watchdog is fed.
static_assert(doze_look_ms * 2 < 5'000);

}  // namespace
}  // namespace heliograph::firmware
