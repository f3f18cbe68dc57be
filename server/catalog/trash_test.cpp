#include "server/catalog/trash.hpp"

#include "server/catalog/shares.hpp"
#include "server/catalog/test_support.hpp"

#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::catalog {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class TrashOfImages : public OnEachEngine {
 protected:
  TrashOfImages() {
    add_cameras(catalog_);
    for (std::int64_t id = 1; id <= 4; ++id) add(catalog_, named_picture(id, "boot", id));
  }

  std::vector<ImageId> put(const std::vector<ImageId>& ids) { return trash_.put(ids, noon).value(); }
  std::vector<std::int64_t> shown() {
    std::vector<std::int64_t> ids;
    for (const FiledImage& filed : catalog_.images({}).value()) ids.push_back(filed.image.id.value);
    return ids;
  }
  std::int64_t counted() {
    std::int64_t images = 0;
    for (const HourCount& hour : catalog_.histogram(orchard.id).value()) images += hour.images;
    return images;
  }
  CameraSummary summary() { return catalog_.cameras().value()[1]; }

  Catalog catalog_ = connect();
  Trash trash_{catalog_};
};
HELIOGRAPH_ON_EACH_ENGINE(TrashOfImages);

TEST_P(TrashOfImages, LeavesEveryListAndCountAndComesBack) {
  EXPECT_THAT(put({ImageId{4}, ImageId{2}, ImageId{77}, ImageId{4}}), ElementsAre(ImageId{4}, ImageId{2}));
  EXPECT_THAT(shown(), ElementsAre(3, 1));
  EXPECT_EQ(counted(), 2);
  EXPECT_EQ(summary().image_count, 2);
  EXPECT_EQ(summary().image_bytes, 2 * picture_bytes);
  EXPECT_EQ(summary().last_image->id, ImageId{3});
  EXPECT_EQ(catalog_.image(ImageId{4}).error().kind, ErrorKind::not_found);
  EXPECT_EQ(catalog_.stored_image(ImageId{4}).value().image.trashed_at, noon);
  EXPECT_EQ(catalog_.oldest_images({}).value().size(), 2U);
  EXPECT_THAT(Shares(catalog_).hours(orchard.id, noon, noon + std::chrono::hours(1)).value(),
              ElementsAre(pictures_in(noon, 2)));
  EXPECT_EQ(catalog_.sightings(orchard.id, noon, 10).value().size(), 4U) << "they were sent all the same";
  EXPECT_EQ(catalog_.images_by_id(ImageId{0}, 10).value().size(), 4U) << "fsck looks at all";
  const Miscounts counts = catalog_.miscounts().value();
  EXPECT_EQ(counts.hours + counts.cameras, 0);
  catalog_.recount().value();
  EXPECT_EQ(counted(), 2);

  EXPECT_THAT(trash_.restore(std::vector{ImageId{2}, ImageId{3}, ImageId{4}}).value(),
              ElementsAre(ImageId{2}, ImageId{4}));
  EXPECT_THAT(shown(), ElementsAre(4, 3, 2, 1));
  EXPECT_EQ(counted(), 4);
  EXPECT_EQ(summary().image_count, 4);
  EXPECT_EQ(catalog_.image(ImageId{4}).value().image.trashed_at, std::nullopt);
}

TEST_P(TrashOfImages, AStarKeepsAnImageOutAndNoneIsSetInside) {
  catalog_.set_starred(ImageId{1}, true).value();
  EXPECT_THAT(put({ImageId{1}, ImageId{2}}), ElementsAre(ImageId{2}));
  EXPECT_EQ(catalog_.set_starred(ImageId{2}, true).error().kind, ErrorKind::not_found);
}

TEST_P(TrashOfImages, IsReadInPagesFromBothEnds) {
  trash_.put(std::vector{ImageId{1}, ImageId{2}}, noon).value();
  trash_.put(std::vector{ImageId{3}}, noon + std::chrono::seconds(1)).value();
  const auto ids = [](const std::vector<FiledImage>& page) {
    std::vector<std::int64_t> ids;
    for (const FiledImage& filed : page) ids.push_back(filed.image.id.value);
    return ids;
  };
  EXPECT_THAT(ids(trash_.page({}, 2).value()), ElementsAre(3, 2));
  EXPECT_THAT(ids(trash_.page(TrashKey{noon, ImageId{2}}, 2).value()), ElementsAre(1));
  EXPECT_THAT(ids(trash_.oldest({}, 2).value()), ElementsAre(1, 2));
  EXPECT_THAT(ids(trash_.oldest(TrashKey{noon, ImageId{2}}, 2).value()), ElementsAre(3));
}

TEST_P(TrashOfImages, AddsUpWhatItHoldsOfEachCamera) {
  EXPECT_THAT(trash_.holdings().value(), IsEmpty());
  const Timestamp later = noon + std::chrono::seconds(9);
  trash_.put(std::vector{ImageId{3}}, later).value();
  put({ImageId{1}, ImageId{2}});
  EXPECT_THAT(trash_.holdings().value(),
              ElementsAre(TrashHolding{orchard.id, 3, 3 * picture_bytes, noon, later}));
  trash_.restore(std::vector{ImageId{1}, ImageId{2}}).value();
  EXPECT_THAT(trash_.holdings().value(),
              ElementsAre(TrashHolding{orchard.id, 1, picture_bytes, later, later}));
}

TEST_P(TrashOfImages, ARepeatIsAnsweredWithWhatWasThrownAway) {
  put({ImageId{2}});
  NewImage again = named_picture(9, "boot", 2);
  again.image.sha256 = named_picture(2, "boot", 2).image.sha256;
  const AddResult result = add(catalog_, again);
  EXPECT_EQ(result.outcome, Added::duplicate);
  EXPECT_EQ(result.id, ImageId{2});
  EXPECT_THAT(shown(), ElementsAre(4, 3, 1)) << "nothing comes back by itself";
}

TEST_P(TrashOfImages, RemovesOnlyWhatIsStillInIt) {
  put({ImageId{1}, ImageId{2}, ImageId{3}});
  trash_.restore(std::vector{ImageId{2}}).value();
  const auto removed = trash_.remove(std::vector{ImageId{1}, ImageId{2}, ImageId{4}}).value();
  EXPECT_THAT(removed,
              ElementsAre(Removal{ImageId{1}, orchard.folder, picture(1).image.captured_at, picture_bytes}));
  EXPECT_TRUE(catalog_.is_being_removed(ImageId{1}).value());
  EXPECT_THAT(shown(), ElementsAre(4, 2));
  EXPECT_EQ(catalog_.miscounts().value().hours, 0);
  EXPECT_THAT(catalog_.remove_images(std::vector{ImageId{3}}).value(), IsEmpty())
      << "the rules pass over the trash";
  catalog_.remove_image(ImageId{3}).value();  // as fsck does when its file is gone
  EXPECT_EQ(catalog_.miscounts().value().hours, 0);
  EXPECT_EQ(catalog_.miscounts().value().cameras, 0);
}

}  // namespace
}  // namespace heliograph::catalog
