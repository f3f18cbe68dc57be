#include "firmware/esp32/decide/retained.hpp"

#include <cstring>

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

using protocol::ResetReason;

TEST(Retained, SurvivesAsItIsAndNotWhenABitFell) {
  Retained memory;
  std::memset(&memory, 0, sizeof memory);
  EXPECT_EQ(recall(memory).crashes, 0U);
  Retained wanted;
  wanted.crashes = 3;
  wanted.next_capture_ms = 1'795'359'662'123;
  retain(memory, wanted);
  EXPECT_EQ(recall(memory).next_capture_ms, wanted.next_capture_ms);
  for (std::size_t byte = 0; byte < offsetof(Retained, checksum); ++byte) {
    Retained torn = memory;
    reinterpret_cast<unsigned char*>(&torn)[byte] ^= 0x10;
    EXPECT_EQ(recall(torn).next_capture_ms, 0) << byte;
  }
  std::memset(&memory, 0xa5, sizeof memory);
  EXPECT_EQ(recall(memory).crashes, 0U);
}

TEST(Retained, FourCrashesInARowAreALoop) {
  struct Case {
    ResetReason reason;
    std::uint32_t before, after;
    bool safe, low;
  };
  const Case cases[] = {
      {ResetReason::power_on, 7, 0, false, false}, {ResetReason::pin, 7, 0, false, false},
      {ResetReason::software, 2, 2, false, false}, {ResetReason::deep_sleep, 2, 2, false, false},
      {ResetReason::panic, 0, 1, false, false},    {ResetReason::watchdog, 2, 3, false, false},
      {ResetReason::panic, 3, 4, true, false},     {ResetReason::watchdog, 9, 10, true, false},
      {ResetReason::brownout, 0, 1, false, true},  {ResetReason::brownout, 9, 10, false, true},
      {ResetReason::unknown, 3, 3, false, false},  {ResetReason::software, 5, 5, false, false},
  };
  for (const Case& c : cases) {
    Retained retained;
    retained.crashes = c.before;
    const BootVerdict verdict = begin_boot(retained, c.reason);
    EXPECT_EQ(retained.crashes, c.after);
    EXPECT_EQ(verdict.safe_mode, c.safe) << static_cast<int>(c.reason) << " after " << c.before;
    EXPECT_EQ(verdict.low_load, c.low);
  }
  Retained retained;
  retained.crashes = 3;
  survived(retained);
  EXPECT_FALSE(begin_boot(retained, ResetReason::panic).safe_mode);
}

}  // namespace
}  // namespace heliograph::firmware
