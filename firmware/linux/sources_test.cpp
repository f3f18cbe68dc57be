#include "firmware/core/jpeg_check.hpp"
#include "firmware/core/platform/fake_clock.hpp"
#include "firmware/linux/folder_source.hpp"
#include "firmware/linux/posix_clock.hpp"
#include "firmware/linux/scene_source.hpp"
#include "firmware/linux/v4l2_source.hpp"
#include "protocol/upload.hpp"
#include "tests/support/temporary_directory.hpp"

#include <fcntl.h>
#include <string>
#include <sys/stat.h>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

using ::testing::HasSubstr;

struct Taken {
  CaptureStatus status;
  std::string picture;
  Frame frame;
  std::string boot;
};

Taken take(FrameSource& source, std::size_t capacity = 5'000'000) {
  std::vector<std::uint8_t> buffer(capacity);
  Taken taken;
  taken.status = source.capture(buffer.data(), buffer.size(), 0, taken.frame);
  taken.picture.assign(reinterpret_cast<const char*>(buffer.data()), taken.frame.size);
  if (taken.frame.name) taken.boot = taken.frame.name->boot;
  return taken;
}

template <class Source, class... Arguments>
std::string failure(Arguments&&... arguments) {
  try {
    Source source(std::forward<Arguments>(arguments)...);
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "it worked";
}

TEST(FolderSource, ImportsEveryPictureOnceInOrderOfNames) {
  TemporaryDirectory folder;
  folder.write("b.JPEG", "two");
  folder.write("a.jpg", "one");
  folder.write("notes.txt", "not a picture");
  folder.write("below/c.jpg", "not of this folder");
  FolderSource source(folder.path(), FolderMode::import);
  const Taken first = take(source);
  EXPECT_EQ(first.picture, "one");
  EXPECT_EQ(first.frame.label, "a.jpg");
  EXPECT_EQ(take(source).picture, "two");
  EXPECT_EQ(take(source).status, CaptureStatus::exhausted);
}

TEST(FolderSource, NamesAPictureByItsContent) {
  TemporaryDirectory folder;
  folder.write("a.jpg", "same");
  folder.write("b.jpg", "same");
  folder.write("c.jpg", "other");
  FolderSource source(folder.path(), FolderMode::import);
  const Taken first = take(source);
  const Taken repeat = take(source);
  EXPECT_EQ(first.boot, "f-0967115f2813a3541eaef77de9d9d577");
  EXPECT_EQ(repeat.boot, first.boot);
  EXPECT_EQ(repeat.frame.name->sequence, first.frame.name->sequence);
  EXPECT_NE(take(source).boot, first.boot);
  EXPECT_TRUE(protocol::boot_id_valid(first.boot));
}

TEST(FolderSource, DatesAPictureByItsFile) {
  TemporaryDirectory folder;
  const auto path = folder.write("a.jpg", "one");
  const timespec times[] = {{1'700'000'000, 0}, {1'700'000'000, 123'000'000}};
  ::utimensat(AT_FDCWD, path.c_str(), times, 0);
  FolderSource source(folder.path(), FolderMode::import);
  EXPECT_EQ(take(source).frame.captured_at_ms, 1'700'000'000'123);
}

TEST(FolderSource, PlaysTheSamePicturesAsNewOnesInALoop) {
  TemporaryDirectory folder;
  folder.write("a.jpg", "one");
  FolderSource source(folder.path(), FolderMode::loop);
  for (int i = 0; i < 3; ++i) {
    const Taken taken = take(source);
    EXPECT_EQ(taken.picture, "one");
    EXPECT_FALSE(taken.frame.name);
    EXPECT_FALSE(taken.frame.captured_at_ms);
  }
}

TEST(FolderSource, SaysWhichFileItCannotSendAndGoesOn) {
  TemporaryDirectory folder;
  folder.write("a.jpg", std::string(1'000, 'x'));
  folder.write("b.jpg", "small");
  FolderSource source(folder.path(), FolderMode::import);
  EXPECT_EQ(take(source, 999).status, CaptureStatus::failed);
  EXPECT_EQ(source.error_text(), "a.jpg: has 1000 bytes; more than 999 cannot be sent");
  EXPECT_EQ(take(source, 999).picture, "small");
}

TEST(FolderSource, SaysWhyItCannotStart) {
  TemporaryDirectory folder;
  EXPECT_THAT(failure<FolderSource>(folder.path(), FolderMode::import),
              HasSubstr("holds no .jpg or .jpeg file"));
  EXPECT_THAT(failure<FolderSource>(folder.path() / "none", FolderMode::import), HasSubstr("No such file"));
}

// What can be shown without a camera; the rest is for a machine that has one.
TEST(V4l2Source, SaysWhyItCannotStart) {
  PosixClock clock;
  EXPECT_EQ(failure<V4l2Source>(clock, "/dev/video-none", 640, 480),
            "/dev/video-none: No such file or directory");
  EXPECT_EQ(failure<V4l2Source>(clock, "/dev/null", 640, 480), "/dev/null is not a camera");
}

SceneOptions small_scene(std::uint32_t seed = 1) {
  SceneOptions options;
  options.seed = seed;
  options.width = 160;
  options.height = 120;
  return options;
}

// 2026-11-22 12:00:00 UTC.
constexpr std::int64_t noon_ms = 1'795'348'800'000;

FakeClock clock_at(std::int64_t wall_ms) {
  FakeClock clock;
  clock.wall_offset_ms = wall_ms - clock.now_ms;
  return clock;
}

TEST(SceneSource, GivesAWholeJpegWithTelemetry) {
  const FakeClock clock = clock_at(noon_ms);
  SceneSource source(clock, small_scene());
  const Taken taken = take(source);
  ASSERT_EQ(taken.status, CaptureStatus::ok);
  EXPECT_GT(
      check_jpeg(reinterpret_cast<const std::uint8_t*>(taken.picture.data()), taken.picture.size()).size,
      2'000U);
  char text[protocol::max_telemetry_length];
  const std::size_t size = protocol::encode_telemetry(taken.frame.telemetry, text, sizeof text);
  EXPECT_THAT(std::string(text, size), HasSubstr("battery_mv="));
  EXPECT_THAT(std::string(text, size), HasSubstr("lat_e7=46"));
}

TEST(SceneSource, IsTheSameForTheSameSeedAndTime) {
  const FakeClock clock = clock_at(noon_ms);
  SceneSource first(clock, small_scene());
  SceneSource second(clock, small_scene());
  EXPECT_EQ(take(first).picture, take(second).picture);
}

TEST(SceneSource, IsAnotherForEachSeed) {
  const FakeClock clock = clock_at(noon_ms);
  SceneSource first(clock, small_scene(1));
  SceneSource second(clock, small_scene(2));
  EXPECT_NE(take(first).picture, take(second).picture);
}

TEST(SceneSource, NeverStandsStill) {
  FakeClock clock = clock_at(noon_ms);
  SceneSource source(clock, small_scene());
  const std::string before = take(source).picture;
  clock.now_ms += 200;
  EXPECT_NE(take(source).picture, before);
}

TEST(SceneSource, IsDrawnAsItIsWanted) {
  struct Case {
    FrameWish wish;
    int width;
    int height;
  };
  PosixClock clock;
  SceneOptions options;
  options.width = 160;
  options.height = 120;
  SceneSource source(clock, options);
  std::vector<std::uint8_t> out(SceneSource::max_picture_size(options));
  for (const Case& c :
       {Case{{80, 0}, 80, 60}, Case{{4000, 0}, 160, 120}, Case{{1, 0}, 64, 48}, Case{{}, 160, 120}}) {
    source.prefer(c.wish);
    Frame frame;
    ASSERT_EQ(source.capture(out.data(), out.size(), 0, frame), CaptureStatus::ok);
    int width = 0;
    int height = 0;
    const std::unique_ptr<void, decltype(&tjDestroy)> jpeg(tjInitDecompress(), &tjDestroy);
    ASSERT_EQ(tjDecompressHeader(jpeg.get(), out.data(), frame.size, &width, &height), 0);
    EXPECT_EQ(width, c.width) << c.wish.width;
    EXPECT_EQ(height, c.height) << c.wish.width;
  }
  Frame coarse;
  Frame fine;
  source.prefer({0, 20});
  ASSERT_EQ(source.capture(out.data(), out.size(), 0, coarse), CaptureStatus::ok);
  source.prefer({0, 90});
  ASSERT_EQ(source.capture(out.data(), out.size(), 0, fine), CaptureStatus::ok);
  EXPECT_LT(coarse.size * 2, fine.size);
}

TEST(SceneSource, RefusesMemoryThatMightNotDo) {
  const FakeClock clock = clock_at(noon_ms);
  SceneSource source(clock, small_scene());
  EXPECT_EQ(take(source, 1'000).status, CaptureStatus::failed);
}

double brightness(scene::Scene& scene, float hour) {
  double sum = 0;
  const auto& pixels = scene.draw({1'000, hour, ""});
  for (const std::uint8_t value : pixels) sum += value;
  return sum / static_cast<double>(pixels.size());
}

TEST(Scene, IsBrightByDayAndDarkByNight) {
  for (std::uint32_t seed = 0; seed < 8; ++seed) {
    scene::Scene scene(seed, 160, 120);
    const double noon = brightness(scene, 12);
    EXPECT_GT(noon, 90);
    EXPECT_LT(brightness(scene, 0), noon / 2);
    EXPECT_LT(brightness(scene, 6), noon);
  }
}

TEST(Scene, CanBeDrawnInEverySizeAndAtEveryHour) {
  const std::pair<int, int> sizes[] = {{64, 64}, {65, 301}, {640, 64}};
  for (const auto& [width, height] : sizes) {
    scene::Scene scene(7, width, height);
    for (float hour = 0; hour < 24; hour += 0.75F) {
      EXPECT_EQ(scene.draw({1e9 + hour, hour, "2026-11-22 #7"}).size(),
                static_cast<std::size_t>(width * height * 3));
    }
  }
}

}  // namespace
}  // namespace heliograph::firmware
