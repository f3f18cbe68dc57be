#include "firmware/esp32/port/ota_slots.hpp"

#include "firmware/esp32/fake_idf/fake_flash.hpp"

#include <sodium.h>
#include <string>

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

using fake_idf::flash;
using fake_idf::PowerCut;

Bytes bytes_of(std::string_view text) {
  return {text.data(), text.size()};
}

// Some sectors, and a piece of one.
std::string new_image() {
  std::string image = "\xe9";
  while (image.size() < 10'000) image += std::to_string(image.size());
  return image;
}

class OtaSlotsTest : public testing::Test {
 protected:
  OtaSlotsTest() { flash() = fake_idf::Flash(); }

  // As the core's updater does it: goes on where the slot says, and is told the whole.
  static void fetch(OtaSlots& slots, const std::string& image) {
    if (slots.other_manifest().view() != "manifest") ASSERT_TRUE(slots.begin("manifest"));
    while (slots.other_size() < image.size()) {
      ASSERT_TRUE(slots.append(bytes_of(std::string_view(image).substr(slots.other_size(), 3'000))));
    }
  }
};

TEST_F(OtaSlotsTest, AnImageGrowsAndIsReadBack) {
  OtaSlots slots;
  const std::string image = new_image();
  fetch(slots, image);
  unsigned char digest[32];
  crypto_hash_sha256(digest, reinterpret_cast<const unsigned char*>(image.data()), image.size());
  const auto read = slots.other_digest();
  ASSERT_TRUE(read);
  EXPECT_TRUE(std::equal(read->begin(), read->end(), digest));
  EXPECT_EQ(flash().image[1].substr(0, image.size()), image);
  EXPECT_EQ(flash().programmed_twice, 0);
  EXPECT_TRUE(slots.begin("another"));
  EXPECT_EQ(slots.other_size(), 0U);
  EXPECT_TRUE(slots.running_manifest().empty());
}

TEST_F(OtaSlotsTest, AfterARestartItGoesOnWithAWholeSector) {
  const std::string image = new_image();
  {
    OtaSlots slots;
    ASSERT_TRUE(slots.begin("manifest"));
    ASSERT_TRUE(slots.append(bytes_of(std::string_view(image).substr(0, 9'000))));
    EXPECT_EQ(slots.other_size(), 9'000U);
  }
  OtaSlots slots;
  EXPECT_EQ(slots.other_manifest().view(), "manifest");
  EXPECT_EQ(slots.other_size(), 8'192U);
  fetch(slots, image);
  EXPECT_EQ(flash().image[1].substr(0, image.size()), image);
  EXPECT_EQ(flash().programmed_twice, 0);
}

TEST_F(OtaSlotsTest, WhatIsTooLargeIsRefused) {
  OtaSlots slots;
  ASSERT_TRUE(slots.begin("manifest"));
  EXPECT_FALSE(slots.append(bytes_of(std::string(65 * 1024, 'x'))));
  EXPECT_EQ(slots.error_text(), "ESP_ERR_INVALID_SIZE");
}

TEST_F(OtaSlotsTest, WhatIsNoImageIsNotTried) {
  OtaSlots slots;
  ASSERT_TRUE(slots.begin("manifest"));
  ASSERT_TRUE(slots.append(bytes_of("no image")));
  EXPECT_FALSE(slots.try_other());
  EXPECT_EQ(OtaSlots().facts().outcome, TrialOutcome::none);
}

TEST_F(OtaSlotsTest, ATrialIsConfirmed) {
  {
    OtaSlots slots;
    fetch(slots, new_image());
    ASSERT_TRUE(slots.try_other());
  }
  flash().boot();
  EXPECT_EQ(flash().running, 1);
  OtaSlots slots;
  EXPECT_TRUE(slots.facts().on_trial);
  EXPECT_EQ(slots.running_manifest().view(), "manifest");
  ASSERT_TRUE(slots.confirm(7));
  EXPECT_FALSE(slots.facts().on_trial);
  EXPECT_EQ(slots.facts().outcome, TrialOutcome::confirmed);
  EXPECT_EQ(slots.facts().security, 7U);
  ASSERT_TRUE(slots.confirm(3));  // again is harmless
  ASSERT_TRUE(slots.acknowledge());
  flash().boot();
  EXPECT_EQ(flash().running, 1);
  EXPECT_EQ(OtaSlots().facts().outcome, TrialOutcome::none);
  EXPECT_EQ(OtaSlots().facts().security, 7U);
}

TEST_F(OtaSlotsTest, ATrialThatRestartsIsOverAndOneThatIsGivenUpSaysWhy) {
  for (const bool gives_up : {false, true}) {
    flash() = fake_idf::Flash();
    {
      OtaSlots slots;
      fetch(slots, new_image());
      ASSERT_TRUE(slots.try_other());
    }
    flash().boot();
    {
      OtaSlots slots;
      if (gives_up) ASSERT_TRUE(slots.give_up("no server"));
    }
    flash().boot();
    EXPECT_EQ(flash().running, 0);
    OtaSlots slots;
    EXPECT_FALSE(slots.facts().on_trial);
    EXPECT_EQ(slots.facts().outcome, TrialOutcome::rolled_back);
    EXPECT_EQ(slots.facts().reason.view(),
              gives_up ? "no server" : "it was restarted before the server answered it");
  }
}

// The whole update, with power lost at every single change of the flash: a program always runs, the image
// that runs is whole, and in the end the new one does.
TEST_F(OtaSlotsTest, PowerMayGoAtEveryStep) {
  const std::string image = new_image();
  int cut_at = 0;
  for (bool cut = true; cut; ++cut_at) {
    flash() = fake_idf::Flash();
    flash().cut_power_at(cut_at + 1);
    cut = false;
    bool done = false;
    for (int starts = 0; !done && starts < 6; ++starts) {
      try {
        OtaSlots slots;
        if (slots.facts().on_trial) ASSERT_TRUE(slots.confirm(2));
        done = flash().running == 1;
        if (done) continue;
        fetch(slots, image);
        ASSERT_TRUE(slots.try_other());
      } catch (const PowerCut&) {
        cut = true;
      }
      flash().boot();
      if (flash().running == 1) ASSERT_EQ(flash().image[1].substr(0, image.size()), image) << cut_at;
    }
    ASSERT_TRUE(done) << "cut at change " << cut_at;
    ASSERT_EQ(flash().state[1], ESP_OTA_IMG_VALID) << cut_at;
    ASSERT_EQ(flash().programmed_twice, 0) << cut_at;
    ASSERT_EQ(OtaSlots().facts().security, 2U) << cut_at;
  }
  EXPECT_GT(cut_at, 15);
}

}  // namespace
}  // namespace heliograph::firmware
