#include "server/ingest/upload_rules.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace heliograph::ingest {
namespace {

TEST(UploadRules, RoomIsMadeOutOfTheCamerasOwn) {
  const UploadRules rules{.open_per_camera = 3, .open_bytes = 1000};
  const struct {
    const char* what;
    std::vector<std::int64_t> own;
    std::int64_t open_bytes;
    std::int64_t wanted;
    Room room;
  } table[] = {
      {"the first", {}, 0, 1000, {true, 0}},
      {"more than all", {}, 0, 1001, {false, 0}},
      {"beside its own", {10, 10}, 20, 10, {true, 0}},
      {"one too many", {10, 10, 10}, 30, 10, {true, 1}},
      {"far too many, after the rules changed", {1, 1, 1, 1, 1}, 5, 1, {true, 3}},
      {"its own bytes are in the way", {400, 500}, 900, 300, {true, 1}},
      {"all of them are", {400, 500}, 900, 1000, {true, 2}},
      {"others' are: its own are not given up for nothing", {10}, 1000, 20, {false, 0}},
  };
  for (const auto& row : table) {
    EXPECT_EQ(make_room(rules, row.own, row.open_bytes, row.wanted), row.room) << row.what;
  }
}

TEST(UploadRules, TheSweepKeepsWhatIsWaitedFor) {
  const Timestamp now = from_ms(1'000'000);
  const auto row = [&](int seconds, std::optional<ImageId> image) {
    return catalog::Upload{UploadId{1}, CameraId{1}, now,  now + std::chrono::seconds{seconds},
                           10,          "{}",        image};
  };
  EXPECT_EQ(judge(std::nullopt, now), Verdict::remove_file);
  EXPECT_EQ(judge(row(1, {}), now), Verdict::keep);
  EXPECT_EQ(judge(row(0, {}), now), Verdict::remove);
  EXPECT_EQ(judge(row(1, ImageId{5}), now), Verdict::remove_file);
  EXPECT_EQ(judge(row(-1, ImageId{5}), now), Verdict::remove);
}

}  // namespace
}  // namespace heliograph::ingest
