#include "server/cameras/words.hpp"

#include <gtest/gtest.h>

namespace heliograph::cameras {
namespace {

using namespace std::chrono_literals;

TEST(Words, SayASpanInItsLargestUnitOfWhichThereAreTwo) {
  struct Case {
    std::chrono::milliseconds span;
    std::string words;
  };
  for (const Case& c :
       {Case{-5s, "0 seconds"}, Case{0ms, "0 seconds"}, Case{1999ms, "1 second"}, Case{119s, "119 seconds"},
        Case{2min, "2 minutes"}, Case{119min, "119 minutes"}, Case{2h, "2 hours"}, Case{47h, "47 hours"},
        Case{48h, "2 days"}, Case{400 * 24h, "400 days"}}) {
    EXPECT_EQ(span_words(c.span), c.words);
  }
}

}  // namespace
}  // namespace heliograph::cameras
