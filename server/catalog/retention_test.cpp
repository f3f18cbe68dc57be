#include "server/catalog/test_support.hpp"

#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::catalog {
namespace {

using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

constexpr CameraId every_camera{0};

class Retention : public OnEachEngine {
 protected:
  Retention() { add_cameras(catalog_); }

  // Images `first` to `last` of the orchard.
  void add_pictures(std::int64_t first, std::int64_t last) {
    std::vector<NewImage> images;
    for (std::int64_t id = first; id <= last; ++id) images.push_back(picture(id));
    catalog_.add_images(images).value();
  }

  std::vector<std::int64_t> oldest(KeptQuery query) {
    std::vector<std::int64_t> ids;
    for (const KeptImage& image : catalog_.oldest_images(query).value()) ids.push_back(image.id.value);
    return ids;
  }

  Catalog catalog_ = connect();
};
HELIOGRAPH_ON_EACH_ENGINE(Retention);

TEST_P(Retention, RulesAreKeptReplacedAndTakenAway) {
  const RetentionRule weekly{.keep_days = 7};
  const RetentionRule all{.keep_days = 1, .keep_bytes = 2, .keep_images = 3, .all_days = 4, .hourly_days = 5};
  EXPECT_EQ(catalog_.retention(every_camera).value(), std::nullopt);
  catalog_.set_retention(every_camera, weekly).value();
  catalog_.set_retention(orchard.id, weekly).value();
  catalog_.set_retention(orchard.id, all).value();
  EXPECT_EQ(catalog_.retention(every_camera).value(), weekly);
  EXPECT_EQ(catalog_.retention(orchard.id).value(), all);
  EXPECT_EQ(catalog_.retention(greenhouse.id).value(), std::nullopt);
  EXPECT_THAT(catalog_.retentions().value(),
              ElementsAre(std::pair(every_camera, weekly), std::pair(orchard.id, all)));
  EXPECT_TRUE(catalog_.clear_retention(orchard.id).value());
  EXPECT_FALSE(catalog_.clear_retention(orchard.id).value());
  EXPECT_EQ(catalog_.retention(orchard.id).value(), std::nullopt);
  EXPECT_EQ(catalog_.set_retention(CameraId{99}, weekly).error().kind, ErrorKind::not_found);
}

TEST_P(Retention, RulesWithoutSenseAreRefusedInWords) {
  const struct {
    RetentionRule rule;
    std::string says;
  } table[] = {
      {{.keep_days = 0}, "keep_days"},
      {{.keep_days = max_keep_days + 1}, "keep_days"},
      {{.keep_bytes = -1}, "keep_bytes"},
      {{.keep_images = 0}, "keep_images"},
      {{.all_days = 0}, "all_days"},
      {{.hourly_days = 5}, "all_days"},
      {{.all_days = 7, .hourly_days = 7}, "hourly_days"},
  };
  for (const auto& row : table) {
    const auto set = catalog_.set_retention(every_camera, row.rule);
    ASSERT_FALSE(set) << row.says;
    EXPECT_EQ(set.error().kind, ErrorKind::bad_request);
    EXPECT_THAT(set.error().detail, HasSubstr(row.says));
  }
  EXPECT_EQ(catalog_.retention(every_camera).value(), std::nullopt);
}

TEST_P(Retention, HoldingsNameEveryCameraWithWhatItHasAndItsRule) {
  add_pictures(1, 3);
  catalog_.set_retention(orchard.id, {.keep_images = 9}).value();
  catalog_.remove_camera(greenhouse.id).value();
  const auto holdings = catalog_.holdings().value();
  ASSERT_EQ(holdings.size(), 2U);
  EXPECT_EQ(holdings[0].camera, greenhouse);
  EXPECT_TRUE(holdings[0].removed);
  EXPECT_EQ(holdings[0].images, 0);
  EXPECT_EQ(holdings[0].rule, std::nullopt);
  EXPECT_EQ(holdings[1].camera, orchard);
  EXPECT_FALSE(holdings[1].removed);
  EXPECT_EQ(holdings[1].images, 3);
  EXPECT_EQ(holdings[1].bytes, 3 * picture_bytes);
  EXPECT_EQ(holdings[1].rule, (RetentionRule{.keep_images = 9}));
}

TEST_P(Retention, OldestImagesComeInPagesOfACameraOrOfAll) {
  std::vector images{picture(4), picture(1), picture(3), picture(2)};
  images[2].image.camera = greenhouse.id;
  images[3].image.captured_at = images[1].image.captured_at;  // a tie: the id decides
  catalog_.add_images(images).value();
  const Timestamp last = images[0].image.captured_at;

  EXPECT_THAT(oldest({}), ElementsAre(1, 2, 3, 4));
  EXPECT_THAT(oldest({.limit = 2}), ElementsAre(1, 2));
  EXPECT_THAT(oldest({.after = PageKey{images[1].image.captured_at, ImageId{1}}}), ElementsAre(2, 3, 4));
  EXPECT_THAT(oldest({.before = last}), ElementsAre(1, 2, 3));
  EXPECT_THAT(oldest({.camera = orchard.id}), ElementsAre(1, 2, 4));
  EXPECT_THAT(oldest({.camera = greenhouse.id, .before = last}), ElementsAre(3));
  const Image& first = images[1].image;
  EXPECT_THAT(catalog_.oldest_images({.limit = 1}).value(),
              ElementsAre(KeptImage{first.id, first.camera, first.captured_at, first.received_at,
                                    first.size_bytes, false}));
}

TEST_P(Retention, RemovesManyAtOnceAndSaysWhoseFilesMustFollow) {
  add_pictures(1, 5);
  NewImage other = picture(6);
  other.image.camera = greenhouse.id;
  other.telemetry = battery(1);
  catalog_.add_images({&other, 1}).value();
  catalog_.set_starred(ImageId{2}, true).value();

  const std::vector ids{ImageId{1}, ImageId{2}, ImageId{3}, ImageId{6}, ImageId{77}};
  const Removal one{ImageId{1}, orchard.folder, picture(1).image.captured_at, picture_bytes};
  const Removal three{ImageId{3}, orchard.folder, picture(3).image.captured_at, picture_bytes};
  const Removal six{ImageId{6}, greenhouse.folder, other.image.captured_at, picture_bytes};
  EXPECT_THAT(catalog_.remove_images(ids).value(), ElementsAre(one, three, six));
  EXPECT_THAT(oldest({}), ElementsAre(2, 4, 5)) << "the starred one stays";
  EXPECT_EQ(catalog_.telemetry(ImageId{6}).value(), std::nullopt);
  EXPECT_THAT(catalog_.histogram(orchard.id).value(), ElementsAre(pictures_in(noon, 3)));
  EXPECT_THAT(catalog_.histogram(greenhouse.id).value(), IsEmpty());
  EXPECT_THAT(catalog_.histogram(std::nullopt).value(), ElementsAre(pictures_in(noon, 3)));
  EXPECT_EQ(catalog_.cameras().value()[1].image_count, 3);
  EXPECT_EQ(catalog_.cameras().value()[1].image_bytes, 3 * picture_bytes);

  EXPECT_TRUE(catalog_.is_being_removed(ImageId{6}).value());
  EXPECT_FALSE(catalog_.is_being_removed(ImageId{2}).value());
  EXPECT_THAT(catalog_.remove_images(ids).value(), IsEmpty()) << "a second time is harmless";
  const auto listed = catalog_.removals(2).value();
  EXPECT_THAT(listed, ElementsAre(Removal{one.id, one.folder, one.captured_at, 0},
                                  Removal{three.id, three.folder, three.captured_at, 0}));
  catalog_.finish_removals(listed).value();
  EXPECT_THAT(catalog_.removals(10).value(), ElementsAre(Field(&Removal::id, ImageId{6})));
  EXPECT_FALSE(catalog_.is_being_removed(ImageId{1}).value());
}

TEST_P(Retention, AStarIsSetSeenAndTakenAway) {
  add_pictures(1, 1);
  EXPECT_FALSE(catalog_.image(ImageId{1}).value().image.starred);
  catalog_.set_starred(ImageId{1}, true).value();
  catalog_.set_starred(ImageId{1}, true).value();
  EXPECT_TRUE(catalog_.image(ImageId{1}).value().image.starred);
  EXPECT_TRUE(catalog_.oldest_images({}).value()[0].starred);
  catalog_.set_starred(ImageId{1}, false).value();
  EXPECT_FALSE(catalog_.image(ImageId{1}).value().image.starred);
  EXPECT_EQ(catalog_.set_starred(ImageId{2}, true).error().kind, ErrorKind::not_found);
}

TEST_P(Retention, TellsWhatArrivedInASpan) {
  std::vector images{picture(1), picture(2), picture(3)};
  const auto hour = std::chrono::hours(1);
  images[1].image.captured_at = noon + hour;
  images[2].image.captured_at = noon + 2 * hour;
  images[2].image.camera = greenhouse.id;
  catalog_.add_images(images).value();
  EXPECT_THAT(catalog_.hours_between(noon, noon + 2 * hour).value(),
              ElementsAre(pictures_in(noon, 1), pictures_in(noon + hour, 1)));
  EXPECT_THAT(
      catalog_.arrivals_between(noon + hour, noon + 3 * hour).value(),
      UnorderedElementsAre(Arrivals{orchard.id, picture_bytes}, Arrivals{greenhouse.id, picture_bytes}));
  EXPECT_THAT(catalog_.arrivals_between(noon + 2 * hour, noon + 3 * hour).value(),
              UnorderedElementsAre(Arrivals{orchard.id, 0}, Arrivals{greenhouse.id, picture_bytes}));
}

}  // namespace
}  // namespace heliograph::catalog
