#include "server/jobs/runner.hpp"

#include "server/jobs/jobs_fixture.hpp"
#include "server/jobs/thumbnail_job.hpp"
#include "server/media/thumbnail.hpp"
#include "tests/support/jpeg_fixtures.hpp"

#include <filesystem>
#include <future>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::jobs {
namespace {

constexpr Timestamp now = JobsFixture::now;

TEST(Judge, SaysWhatBecomesOfAFailedJob) {
  const struct {
    ErrorKind kind;
    int attempts;
    bool finished;
    std::optional<Timestamp> retry_at;
  } table[] = {
      {ErrorKind::not_found, 1, true, {}},
      {ErrorKind::unprocessable, 1, false, {}},
      {ErrorKind::storage_full, 1, false, now + std::chrono::seconds{2}},
      {ErrorKind::internal, 5, false, now + std::chrono::seconds{32}},
      {ErrorKind::internal, max_attempts, false, {}},
  };
  for (const auto& row : table) {
    const Verdict verdict = judge({row.kind, "x"}, row.attempts, now);
    EXPECT_EQ(verdict.finished, row.finished) << to_string(row.kind);
    EXPECT_EQ(verdict.retry_at, row.retry_at) << to_string(row.kind);
  }
}

using RunnerTest = JobsFixture;

TEST_F(RunnerTest, AnImagesThumbnailIsMadeAndTold) {
  const auto image = add_image(fixtures::make_jpeg({.width = 1024, .height = 768, .seed = 1}));
  std::promise<ImageId> told;
  JobRunner runner(*store_, open_catalog(), clock_, log_,
                   {.made = [&](ImageId id, CameraId) { told.set_value(id); }});
  auto answer = told.get_future();
  ASSERT_EQ(answer.wait_for(std::chrono::seconds{20}), std::future_status::ready);
  EXPECT_EQ(answer.get(), image.image.id);
  runner.stop();
  EXPECT_TRUE(std::filesystem::exists(
      store_->path_of(store::thumbnail_key(camera_.folder, {image.image.captured_at, image.image.id}))));
  EXPECT_TRUE(catalog_->claim_jobs(now + 2 * lease, now + 3 * lease, 10)->empty()) << "the job is gone";
}

TEST_F(RunnerTest, ACameraThatSendsOneOldFrameIsFound) {
  const auto frame = fixtures::make_jpeg({.width = 640, .height = 480, .seed = 1});
  constexpr int count = 4;
  for (int i = 0; i < count; ++i) {
    clock_.advance(std::chrono::hours{25});  // byte for byte, a retry would be a repeat
    add_image(frame);
  }
  std::atomic<int> made{0};
  std::promise<void> all;
  {
    JobRunner runner(*store_, open_catalog(), clock_, log_, {.made = [&](ImageId, CameraId) {
      if (++made == count) all.set_value();
    }});
    ASSERT_EQ(all.get_future().wait_for(std::chrono::seconds{20}), std::future_status::ready);
  }
  EXPECT_EQ(catalog_->camera_record(camera_.id)->looks_alike, count - 1);
}

TEST_F(RunnerTest, WhatMovedIsFoundAndTold) {
  const auto look = [](std::uint32_t noise, double thing) {
    return fixtures::make_jpeg({.width = 640, .height = 480, .noise = noise, .thing = thing});
  };
  const auto of_yesterday = add_image(look(1, 0.1), std::chrono::hours{20});
  const auto first = add_image(look(2, 0), std::chrono::minutes{3});
  const auto nothing = add_image(look(3, 0), std::chrono::minutes{2});
  const auto something = add_image(look(4, 0.1), std::chrono::minutes{1});
  std::promise<ImageId> told;
  JobRunner runner(*store_, open_catalog(), clock_, log_,
                   {.moved = [&](ImageId id, CameraId) { told.set_value(id); }});
  auto answer = told.get_future();
  ASSERT_EQ(answer.wait_for(std::chrono::seconds{20}), std::future_status::ready);
  EXPECT_EQ(answer.get(), something.image.id);
  runner.stop();
  const auto motion = [&](const catalog::FiledImage& filed) {
    return catalog_->image(filed.image.id).value().image.motion_ppm;
  };
  EXPECT_EQ(motion(of_yesterday), std::nullopt);
  EXPECT_EQ(motion(first), std::nullopt) << "too long after the one before";
  EXPECT_EQ(motion(nothing), 0);
  EXPECT_NEAR(static_cast<double>(motion(something).value()), 100'000, 30'000);
}

TEST_F(RunnerTest, APictureThatCannotBeDecodedStopsNobodyElse) {
  add_image({0xff, 0xd8, 0xff, 0xd9});
  const auto good = add_image(fixtures::make_jpeg({.width = 640, .height = 480, .seed = 2}));
  std::promise<ImageId> told;
  JobRunner runner(*store_, open_catalog(), clock_, log_,
                   {.made = [&](ImageId id, CameraId) { told.set_value(id); }});
  auto answer = told.get_future();
  ASSERT_EQ(answer.wait_for(std::chrono::seconds{20}), std::future_status::ready);
  EXPECT_EQ(answer.get(), good.image.id);
  runner.stop();
  EXPECT_TRUE(catalog_->claim_jobs(now + 2 * lease, now + 3 * lease, 10)->empty())
      << "the bad one is never retried";
}

TEST_F(RunnerTest, PicturesThatArriveGoFirst) {
  add_image(fixtures::make_jpeg({.width = 320, .height = 240, .seed = 3}));
  std::atomic<int> asked{0};
  std::promise<int> told;
  const auto pressed_for_a_while = [&] { return ++asked <= 3; };
  JobRunner runner(
      *store_, open_catalog(), clock_, log_,
      {.made = [&](ImageId, CameraId) { told.set_value(asked); }, .pressed = pressed_for_a_while});
  auto answer = told.get_future();
  ASSERT_EQ(answer.wait_for(std::chrono::seconds{20}), std::future_status::ready);
  EXPECT_EQ(answer.get(), 4);
}

TEST_F(RunnerTest, AFloodThatNeverEndsStopsNoThumbnail) {
  add_image(fixtures::make_jpeg({.width = 320, .height = 240, .seed = 3}));
  std::promise<ImageId> told;
  JobRunner runner(
      *store_, open_catalog(), clock_, log_,
      {.made = [&](ImageId id, CameraId) { told.set_value(id); }, .pressed = [] { return true; }});
  EXPECT_EQ(told.get_future().wait_for(std::chrono::seconds{20}), std::future_status::ready);
}

TEST_F(RunnerTest, AWokenRunnerLooksAtOnce) {
  std::promise<ImageId> told;
  JobRunner runner(*store_, open_catalog(), clock_, log_,
                   {.made = [&](ImageId id, CameraId) { told.set_value(id); }});
  const auto image = add_image(fixtures::make_jpeg({.width = 320, .height = 240, .seed = 3}));
  runner.wake();
  auto answer = told.get_future();
  ASSERT_EQ(answer.wait_for(std::chrono::seconds{10}), std::future_status::ready)
      << "the sweep alone takes longer";
  EXPECT_EQ(answer.get(), image.image.id);
  runner.stop();
  EXPECT_FALSE(open_catalog().image(image.image.id).value().image.placeholder.empty());
}

TEST_F(RunnerTest, AThumbnailIsMadeAnywhereAgain) {
  const auto image = add_image(fixtures::make_jpeg({.width = 800, .height = 600, .seed = 4}));
  const auto first = make_thumbnail_file(*store_, image);
  ASSERT_TRUE(first);
  EXPECT_FALSE(first->placeholder.empty());
  ASSERT_TRUE(make_thumbnail_file(*store_, image)) << "a second time is harmless";
  ASSERT_TRUE(store_->remove(store::image_key(camera_.folder, {image.image.captured_at, image.image.id})));
  EXPECT_EQ(make_thumbnail_file(*store_, image).error().kind, ErrorKind::not_found);
}

}  // namespace
}  // namespace heliograph::jobs
