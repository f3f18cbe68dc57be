#include "server/media/motion.hpp"

#include "server/media/decode.hpp"
#include "tests/support/jpeg_fixtures.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace heliograph::media {
namespace {

using fixtures::Picture;

Raster scene(const Picture& picture) {
  return scene_of(decode_for(fixtures::make_jpeg(picture), scene_edge).value());
}

// A camera's first look at its place, and its second one.
Picture yard() {
  return {.width = 1024, .height = 768, .noise = 1};
}
Picture again() {
  return {.width = 1024, .height = 768, .noise = 2};
}

TEST(Scene, IsAGridOfBrightness) {
  EXPECT_EQ(scene(yard()).size, (Size{60, 45}));
  EXPECT_EQ(scene(yard()).channels, 1);
  Raster red(Size{60, 60}, 3);
  for (std::size_t i = 0; i < red.samples.size(); i += 3) red.samples[i] = 200;
  EXPECT_EQ(scene_of(red).samples, std::vector<std::uint8_t>(3600, 59));
  Raster grey(Size{60, 60}, 1);
  grey.samples.assign(3600, 77);
  EXPECT_EQ(scene_of(grey), grey);
}

TEST(Motion, IsNoneWhereTheSceneStays) {
  const auto with = [](auto change) {
    Picture picture = again();
    change(picture);
    return picture;
  };
  const struct {
    const char* what;
    Picture now;
  } table[] = {
      {"another noise", again()},
      {"a cloud", with([](Picture& now) { now.light = 0.6; })},
      {"the sun", with([](Picture& now) { now.light = 1.1; })},
      {"a coarse JPEG", with([](Picture& now) { now.quality = 25; })},
      {"progressive", with([](Picture& now) { now.coding = fixtures::Coding::progressive; })},
      {"a leaf", with([](Picture& now) { now.thing = 0.0001; })},
  };
  for (std::uint32_t seed = 1; seed <= 5; ++seed) {
    for (const auto& row : table) {
      Picture before = yard();
      Picture now = row.now;
      before.seed = now.seed = seed;
      EXPECT_EQ(motion_between(scene(before), scene(now)), 0) << row.what << ", seed " << seed;
    }
  }
}

TEST(Motion, IsTheShareThatSomethingTook) {
  for (std::uint32_t seed = 1; seed <= 5; ++seed) {
    for (const double share : {0.005, 0.02, 0.1, 0.25}) {
      for (const double light : {1.0, 0.7}) {
        Picture before = yard();
        Picture now = again();
        before.seed = now.seed = seed;
        now.thing = share;
        now.light = light;
        const auto came = motion_between(scene(before), scene(now));
        ASSERT_TRUE(came) << share << ", seed " << seed;
        // Cells at its edge are partly of it.
        EXPECT_GE(static_cast<double>(*came), share * 0.7e6) << share << ", seed " << seed;
        EXPECT_LE(static_cast<double>(*came), share * 1.5e6 + 1500) << share << ", seed " << seed;
        const auto left = motion_between(scene(now), scene(before));
        ASSERT_TRUE(left) << share << ", seed " << seed << ", light " << light;
        EXPECT_NEAR(static_cast<double>(*left), static_cast<double>(*came), share * 0.2e6);
      }
    }
  }
}

TEST(Motion, IsUnknownWhereNothingCanBeCompared) {
  const Raster day = scene(yard());
  Picture night = again();
  night.light = 0.02;
  Picture elsewhere = again();
  elsewhere.seed = 7;
  elsewhere.thing = 0.6;
  EXPECT_EQ(motion_between(day, scene(night)), std::nullopt) << "night came";
  EXPECT_EQ(motion_between(scene(night), day), std::nullopt) << "and went";
  EXPECT_EQ(motion_between(scene(night), scene(night)), std::nullopt) << "all is noise";
  EXPECT_EQ(motion_between(day, scene(elsewhere)), std::nullopt) << "somebody turned the camera";
  EXPECT_EQ(motion_between(day, scene({.width = 1280, .height = 720})), std::nullopt) << "another format";
  EXPECT_EQ(motion_between(scene({.width = 60, .height = 6}), scene({.width = 60, .height = 6})),
            std::nullopt);
  Raster negative = day;
  for (std::uint8_t& level : negative.samples) level = static_cast<std::uint8_t>(255 - level);
  EXPECT_EQ(motion_between(day, negative), std::nullopt);
  EXPECT_EQ(motion_between(Raster({0, 0}, 1), Raster({0, 0}, 1)), std::nullopt);
}

}  // namespace
}  // namespace heliograph::media
