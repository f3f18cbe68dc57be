#include "server/app/long_work.hpp"

#include <csignal>

#include <gtest/gtest.h>

namespace heliograph::app {
namespace {

using std::chrono::seconds;

TEST(ProgressText, SaysHowFarHowFastAndHowLong) {
  EXPECT_EQ(progress_text(500, 0, 1000, seconds{5}), "500 of 1000 pictures   50%   100/s   5 s left");
  EXPECT_EQ(progress_text(500, 400, 1000, seconds{1}), "500 of 1000 pictures   50%   100/s   5 s left")
      << "what an earlier run did is no pace of this one";
  EXPECT_EQ(progress_text(1000, 0, 1'000'000, seconds{10}),
            "1000 of 1000000 pictures   0%   100/s   3 h left");
  EXPECT_EQ(progress_text(100, 0, 60'100, seconds{1}), "100 of 60100 pictures   0%   100/s   10 min left");
}

TEST(ProgressText, NeverDividesByNothing) {
  EXPECT_EQ(progress_text(0, 0, 0, seconds{0}), "0 of 0 pictures   100%   0/s");
  EXPECT_EQ(progress_text(7, 7, 9, seconds{3}), "7 of 9 pictures   78%   0/s");
}

TEST(LongWork, EndsInOrderWhenAsked) {
  {
    LongWork work;
    EXPECT_TRUE(work.progress(1, 3));
    std::raise(SIGINT);
    EXPECT_FALSE(work.progress(2, 3));
  }
  EXPECT_TRUE(LongWork().progress(1, 3)) << "the next one begins unasked";
}

}  // namespace
}  // namespace heliograph::app
