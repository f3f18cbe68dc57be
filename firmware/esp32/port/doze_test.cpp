#include "firmware/esp32/port/doze.hpp"

#include "firmware/esp32/fake_idf/fake_os.hpp"

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

using fake_idf::chip;

class DozeTest : public testing::Test {
 protected:
  DozeTest() { chip() = {}; }
};

TEST_F(DozeTest, TheChipStaysAwakeUntilItIsLet) {
  EXPECT_FALSE(chip().dozes());  // nobody has asked for that
  {
    Doze doze;
    EXPECT_FALSE(chip().dozes());
    doze.allow(true);
    EXPECT_TRUE(chip().dozes());
    doze.allow(true);
    doze.allow(false);
    EXPECT_FALSE(chip().dozes());
    doze.allow(false);
    EXPECT_EQ(chip().awake_locks, 1);
  }
  EXPECT_EQ(chip().awake_locks, 0);
}

TEST_F(DozeTest, WhatRunsKeepsItAwake) {
  Doze doze;
  doze.allow(true);
  {
    AwakeLock lock("sensor");
    EXPECT_TRUE(chip().dozes());
    lock.hold(true);
    lock.hold(true);  // held once
    EXPECT_FALSE(chip().dozes());
    lock.hold(false);
    EXPECT_TRUE(chip().dozes());
    lock.hold(true);
  }
  EXPECT_TRUE(chip().dozes());
}

TEST_F(DozeTest, WithoutMemoryForALockItNeverDozes) {
  chip().has_locks = false;
  Doze doze;
  doze.allow(true);
  EXPECT_FALSE(chip().dozes());
}

}  // namespace
}  // namespace heliograph::firmware
