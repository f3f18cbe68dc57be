#include "firmware/esp32/port/board_clock.hpp"

#include "firmware/esp32/fake_idf/fake_os.hpp"

#include <esp_timer.h>

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

constexpr std::int64_t noon_ms = 1'796'040'000'000;

class BoardClockTest : public testing::Test {
 protected:
  BoardClockTest() {
    fake_idf::hold_time(1'000);
    fake_idf::system_time().offset_ms = 0;
    fake_idf::system_time().times_set = 0;
  }
  ~BoardClockTest() override { fake_idf::end_time(); }
};

TEST_F(BoardClockTest, NobodyKnowsTheTimeUntilItIsTold) {
  KnownTime time(false);
  BoardClock clock(time);
  EXPECT_FALSE(clock.wall_ms());
  clock.offer_wall_ms(12'345);  // a server without a clock
  EXPECT_FALSE(clock.wall_ms());
  clock.offer_wall_ms(noon_ms);
  EXPECT_EQ(clock.wall_ms(), noon_ms);
  fake_idf::pass_time(500);
  EXPECT_EQ(clock.wall_ms(), noon_ms + 500);
}

TEST_F(BoardClockTest, ABetterSourceIsNotOverruled) {
  KnownTime time(/*retained=*/true);
  BoardClock clock(time);
  BoardClock another(time);  // of another task
  EXPECT_TRUE(clock.wall_ms());
  time.offer(noon_ms, TimeSource::modem);
  another.offer_wall_ms(noon_ms + 100);
  EXPECT_EQ(clock.wall_ms(), noon_ms + 100);
  time.offer(noon_ms - 5'000, TimeSource::modem);
  EXPECT_EQ(clock.wall_ms(), noon_ms + 100);
  time.was_set_by_ntp();
  another.offer_wall_ms(noon_ms + 9'000);
  EXPECT_EQ(clock.wall_ms(), noon_ms + 100);
  EXPECT_EQ(fake_idf::system_time().times_set, 2);
}

TEST_F(BoardClockTest, SleepsUntilThenOrUntilItIsWoken) {
  KnownTime time(false);
  BoardClock clock(time);
  clock.sleep_until(2'000'000);
  EXPECT_GE(clock.mono_ms(), 2'000'000);
  EXPECT_LE(clock.mono_ms(), 2'000'010);
  const std::int64_t now_ms = clock.mono_ms();
  clock.wake();
  clock.sleep_until(now_ms + 5'000);
  EXPECT_EQ(clock.mono_ms(), now_ms);
  clock.wake();
  clock.sleep_until(now_ms - 1);  // does not wait, and takes the wake along
  clock.sleep_until(now_ms + 5'000);
  EXPECT_GE(clock.mono_ms(), now_ms + 5'000);
}

struct Taker final : LongWait {
  void about_to_wait(std::int64_t until_ms) override { asked_ms = until_ms; }
  void waited() override { over_ms = esp_timer_get_time() / 1000; }
  std::int64_t asked_ms = 0;
  std::int64_t over_ms = 0;
};

TEST_F(BoardClockTest, ALongWaitMayBecomeASleep) {
  KnownTime time(false);
  BoardClock clock(time);
  Taker taker;
  clock.lend_long_waits(&taker);
  clock.sleep_until(700'000);
  EXPECT_EQ(taker.asked_ms, 700'000);
  EXPECT_GE(taker.over_ms, 700'000);
}

}  // namespace
}  // namespace heliograph::firmware
