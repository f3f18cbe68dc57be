#include "server/jobs/retention_work.hpp"

#include "server/jobs/jobs_fixture.hpp"
#include "server/jobs/removing.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::jobs {
namespace {

using catalog::FiledImage;
using std::chrono::hours;
using testing::IsEmpty;

constexpr hours day{24};

class RetentionWork : public JobsFixture {
 protected:
  // An image of that age, of bytes that no other has, with its thumbnail.
  FiledImage add(std::chrono::milliseconds ago) {
    bytes_.push_back(static_cast<std::uint8_t>(bytes_.size()));
    const FiledImage image = add_image(bytes_, ago);
    EXPECT_TRUE(store_->replace(thumbnail_of(image), bytes_));
    return image;
  }

  static std::string key_of(const FiledImage& filed) {
    return store::image_key(filed.folder, {filed.image.captured_at, filed.image.id});
  }
  static std::string thumbnail_of(const FiledImage& filed) {
    return store::thumbnail_key(filed.folder, {filed.image.captured_at, filed.image.id});
  }
  // Row, file and thumbnail; or none of them.
  bool is_there(const FiledImage& filed) {
    const bool row = catalog_->image(filed.image.id).has_value();
    EXPECT_EQ(std::filesystem::exists(store_->path_of(key_of(filed))), row);
    EXPECT_EQ(std::filesystem::exists(store_->path_of(thumbnail_of(filed))), row);
    return row;
  }

  RetentionSummary run(const RetentionHooks& hooks = {}) {
    return run_retention(*store_, *catalog_, read_policy(*catalog_, now).value(), log_, hooks).value();
  }

  std::vector<std::uint8_t> bytes_{1, 2, 3};
};

TEST_F(RetentionWork, RemovesRowsFilesAndThumbnailsAndNothingElse) {
  const auto old = add(31 * day);
  const auto starred = add(32 * day);
  const auto young = add(29 * day);
  ASSERT_TRUE(catalog_->set_starred(starred.image.id, true));
  ASSERT_TRUE(catalog_->set_retention(CameraId{}, {.keep_days = 30}));

  const auto would = preview_retention(*catalog_, read_policy(*catalog_, now).value()).value();
  EXPECT_TRUE(is_there(old)) << "looking removes nothing";
  const auto went = run();
  EXPECT_EQ(went.total,
            (RetentionSummary::Sum{1, old.image.size_bytes, old.image.captured_at, old.image.captured_at}));
  EXPECT_EQ(would.total, went.total);
  EXPECT_EQ(would.cameras, went.cameras);
  EXPECT_EQ(would.reasons, went.reasons);
  EXPECT_FALSE(is_there(old));
  EXPECT_TRUE(is_there(starred));
  EXPECT_TRUE(is_there(young));
  EXPECT_THAT(catalog_->removals(10).value(), IsEmpty());
  EXPECT_EQ(run().total.images, 0);
}

TEST_F(RetentionWork, FilesThatAreGoneAlreadyAreNoFault) {
  const auto old = add(31 * day);
  ASSERT_TRUE(store_->remove(key_of(old)));
  ASSERT_TRUE(store_->remove(thumbnail_of(old)));
  ASSERT_TRUE(catalog_->set_retention(CameraId{}, {.keep_days = 30}));
  EXPECT_EQ(run().total.images, 1);
  EXPECT_FALSE(is_there(old));
}

TEST_F(RetentionWork, FinishesWhatACrashLeft) {
  const auto left = add(5 * day);
  ASSERT_TRUE(catalog_->remove_images(std::vector{left.image.id}));  // and then the power went
  ASSERT_TRUE(std::filesystem::exists(store_->path_of(key_of(left))));
  EXPECT_EQ(run().total.images, 0) << "that was the work of another day";
  EXPECT_FALSE(is_there(left));
  EXPECT_THAT(catalog_->removals(10).value(), IsEmpty());
}

TEST_F(RetentionWork, AFileThatCannotBeRemovedStaysOnTheListAndStopsNothingElse) {
  const auto stuck = add(31 * day);
  const auto other = add(32 * day);
  // A directory cannot be unlinked.
  ASSERT_TRUE(store_->remove(key_of(stuck)));
  std::filesystem::create_directory(store_->path_of(key_of(stuck)));
  ASSERT_TRUE(catalog_->set_retention(CameraId{}, {.keep_days = 30}));
  for (int pass = 0; pass < 2; ++pass) {
    run();
    EXPECT_FALSE(is_there(other));
    const auto listed = catalog_->removals(10).value();
    ASSERT_EQ(listed.size(), 1U);
    EXPECT_EQ(listed[0].id, stuck.image.id);
  }
  std::filesystem::remove(store_->path_of(key_of(stuck)));
  run();
  EXPECT_FALSE(is_there(stuck));
  EXPECT_THAT(catalog_->removals(10).value(), IsEmpty());
}

TEST_F(RetentionWork, StopsBetweenChunks) {
  for (std::size_t n = 0; n <= removal_chunk; ++n) add(31 * day);
  ASSERT_TRUE(catalog_->set_retention(CameraId{}, {.keep_days = 30}));
  int chunks = 0;
  RetentionHooks hooks;
  hooks.removed = [&](const auto& sum, auto) {
    ++chunks;
    EXPECT_EQ(sum.images, static_cast<std::int64_t>(removal_chunk));
  };
  hooks.stopping = [&] { return chunks > 0; };
  EXPECT_EQ(run(hooks).total.images, static_cast<std::int64_t>(removal_chunk));
  EXPECT_EQ(chunks, 1);
  EXPECT_EQ(run().total.images, 1);
}

}  // namespace
}  // namespace heliograph::jobs
