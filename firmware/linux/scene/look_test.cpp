#include "firmware/linux/scene/look.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::firmware::scene {
namespace {

using Pixels = std::vector<std::uint8_t>;
using testing::ElementsAre;

Pixels seen(const Look& look, Pixels pixels = {200, 100, 50}) {
  apply(look, pixels);
  return pixels;
}

TEST(Look, LeavesAPictureAsItIsUnlessItIsTold) {
  EXPECT_TRUE(Look{}.is_plain());
  Pixels all(3 * 256);
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<std::uint8_t>(i / 3);
  EXPECT_EQ(seen({}, all), all);
}

TEST(Look, DoesWhatASensorsProcessorDoes) {
  Look look;
  look.gain = 2;
  EXPECT_THAT(seen(look), ElementsAre(255, 200, 100));
  look = {};
  look.brightness = 20;
  EXPECT_THAT(seen(look), ElementsAre(220, 120, 70));
  look = {};
  look.contrast = 0;
  EXPECT_THAT(seen(look), ElementsAre(128, 128, 128));
  look = {};
  look.saturation = 0;
  const Pixels grey = seen(look);
  EXPECT_EQ(grey[0], grey[1]);
  EXPECT_EQ(grey[1], grey[2]);
  look = {};
  look.red = 0.5F;
  EXPECT_THAT(seen(look), ElementsAre(100, 100, 50));
  look = {};
  look.grain = 30;
  EXPECT_NE(seen(look, Pixels(300, 100)), Pixels(300, 100));
}

TEST(Look, HasTheEffectsOfTheSensor) {
  const auto with = [](Effect effect) {
    Look look;
    look.effect = effect;
    return seen(look);
  };
  EXPECT_THAT(with(Effect::negative), ElementsAre(55, 155, 205));
  EXPECT_THAT(with(Effect::black_and_white), ElementsAre(124, 124, 124));
  const Pixels sepia = with(Effect::sepia);
  EXPECT_GT(sepia[0], sepia[1]);
  EXPECT_GT(sepia[1], sepia[2]);
  EXPECT_GT(with(Effect::redish)[0], with(Effect::redish)[1]);
  EXPECT_GT(with(Effect::greenish)[1], with(Effect::greenish)[0]);
  EXPECT_GT(with(Effect::blueish)[2], with(Effect::blueish)[0]);
  EXPECT_GT(with(Effect::yellowish)[1], with(Effect::yellowish)[2]);
}

// Three pixels wide, two high, each of one number.
TEST(Turned, GoesToTheRight) {
  const auto picture = [](std::initializer_list<std::uint8_t> numbers) {
    Pixels pixels;
    for (const std::uint8_t number : numbers) pixels.insert(pixels.end(), 3, number);
    return pixels;
  };
  const Pixels upright = picture({1, 2, 3, 4, 5, 6});
  EXPECT_EQ(turned(upright, 3, 2, 0), upright);
  EXPECT_EQ(turned(upright, 3, 2, 1), picture({4, 1, 5, 2, 6, 3}));
  EXPECT_EQ(turned(upright, 3, 2, 2), picture({6, 5, 4, 3, 2, 1}));
  EXPECT_EQ(turned(upright, 3, 2, 3), picture({3, 6, 2, 5, 1, 4}));
}

}  // namespace
}  // namespace heliograph::firmware::scene
