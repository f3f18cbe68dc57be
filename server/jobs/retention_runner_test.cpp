#include "server/jobs/retention_runner.hpp"

#include "server/jobs/jobs_fixture.hpp"

#include <future>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::jobs {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using store::SpaceLevel;

TEST(RetentionPace, SaysWhenAPassIsDue) {
  const RetentionPace pace;
  const SteadyTime start{};
  const auto at = [&](auto after) { return std::optional(start + after); };
  const struct {
    const char* what;
    SteadyTime now;
    std::optional<SteadyTime> last_pass;
    std::optional<SteadyTime> rules_changed;
    SpaceLevel level;
    bool due;
  } table[] = {
      {"just started", start, {}, {}, SpaceLevel::plenty, false},
      {"a minute later", start + minutes(1), {}, {}, SpaceLevel::plenty, true},
      {"just started on a disk that is nearly full", start, {}, {}, SpaceLevel::low, true},
      {"after a pass", start + minutes(59), at(minutes(1)), {}, SpaceLevel::plenty, false},
      {"an hour after a pass", start + minutes(61), at(minutes(1)), {}, SpaceLevel::plenty, true},
      {"nearly full", start + minutes(6), at(minutes(1)), {}, SpaceLevel::low, true},
      {"full", start + minutes(6), at(minutes(1)), {}, SpaceLevel::reserve, true},
      {"nearly full, but a pass has just been",
       start + minutes(5),
       at(minutes(1)),
       {},
       SpaceLevel::low,
       false},
      {"a new rule", start + hours(3) + minutes(9), at(hours(1)), at(hours(3)), SpaceLevel::plenty, false},
      {"a new rule on a full disk", start + hours(3) + minutes(9), at(hours(1)), at(hours(3)),
       SpaceLevel::reserve, false},
      {"a rule of ten minutes ago", start + hours(3) + minutes(10), at(hours(1)), at(hours(3)),
       SpaceLevel::plenty, true},
  };
  for (const auto& row : table) {
    EXPECT_EQ(pass_is_due({row.now, start, row.last_pass, row.rules_changed, row.level}, pace), row.due)
        << row.what;
  }
}

class RetentionRunnerTest : public JobsFixture {
 protected:
  // Looks and passes all the time, and thinks about nothing twice.
  static RetentionPace hurry() {
    using ms = std::chrono::milliseconds;
    return {ms(1), ms(0), ms(0), ms(0), ms(0)};
  }

  store::SpaceWatch space_{[] { return store::ImageStore::Space{.free_bytes = 1, .total_bytes = 1}; },
                           clock_,
                           {.low_bytes = 0, .reserve_bytes = 0}};
};

TEST_F(RetentionRunnerTest, RemovesWhileTheServerRuns) {
  add_image({1, 2, 3}, hours(24 * 31));
  const auto young = add_image({4, 5, 6}, hours(24 * 29));
  ASSERT_TRUE(catalog_->set_retention(CameraId{}, {.keep_days = 30}));
  std::promise<void> told;
  RetentionRunner runner(
      *store_, open_catalog(), space_, clock_, log_, usual_trash_life, [&] { told.set_value(); }, hurry());
  ASSERT_EQ(told.get_future().wait_for(seconds(20)), std::future_status::ready);
  runner.stop();
  EXPECT_EQ(runner.counters().images, 1U);
  EXPECT_EQ(runner.counters().bytes, 3U);
  EXPECT_GE(runner.counters().passes, 1U);
  const auto left = catalog_->images({}).value();
  ASSERT_EQ(left.size(), 1U);
  EXPECT_EQ(left[0].image.id, young.image.id);
}

TEST_F(RetentionRunnerTest, ANewRuleWaitsForSecondThoughts) {
  add_image({1, 2, 3}, hours(24 * 31));
  RetentionPace pace = hurry();
  pace.second_thoughts = hours(1);
  RetentionRunner runner(*store_, open_catalog(), space_, clock_, log_, usual_trash_life, [] {}, pace);
  while (runner.counters().passes < 3) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  ASSERT_TRUE(catalog_->set_retention(CameraId{}, {.keep_days = 3}));
  std::this_thread::sleep_for(std::chrono::milliseconds(100));  // a hundred looks
  EXPECT_EQ(runner.counters().images, 0U);
}

TEST_F(RetentionRunnerTest, FilesFollowRowsThatSomebodyTookAway) {
  const auto filed = add_image({1, 2, 3}, hours(24));
  const auto file =
      store_->path_of(store::image_key(filed.folder, {filed.image.captured_at, filed.image.id}));
  ASSERT_TRUE(catalog_->remove_images(std::vector{filed.image.id}));
  RetentionPace pace = hurry();
  pace.first_pass = hours(1);
  RetentionRunner runner(*store_, open_catalog(), space_, clock_, log_, usual_trash_life, [] {}, pace);
  runner.finish_removals_soon();
  // Another thread finishes them and tells nobody; if it never does, the test's time limit ends this.
  while (!catalog_->removals(1).value().empty()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  EXPECT_FALSE(std::filesystem::exists(file));
  EXPECT_EQ(runner.counters().passes, 0U);
}

}  // namespace
}  // namespace heliograph::jobs
