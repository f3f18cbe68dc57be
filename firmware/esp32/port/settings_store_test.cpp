#include "firmware/esp32/port/settings_store.hpp"

#include "firmware/esp32/fake_idf/fake_flash.hpp"

#include <string>

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

class FlashTest : public testing::Test {
 protected:
  FlashTest() { fake_idf::flash() = fake_idf::Flash(); }
};

TEST_F(FlashTest, AValueIsKeptAndAnotherTakesItsPlace) {
  NvsValues values("area");
  char out[16];
  EXPECT_FALSE(values.load("name", out, sizeof out));
  ASSERT_TRUE(values.save("name", "first"));
  EXPECT_EQ(values.load("name", out, sizeof out), "first");
  ASSERT_TRUE(values.save("name", "second"));
  EXPECT_EQ(values.load("name", out, sizeof out), "second");
  EXPECT_FALSE(values.load("name", out, 3));
  EXPECT_FALSE(NvsValues("other").load("name", out, sizeof out));
  EXPECT_FALSE(values.save("name", std::string(max_nvs_value + 1, 'x')));
  EXPECT_TRUE(values.erase("name"));
  EXPECT_TRUE(values.erase("name"));
  EXPECT_FALSE(values.load("name", out, sizeof out));
}

TEST_F(FlashTest, WhatIsThereAlreadyIsNotWritten) {
  NvsValues values("area");
  values.save("name", "same");
  const int changes = fake_idf::flash().changes;
  EXPECT_TRUE(values.save("name", "same"));
  EXPECT_EQ(fake_idf::flash().changes, changes);
}

// Power goes in the middle of every write of ten: there is always one of two values, and never a torn one.
TEST_F(FlashTest, PowerMayGoWhileAValueIsWritten) {
  NvsValues values("area");
  char out[16];
  std::string kept = "0";
  ASSERT_TRUE(values.save("name", kept));
  for (int round = 1; round <= 10; ++round) {
    fake_idf::flash().cut_power_at(1);
    EXPECT_THROW(values.save("name", "value " + std::to_string(round)), fake_idf::PowerCut);
    fake_idf::flash().stay_on();
    EXPECT_EQ(values.load("name", out, sizeof out), kept);
    kept = "value " + std::to_string(round);
    ASSERT_TRUE(values.save("name", kept));
    EXPECT_EQ(values.load("name", out, sizeof out), kept);
  }
}

TEST_F(FlashTest, SettingsAreChangedByWhoeverComesAndKept) {
  SettingsStore store;
  EXPECT_TRUE(store.load().wifi.empty());
  const Settings changed = store.change(
      [](Settings& settings) { propose_wifi(settings, {Text<32>("garden"), Text<64>("password")}); });
  EXPECT_EQ(changed.wifi.name.view(), "garden");
  EXPECT_EQ(SettingsStore().load().wifi.password.view(), "password");
  char pem[max_nvs_value];
  EXPECT_EQ(store.load_authority(pem, sizeof pem), "");
  ASSERT_TRUE(store.save_authority("-----BEGIN"));
  EXPECT_EQ(store.load_authority(pem, sizeof pem), "-----BEGIN");
}

}  // namespace
}  // namespace heliograph::firmware
