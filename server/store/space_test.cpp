#include "server/store/space.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::store {
namespace {

constexpr std::uint64_t mib = 1024ULL * 1024;
constexpr std::uint64_t gib = 1024 * mib;

TEST(Watermarks, FollowFromTheDiskUnlessTheyAreSet) {
  const struct {
    const char* what;
    std::uint64_t disk;
    WatermarkSettings settings;
    Watermarks marks;
  } table[] = {
      {"a small disk", 100 * mib, {}, {16 * mib, 8 * mib}},
      {"a card", 32 * gib, {}, {32 * gib / 10, 32 * gib / 50}},
      {"a large disk", 4096 * gib, {}, {20 * gib, 1 * gib}},
      {"set", gib, {.low_bytes = 5, .reserve_bytes = 3}, {5, 3}},
      {"a large reserve", 32 * gib, {.reserve_bytes = 4 * gib}, {8 * gib, 4 * gib}},
      {"a low mark below the reserve", gib, {.low_bytes = 3, .reserve_bytes = 5}, {5, 5}},
      {"no reserve", gib, {.low_bytes = 0, .reserve_bytes = 0}, {0, 0}},
  };
  for (const auto& row : table) EXPECT_EQ(watermarks_for(row.disk, row.settings), row.marks) << row.what;
}

TEST(Space, IsJudgedByWhatIsLeftAfterAllPromises) {
  const Watermarks marks{.low_bytes = 100, .reserve_bytes = 50};
  EXPECT_EQ(judge_space(100, 0, marks), SpaceLevel::plenty);
  EXPECT_EQ(judge_space(99, 0, marks), SpaceLevel::low);
  EXPECT_EQ(judge_space(150, 51, marks), SpaceLevel::low);
  EXPECT_EQ(judge_space(50, 0, marks), SpaceLevel::low);
  EXPECT_EQ(judge_space(49, 0, marks), SpaceLevel::reserve);
  EXPECT_EQ(judge_space(1000, 951, marks), SpaceLevel::reserve);
  EXPECT_EQ(judge_space(10, 20, marks), SpaceLevel::reserve) << "promises beyond what is free";
}

class SpaceWatchTest : public testing::Test {
 protected:
  Result<ImageStore::Space> space_ = ImageStore::Space{.free_bytes = 1000, .total_bytes = 10'000};
  int asked_ = 0;
  ManualClock clock_{from_ms(0)};
  SpaceWatch watch_{[this] {
                      ++asked_;
                      return space_;
                    },
                    clock_,
                    {.low_bytes = 500, .reserve_bytes = 100}};
};

TEST_F(SpaceWatchTest, LooksAnewAfterAWriteMetAFullDisk) {
  auto room = watch_.reserve(10);
  ASSERT_TRUE(room);
  EXPECT_EQ(asked_, 1);
  space_->free_bytes = 50;
  EXPECT_TRUE(watch_.reserve(10)) << "nobody knows yet";
  room->ran_out();
  EXPECT_FALSE(watch_.reserve(10));
  EXPECT_FALSE(watch_.look()->takes_pictures);
  const Room none;
  none.ran_out();
}

TEST_F(SpaceWatchTest, KeepsRoomForUploadsInHand) {
  auto first = watch_.reserve(450);
  auto second = watch_.reserve(450);
  ASSERT_TRUE(first && second) << "exactly the reserve is left";
  const auto refused = watch_.reserve(1);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::storage_full);
  {
    const Room ended = std::move(*first);  // came to nothing, or is on the disk
  }
  EXPECT_EQ(watch_.look()->level, SpaceLevel::low) << "what it wrote is not seen yet";
  clock_.advance(space_look_interval);
  EXPECT_EQ(watch_.look()->level, SpaceLevel::plenty) << "it wrote nothing, the filesystem says";
  EXPECT_TRUE(watch_.reserve(450));
}

TEST_F(SpaceWatchTest, DoesNotAskForEachUpload) {
  for (int i = 0; i < 100; ++i) ASSERT_TRUE(watch_.reserve(1));
  EXPECT_EQ(asked_, 1);
  clock_.advance(space_look_interval);
  ASSERT_TRUE(watch_.reserve(1));
  EXPECT_EQ(asked_, 2);
  EXPECT_EQ(watch_.look()->space.free_bytes, 1000U);
  EXPECT_EQ(asked_, 2);
}

TEST_F(SpaceWatchTest, AsksAgainBeforeItRefuses) {
  space_->free_bytes = 50;
  EXPECT_FALSE(watch_.reserve(1));
  EXPECT_EQ(watch_.look()->level, SpaceLevel::reserve);
  space_->free_bytes = 1000;
  EXPECT_TRUE(watch_.reserve(1)) << "the owner made room a moment ago";
  EXPECT_EQ(watch_.look()->level, SpaceLevel::plenty);
}

TEST_F(SpaceWatchTest, AnUploadThatDoesNotSayItsSizeGetsRoomForALargeOne) {
  EXPECT_FALSE(watch_.reserve(std::nullopt));
  space_->free_bytes = unannounced_bytes + 100;
  EXPECT_TRUE(watch_.reserve(std::nullopt));
}

TEST_F(SpaceWatchTest, AFilesystemThatDoesNotAnswerIsNotFull) {
  space_ = Error{ErrorKind::internal, "no answer"};
  EXPECT_TRUE(watch_.reserve(1'000'000));
  EXPECT_EQ(watch_.look().error().kind, ErrorKind::internal);
}

}  // namespace
}  // namespace heliograph::store
