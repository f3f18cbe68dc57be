#include "server/http/pace.hpp"

#include <gtest/gtest.h>

namespace heliograph::http {
namespace {

using ms = Pace::ms;

TEST(Pace, LetsNobodyBeSilentForLonger) {
  Pace pace(ms{30}, ms{1000}, 100);
  EXPECT_EQ(pace.patience(), ms{30});
  pace.waited(ms{29});
  EXPECT_EQ(pace.patience(), ms{30}) << "a byte came: the silence begins anew";
}

TEST(Pace, EndsWhenTheAverageIsTooSlow) {
  Pace pace(ms{600}, ms{1000}, 100);  // 10 ms a byte
  pace.waited(ms{600});
  EXPECT_EQ(pace.patience(), ms{400}) << "what is left of the grace";
  pace.moved(5);
  EXPECT_EQ(pace.patience(), ms{450});
  pace.waited(ms{450});
  EXPECT_EQ(pace.patience(), ms{0});
}

TEST(Pace, GoesOnForEverForAFastSender) {
  Pace pace(ms{30}, ms{30}, 512);
  for (int second = 0; second < 3600; ++second) {
    pace.waited(ms{1000});
    pace.moved(513);
  }
  EXPECT_EQ(pace.patience(), ms{30});
}

TEST(Pace, CountsBytesThatAreWorthLessThanAMillisecond) {
  Pace pace(ms{1000}, ms{0}, 4000);  // four bytes a millisecond
  for (int i = 0; i < 4000; ++i) pace.moved(1);
  EXPECT_EQ(pace.patience(), ms{1000});
}

TEST(Pace, WithinATimeDoesNotCareForBytes) {
  Pace pace = Pace::within(ms{100});
  pace.moved(1'000'000);
  pace.waited(ms{60});
  EXPECT_EQ(pace.patience(), ms{40});
  pace.waited(ms{60});
  EXPECT_EQ(pace.patience(), ms{0});
}

}  // namespace
}  // namespace heliograph::http
