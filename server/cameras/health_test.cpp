#include "server/cameras/health.hpp"

#include "tests/support/catalog_fixture.hpp"

#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::cameras {
namespace {

using catalog::Sighting;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr Timestamp noon = from_ms(1'795'348'800'000);

Sighting numbered(std::string boot, std::int64_t sequence) {
  return {noon, noon, catalog::SenderName{std::move(boot), sequence}};
}
Sighting nameless() {
  return {noon, noon, {}};
}
// Came `received` after noon, and says it was taken `delay` before that.
Sighting claim(milliseconds received, milliseconds delay) {
  return {noon + received - delay, noon + received, {}};
}

TEST(FindGaps, LooksBetweenTheNumbersOfEachBoot) {
  const struct {
    std::string_view what;
    std::vector<Sighting> sightings;
    SequenceGaps expected;
  } table[] = {
      {"nothing came", {}, {}},
      {"nameless ones", {nameless(), nameless()}, {}},
      {"all there, in any order", {numbered("a", 3), numbered("a", 1), numbered("a", 2)}, {}},
      {"what came before the window is no gap", {numbered("a", 1000), numbered("a", 1001)}, {}},
      {"one is missing", {numbered("a", 1), numbered("a", 3)}, {1, {{"a", 2, 2}}}},
      {"several", {numbered("a", 1), numbered("a", 5), numbered("a", 7)}, {4, {{"a", 2, 4}, {"a", 6, 6}}}},
      {"each boot counts by itself",
       {numbered("b", 1), numbered("a", 8), numbered("a", 10), numbered("b", 2)},
       {1, {{"a", 9, 9}}}},
      {"the largest number there can be",
       {numbered("a", 0), numbered("a", 9'007'199'254'740'991)},
       {9'007'199'254'740'990, {{"a", 1, 9'007'199'254'740'990}}}},
  };
  for (const auto& row : table) EXPECT_EQ(find_gaps(row.sightings), row.expected) << row.what;
}

TEST(FindGaps, ListsNoMoreThanALimitAndCountsAll) {
  std::vector<Sighting> sightings;
  constexpr std::int64_t gaps = 500;
  for (std::int64_t i = 0; i <= gaps; ++i) sightings.push_back(numbered("a", 2 * i));
  const SequenceGaps found = find_gaps(sightings);
  EXPECT_EQ(found.missing, gaps);
  EXPECT_EQ(found.gaps.size(), max_gaps);
  EXPECT_EQ(found.gaps.front(), (SequenceGap{"a", 1, 1}));
}

TEST(ClockSkew, IsTheLeastDelayOfTheLastArrivals) {
  std::vector<Sighting> corrected{claim(seconds(0), hours(-5))};  // its clock was ahead, until it was set
  for (std::size_t i = 1; i <= clock_sample; ++i) corrected.push_back(claim(seconds(i), milliseconds(300)));
  const struct {
    std::string_view what;
    std::vector<Sighting> sightings;
    std::optional<milliseconds> expected;
  } table[] = {
      {"nothing came", {}, {}},
      {"nobody claims a time", {nameless()}, {}},
      {"a right clock", {claim(seconds(1), milliseconds(200)), nameless()}, milliseconds(200)},
      {"a spool that came late",
       {claim(seconds(1), hours(7)), claim(seconds(2), milliseconds(90))},
       milliseconds(90)},
      {"a clock that is behind", {claim(seconds(1), hours(7)), claim(seconds(2), hours(8))}, hours(7)},
      {"a clock that is ahead", {claim(seconds(1), hours(-1)), claim(seconds(2), seconds(1))}, hours(-1)},
      {"a clock that was set since", corrected, milliseconds(300)},
      {"the same one twice", {claim(seconds(1), seconds(3)), claim(seconds(1), seconds(3))}, seconds(3)},
  };
  for (const auto& row : table) EXPECT_EQ(clock_skew(row.sightings), row.expected) << row.what;
}

class HealthTest : public OnACatalog {
 protected:
  void SetUp() override {
    ASSERT_TRUE(catalog_->add_camera({camera_, "Orchard", "orchard", noon}, sha256("key")));
  }
  void add(std::int64_t sequence, milliseconds captured, milliseconds received) {
    catalog::NewImage row;
    row.image = {.id = ImageId{sequence + 1},
                 .camera = camera_,
                 .captured_at = noon + captured,
                 .received_at = noon + received,
                 .sender = catalog::SenderName{"boot", sequence},
                 .sha256 = sha256(std::to_string(sequence)),
                 .size_bytes = 1,
                 .width = 1,
                 .height = 1};
    ASSERT_TRUE(catalog_->add_images({&row, 1}));
  }

  const CameraId camera_{1};
};

TEST_F(HealthTest, IsReadFromWhatThereIs) {
  add(1, seconds(0), seconds(2));
  add(4, seconds(10), seconds(11));
  const auto health = read_health(*catalog_, camera_, noon + hours(1));
  ASSERT_TRUE(health);
  EXPECT_EQ(health->record.accepted_at, noon + seconds(11));
  EXPECT_THAT(health->sequence.gaps, ElementsAre(SequenceGap{"boot", 2, 3}));
  EXPECT_EQ(health->clock_skew, seconds(1));
  EXPECT_FALSE(health->frozen);
  EXPECT_EQ(read_health(*catalog_, CameraId{2}, noon).error().kind, ErrorKind::not_found);
}

TEST_F(HealthTest, AClockOfLongAgoIsSeenThoughItsPicturesAreNotOfToday) {
  add(1, -hours(24 * 365), seconds(1));
  const auto health = read_health(*catalog_, camera_, noon + hours(1));
  EXPECT_THAT(health->sequence.gaps, IsEmpty());
  EXPECT_EQ(health->clock_skew, hours(24 * 365) + seconds(1));
}

TEST_F(HealthTest, SeveralPicturesThatLookTheSameAreAFrozenCamera) {
  for (std::int64_t i = 0; i <= frozen_after; ++i) {
    EXPECT_FALSE(read_health(*catalog_, camera_, noon)->frozen) << i;
    const catalog::Look look{ImageId{1}, camera_, noon + seconds(i), noon + seconds(i), sha256("look")};
    ASSERT_TRUE(catalog_->finish_jobs({}, {&look, 1}));
  }
  EXPECT_TRUE(read_health(*catalog_, camera_, noon)->frozen);
}

}  // namespace
}  // namespace heliograph::cameras
