#include "server/jobs/trash.hpp"

#include "server/catalog/trash.hpp"
#include "server/jobs/jobs_fixture.hpp"
#include "server/jobs/removing.hpp"

#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::jobs {
namespace {

using std::chrono::days;
using std::chrono::hours;
using testing::IsEmpty;

constexpr Timestamp now = JobsFixture::now;

catalog::Image thrown_away(std::optional<Timestamp> at, Timestamp received_at, Timestamp captured_at) {
  catalog::Image image{};
  image.captured_at = captured_at;
  image.received_at = received_at;
  image.trashed_at = at;
  return image;
}

TEST(Trash, KeepsForItsTimeAndNoLongerThanTheRules) {
  const Timestamp old = now - days{100};
  const struct {
    const char* what;
    catalog::Image image;
    std::optional<std::int64_t> keep_days;
    bool over;
  } table[] = {
      {"not in it", thrown_away({}, old, old), {}, false},
      {"just in", thrown_away(now, old, old), {}, false},
      {"for 30 days", thrown_away(now - days{30}, old, old), {}, true},
      {"a moment less", thrown_away(now - days{30} + hours{1}, old, old), {}, false},
      {"older than its rule", thrown_away(now, old, old), 99, true},
      {"younger than its rule", thrown_away(now, old, old), 101, false},
      {"came late", thrown_away(now, now - days{1}, old), 99, false},
      {"from the future", thrown_away(now, old, now + days{1}), 99, true},
      {"came within the hour", thrown_away(now - days{30}, now - std::chrono::minutes{59}, old), 1, false},
  };
  for (const auto& row : table)
    EXPECT_EQ(is_over(row.image, days{30}, row.keep_days, now), row.over) << row.what;
}

class TrashWork : public JobsFixture {
 protected:
  catalog::FiledImage add(std::chrono::milliseconds ago) {
    bytes_.push_back(static_cast<std::uint8_t>(bytes_.size()));
    return add_image(bytes_, ago);
  }
  bool has_file(const catalog::FiledImage& filed) {
    return std::filesystem::exists(
        store_->path_of(store::image_key(filed.folder, {filed.image.captured_at, filed.image.id})));
  }
  void put(const catalog::FiledImage& filed, days ago) {
    catalog::Trash(*catalog_).put(std::vector{filed.image.id}, now - ago).value();
  }
  RetentionSummary::Sum run() {
    return remove_old_trash(*store_, *catalog_, read_policy(*catalog_, now).value(), log_, {}).value();
  }

  std::vector<std::uint8_t> bytes_{1, 2, 3};
};

TEST_F(TrashWork, RemovesRowsAndFilesOfWhatIsOver) {
  const auto over = add(days{40});
  const auto inside = add(days{41});
  const auto outside = add(days{42});
  put(over, days{31});
  put(inside, days{29});
  EXPECT_TRUE(has_file(over)) << "the file stays for as long as the trash keeps it";
  EXPECT_EQ(run().images, 1);
  EXPECT_FALSE(has_file(over));
  EXPECT_EQ(catalog_->stored_image(over.image.id).error().kind, ErrorKind::not_found);
  EXPECT_TRUE(has_file(inside));
  EXPECT_TRUE(catalog_->stored_image(inside.image.id));
  EXPECT_TRUE(catalog_->image(outside.image.id));
  EXPECT_THAT(catalog_->removals(10).value(), IsEmpty());
  EXPECT_EQ(run().images, 0);
}

TEST_F(TrashWork, RulesPassOverIt) {
  const auto trashed = add(days{40});
  put(trashed, days{1});
  ASSERT_TRUE(catalog_->set_retention(CameraId{}, {.keep_images = 1}));
  add(days{1});
  const auto went = run_retention(*store_, *catalog_, read_policy(*catalog_, now).value(), log_, {}).value();
  EXPECT_EQ(went.total.images, 0);
  EXPECT_TRUE(has_file(trashed));
}

TEST_F(TrashWork, FilesOfRowsThatWentBeforeACrashFollow) {
  const auto emptied = add(days{40});
  put(emptied, days{1});
  ASSERT_TRUE(catalog::Trash(*catalog_).remove(std::vector{emptied.image.id}));
  EXPECT_TRUE(has_file(emptied));
  ASSERT_TRUE(finish_removals(*store_, *catalog_, log_, [] { return false; }));
  EXPECT_FALSE(has_file(emptied));
}

TEST_F(TrashWork, StopsBetweenChunks) {
  std::vector<catalog::FiledImage> images;
  for (int i = 0; i < 20; ++i) images.push_back(add(days{50}));
  std::vector<ImageId> ids;
  for (const auto& filed : images) ids.push_back(filed.image.id);
  catalog::Trash(*catalog_).put(ids, now - days{40}).value();
  RetentionHooks hooks;
  int rounds = 0;
  hooks.stopping = [&] { return rounds > 0; };
  hooks.removed = [&](const auto&, auto) { ++rounds; };
  const auto removed =
      remove_old_trash(*store_, *catalog_, read_policy(*catalog_, now).value(), log_, hooks).value();
  EXPECT_EQ(removed.images, 20);
  EXPECT_EQ(rounds, 1);
}

}  // namespace
}  // namespace heliograph::jobs
