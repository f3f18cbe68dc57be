#include "firmware/linux/linux_board.hpp"

#include "firmware/core/platform/fake_clock.hpp"
#include "firmware/core/platform/fake_log.hpp"

#include <string>
#include <turbojpeg.h>

#include <boost/json.hpp>
#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

SceneOptions small() {
  SceneOptions options;
  options.width = 160;
  options.height = 120;
  return options;
}

struct Seen {
  int width = 0;
  int height = 0;
  double red = 0;  // of all pixels on average, 0 to 255
  double green = 0;
  double blue = 0;
};

Seen look_at(SceneSource& source) {
  std::vector<std::uint8_t> jpeg(4'000'000);
  Frame frame;
  EXPECT_EQ(source.capture(jpeg.data(), jpeg.size(), 0, frame), CaptureStatus::ok) << source.error_text();
  Seen seen;
  tjhandle decoder = tjInitDecompress();
  tjDecompressHeader(decoder, jpeg.data(), frame.size, &seen.width, &seen.height);
  std::vector<std::uint8_t> pixels(3 * static_cast<std::size_t>(seen.width * seen.height));
  tjDecompress2(decoder, jpeg.data(), frame.size, pixels.data(), seen.width, 0, seen.height, TJPF_RGB, 0);
  tjDestroy(decoder);
  double* const channels[] = {&seen.red, &seen.green, &seen.blue};
  for (std::size_t i = 0; i < pixels.size(); ++i) *channels[i % 3] += pixels[i];
  for (double* channel : channels) *channel /= static_cast<double>(pixels.size()) / 3;
  return seen;
}

struct DrawnCamera {
  DrawnCamera() {
    clock.wall_offset_ms = 1'795'345'200'000;  // 2026-11-22T11:00:00Z
  }
  FakeClock clock;
  FakeLog log;
  SceneSource scene{clock, small()};
  LinuxBoard board{&scene, small(), log, false};
};

TEST(LinuxBoard, WhatIsSetIsSeen) {
  DrawnCamera camera;
  const Seen plain = look_at(camera.scene);
  EXPECT_EQ(plain.width, 160);
  ImageSettings settings;
  settings.rotation = 90;
  settings.effect.append("blueish");
  settings.exposure_bias = -1;
  EXPECT_EQ(camera.board.apply(settings).view(), "");
  const Seen seen = look_at(camera.scene);
  EXPECT_EQ(seen.width, 120);
  EXPECT_EQ(seen.height, 160);
  EXPECT_GT(seen.blue, 1.3 * seen.red);
  EXPECT_LT(seen.green, 0.7 * plain.green);
  settings = {};
  settings.resolution.append("640x480");
  EXPECT_EQ(camera.board.apply(settings).view(), "");
  EXPECT_EQ(look_at(camera.scene).width, 640);
}

TEST(LinuxBoard, ByHandCountsOnlyWhatIsNotLeftToTheCamera) {
  DrawnCamera camera;
  const double plain = look_at(camera.scene).green;
  ImageSettings settings;
  settings.exposure_lines = 200;
  camera.board.apply(settings);
  EXPECT_NEAR(look_at(camera.scene).green, plain, 2);
  settings.auto_exposure = false;
  camera.board.apply(settings);
  EXPECT_LT(look_at(camera.scene).green, 0.3 * plain);
  settings.auto_iso = false;
  settings.iso_gain = 500;
  camera.board.apply(settings);
  EXPECT_NEAR(look_at(camera.scene).green, plain, 8);
}

TEST(LinuxBoard, WhoWatchesLiveSeesTheSame) {
  DrawnCamera camera;
  SceneSource live(camera.clock, small());
  std::optional<LiveLimits> limited;
  camera.board.shows_live(&live, [&limited](const LiveLimits& limits) { limited = limits; });
  ImageSettings settings;
  settings.rotation = 270;
  camera.board.apply(settings);
  EXPECT_EQ(look_at(live).width, 120);
  camera.board.limit_live({3, {}, false, true});
  ASSERT_TRUE(limited);
  EXPECT_EQ(limited->max_fps, 3);
  EXPECT_FALSE(limited->linked);
}

TEST(LinuxBoard, RefusesWhatItCannotDraw) {
  DrawnCamera camera;
  const auto complaint = [&camera](const char* word, ImageWord ImageSettings::* member) {
    ImageSettings settings;
    (settings.*member).append(word);
    return std::string(camera.board.apply(settings).view());
  };
  EXPECT_EQ(complaint("1x1", &ImageSettings::resolution), "`resolution` is none of this camera's");
  EXPECT_EQ(complaint("vivid", &ImageSettings::effect), "`effect` is none of this camera's");
  EXPECT_EQ(complaint("moonlit", &ImageSettings::white_balance), "`white_balance` is none of this camera's");
  ImageSettings settings;
  settings.sharpness = 3;
  EXPECT_FALSE(camera.board.apply(settings).empty());
  EXPECT_EQ(look_at(camera.scene).width, 160);  // and nothing has changed
}

TEST(LinuxBoard, APictureOfAFolderIsAsItIs) {
  FakeLog log;
  LinuxBoard board(nullptr, small(), log, false);
  EXPECT_TRUE(board.apply({}).empty());
  ImageSettings settings;
  settings.rotation = 90;
  EXPECT_EQ(board.apply(settings).view(), "the pictures of a folder or a webcam are as they are");
}

TEST(LinuxBoard, SaysWhatItIsInJson) {
  DrawnCamera camera;
  FakeLog log;
  const LinuxBoard folder(nullptr, small(), log, false);
  const LinuxBoard* const boards[] = {&camera.board, &folder};
  for (const LinuxBoard* board : boards) {
    const std::string_view text = board->facts().capabilities;
    EXPECT_LE(text.size(), 1'024U);  // of a heartbeat's 2,048
    EXPECT_NO_THROW(boost::json::parse({text.data(), text.size()})) << text;
  }
  protocol::Telemetry telemetry;
  camera.board.measure(telemetry);
  EXPECT_GT(telemetry.heap_bytes.value_or(0), 0);
}

}  // namespace
}  // namespace heliograph::firmware
