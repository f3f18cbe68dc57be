#include "server/media/raster.hpp"

#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::media {
namespace {

using testing::ElementsAre;

Raster raster_of(Size size, int channels, std::vector<std::uint8_t> samples) {
  Raster raster(size, channels);
  EXPECT_EQ(samples.size(), raster.samples.size());
  raster.samples = std::move(samples);
  return raster;
}

TEST(FitWithin, KeepsProportionsAndNeverEnlarges) {
  EXPECT_EQ(fit_within({1600, 1200}, 480), (Size{480, 360}));
  EXPECT_EQ(fit_within({1200, 1600}, 480), (Size{360, 480}));
  EXPECT_EQ(fit_within({480, 480}, 480), (Size{480, 480}));
  EXPECT_EQ(fit_within({320, 240}, 480), (Size{320, 240}));
  EXPECT_EQ(fit_within({481, 2}, 480), (Size{480, 2}));
  EXPECT_EQ(fit_within({16384, 1}, 480), (Size{480, 1}));
}

TEST(Shrink, TakesTheMeanOfWholePixels) {
  const Raster raster = raster_of({4, 2}, 1, {0, 10, 100, 101, 20, 30, 102, 103});
  EXPECT_THAT(shrink(raster, {2, 1}).samples, ElementsAre(15, 102));  // 101.5 is rounded up
}

TEST(Shrink, SharesPixelsThatTwoTargetsCover) {
  EXPECT_THAT(shrink(raster_of({3, 1}, 1, {0, 90, 240}), {2, 1}).samples, ElementsAre(30, 190));
  EXPECT_THAT(shrink(raster_of({1, 3}, 1, {0, 90, 240}), {1, 2}).samples, ElementsAre(30, 190));
}

TEST(Shrink, KeepsChannelsApart) {
  const Raster raster = raster_of({2, 2}, 3, {0, 100, 200, 10, 110, 210, 20, 120, 220, 30, 130, 230});
  EXPECT_THAT(shrink(raster, {1, 1}).samples, ElementsAre(15, 115, 215));
}

TEST(Shrink, LeavesTheSameSizeAlone) {
  const Raster raster = raster_of({2, 2}, 1, {1, 2, 3, 4});
  EXPECT_EQ(shrink(raster, {2, 2}).samples, raster.samples);
}

TEST(Shrink, KeepsAPlainAreaPlainAtAnySize) {
  Raster white({61, 47}, 1);
  white.samples.assign(white.samples.size(), 255);
  for (int width = 1; width <= 61; ++width) {
    for (int height = 1; height <= 47; height += 5) {
      const Raster shrunk = shrink(white, {width, height});
      ASSERT_EQ(shrunk.samples, std::vector<std::uint8_t>(shrunk.samples.size(), 255))
          << width << "×" << height;
    }
  }
}

TEST(Shrink, HoldsTheLargestRasterItPromises) {
  Raster white({4096, 4096}, 1);
  white.samples.assign(white.samples.size(), 255);
  EXPECT_THAT(shrink(white, {1, 1}).samples, ElementsAre(255));
}

}  // namespace
}  // namespace heliograph::media
