#include "firmware/core/link_shed.hpp"

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

TEST(LinkShed, GoesWhenMemoryIsWhatTheServerWasMissedFor) {
  LinkShed shed;
  EXPECT_FALSE(shed.missed(0, std::nullopt));
  EXPECT_FALSE(shed.missed(0, min_session_block));
  EXPECT_FALSE(shed.is_shed());
  EXPECT_TRUE(shed.missed(0, min_session_block - 1));
  EXPECT_TRUE(shed.is_shed());
  EXPECT_FALSE(shed.missed(1'000, 0)) << "it is gone already";
}

TEST(LinkShed, ComesBackAfterAWhile) {
  LinkShed shed;
  shed.missed(1'000, 0);
  EXPECT_EQ(shed.ends_ms(), 1'000 + link_shed_ms);
  EXPECT_FALSE(shed.look(1'000 + link_shed_ms - 1));
  EXPECT_TRUE(shed.look(1'000 + link_shed_ms));
  EXPECT_FALSE(shed.look(1'000 + link_shed_ms)) << "once";
  EXPECT_FALSE(shed.is_shed());
}

}  // namespace
}  // namespace heliograph::firmware
