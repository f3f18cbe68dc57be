#include "server/media/thumbnail.hpp"

#include "server/media/jpeg.hpp"
#include "tests/support/jpeg_fixtures.hpp"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include <gtest/gtest.h>

namespace heliograph::media {
namespace {

using fixtures::Bytes;
using fixtures::Channels;
using fixtures::Coding;
using fixtures::Colour;
using fixtures::Picture;
using fixtures::Pixels;

Pixels thumbnail_of(const Bytes& jpeg) {
  const auto thumbnail = make_thumbnail(jpeg);
  if (!thumbnail) {
    ADD_FAILURE() << thumbnail.error().detail;
    return {};
  }
  EXPECT_TRUE(inspect_jpeg(thumbnail->jpeg));
  return fixtures::decode_jpeg(thumbnail->jpeg);
}

void expect_near(Colour a, Colour b) {
  constexpr int tolerance = 3;  // of 255: two rounds of compression
  EXPECT_LE(std::abs(a.red - b.red), tolerance);
  EXPECT_LE(std::abs(a.green - b.green), tolerance);
  EXPECT_LE(std::abs(a.blue - b.blue), tolerance);
}

void expect_refused(const Bytes& jpeg) {
  const auto thumbnail = make_thumbnail(jpeg);
  ASSERT_FALSE(thumbnail);
  EXPECT_EQ(thumbnail.error().kind, ErrorKind::unprocessable);
  EXPECT_FALSE(thumbnail.error().detail.empty());
}

TEST(Thumbnail, FitsAndKeepsProportions) {
  struct Case {
    int width, height, thumbnail_width, thumbnail_height;
  };
  for (const Case& c : {Case{1600, 1200, 480, 360},
                        {1200, 1600, 360, 480},
                        {2048, 1536, 480, 360},
                        {1000, 1000, 480, 480},
                        {481, 333, 480, 332},
                        {960, 7, 480, 4},
                        {4000, 3, 480, 1}}) {
    const Pixels seen = thumbnail_of(fixtures::make_jpeg({.width = c.width, .height = c.height}));
    EXPECT_EQ(seen.width, c.thumbnail_width) << c.width << "×" << c.height;
    EXPECT_NEAR(seen.height, c.thumbnail_height, 1) << c.width << "×" << c.height;
  }
}

TEST(Thumbnail, IsNeverEnlarged) {
  for (const auto& [width, height] : {std::pair{480, 480}, {320, 240}, {17, 480}, {1, 1}}) {
    const Pixels seen = thumbnail_of(fixtures::make_jpeg({.width = width, .height = height}));
    EXPECT_EQ(seen.width, width);
    EXPECT_EQ(seen.height, height);
  }
}

TEST(Thumbnail, KeepsTheColours) {
  for (const Colour colour : {Colour{200, 30, 30}, {30, 160, 60}, {0, 0, 0}, {255, 255, 255}}) {
    expect_near(thumbnail_of(fixtures::make_plain_jpeg(1111, 777, colour)).mean, colour);
  }
  for (const auto coding : {Coding::baseline, Coding::progressive}) {
    for (const auto channels : {Channels::colour, Channels::grey}) {
      const Picture picture{.width = 1600, .height = 1200, .coding = coding, .channels = channels};
      const Bytes jpeg = fixtures::make_jpeg(picture);
      expect_near(thumbnail_of(jpeg).mean, fixtures::decode_jpeg(jpeg).mean);
    }
  }
}

TEST(Thumbnail, IsTheSameEveryTime) {
  const Bytes jpeg = fixtures::make_jpeg({.width = 1600, .height = 1200});
  EXPECT_TRUE(make_thumbnail(jpeg) == make_thumbnail(jpeg));
}

TEST(Thumbnail, IsMadeOfWhatCanBeSeenOfADamagedPicture) {
  const Bytes jpeg = fixtures::make_jpeg({.width = 1600, .height = 1200});
  Bytes cut(jpeg.begin(), jpeg.begin() + static_cast<std::ptrdiff_t>(jpeg.size() / 2));
  EXPECT_EQ(thumbnail_of(cut).width, 480);
  Bytes spoilt = jpeg;
  for (std::size_t i = jpeg.size() / 2; i < jpeg.size() / 2 + 200; ++i) spoilt[i] = 0x55;
  EXPECT_EQ(thumbnail_of(spoilt).width, 480);
  EXPECT_EQ(thumbnail_of(fixtures::zero_padded(jpeg, 2000)).width, 480);
}

TEST(Thumbnail, RefusesWhatIsNoPicture) {
  expect_refused({});
  expect_refused(Bytes(1000));
  expect_refused(fixtures::make_noise(100'000, 1));
  expect_refused({0xFF, 0xD8, 0xFF, 0xD9});
  expect_refused(fixtures::make_jpeg({.channels = Channels::cmyk}));
}

TEST(Thumbnail, RefusesWhatIsTooLargeBeforeItDecodes) {
  Bytes jpeg = fixtures::make_jpeg({.width = 16, .height = 16});
  const std::uint8_t frame_header[] = {0xFF, 0xC0};
  const auto frame = std::search(jpeg.begin(), jpeg.end(), std::begin(frame_header), std::end(frame_header));
  ASSERT_NE(frame, jpeg.end());
  std::fill(frame + 5, frame + 9, std::uint8_t{0xFF});  // 65,535 × 65,535 pixels: 12 GB decoded
  expect_refused(jpeg);
}

}  // namespace
}  // namespace heliograph::media
