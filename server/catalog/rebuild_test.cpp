#include "server/catalog/test_support.hpp"

#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::catalog {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Rebuild : public OnEachEngine {
 protected:
  Rebuild() { add_cameras(catalog_); }

  std::vector<std::int64_t> images_with_jobs() {
    std::vector<std::int64_t> images;
    for (const Job& job : catalog_.claim_jobs(noon, noon, 100).value()) images.push_back(job.image.value);
    return images;
  }
  void damage(std::string_view sql) { connect_below()->execute_script(sql).value(); }

  Catalog catalog_ = connect();
};
HELIOGRAPH_ON_EACH_ENGINE(Rebuild);

TEST_P(Rebuild, AdoptsFilesAsTheyAreAndOnce) {
  std::vector<Image> found{picture(1).image, picture(2).image};
  found[1].sha256 =
      found[0].sha256;  // two files of the same bytes are two images: who knows why they are there
  EXPECT_EQ(catalog_.adopt_images(found).value(), 2);
  found.push_back(picture(3).image);
  EXPECT_EQ(catalog_.adopt_images(found).value(), 1) << "gone on with after an interruption";
  EXPECT_EQ(catalog_.image(ImageId{2})->image, found[1]);
  EXPECT_THAT(catalog_.histogram(orchard.id).value(), ElementsAre(pictures_in(noon, 3)));
  EXPECT_THAT(images_with_jobs(), IsEmpty()) << "thumbnails may be there";
  const auto counts = catalog_.miscounts().value();
  EXPECT_EQ(counts.hours + counts.cameras, 0);
}

TEST_P(Rebuild, QueuesThumbnailsOfSomeImages) {
  catalog_.adopt_images(std::vector{picture(1).image, picture(2).image}).value();
  const std::vector wanted{ImageId{2}, ImageId{99}};  // nobody knows 99
  ASSERT_TRUE(catalog_.queue_thumbnails(wanted));
  EXPECT_THAT(images_with_jobs(), ElementsAre(2));
}

TEST_P(Rebuild, QueuesThumbnailsThatWereGivenUp) {
  add(catalog_, picture(1));
  const auto job = catalog_.claim_jobs(noon, noon, 1).value().front();
  ASSERT_TRUE(catalog_.fail_job(job.id, "no", {}));
  EXPECT_THAT(images_with_jobs(), IsEmpty());
  ASSERT_TRUE(catalog_.queue_thumbnails(std::vector{ImageId{1}}));
  EXPECT_THAT(images_with_jobs(), ElementsAre(1));
}

TEST_P(Rebuild, SumsAreOfTheImagesUpToOne) {
  EXPECT_EQ(catalog_.sum_of_images(ImageId{100}).value(), ImageSum{});
  ImageSum expected;
  std::vector<Image> images{picture(1).image, picture(2).image, picture(3).image};
  images[0].captured_at = from_ms(-1);  // the evening before 1970
  catalog_.adopt_images(images).value();
  expected.add(images[0]);
  expected.add(images[1]);
  EXPECT_EQ(catalog_.sum_of_images(ImageId{2}).value(), expected);
  EXPECT_GT(expected.times_of_day, 86'399'000);
}

TEST_P(Rebuild, FindsEveryKindOfMiscount) {
  std::vector<Image> images{picture(1).image, picture(2).image};
  images[1].captured_at += std::chrono::hours{1};
  catalog_.adopt_images(images).value();
  const struct {
    const char* damage;
    std::int64_t hours;
    std::int64_t cameras;
  } table[] = {
      {"UPDATE hour_count SET images = images + 1 WHERE camera_id = 1", 2, 0},
      {"UPDATE hour_count SET bytes = 0 WHERE camera_id = 0", 2, 0},
      {"DELETE FROM hour_count", 4, 0},
      {"INSERT INTO hour_count (camera_id, hour, images, bytes) VALUES (2, 0, 1, 1)", 1, 0},
      {"UPDATE camera SET image_count = 7 WHERE id = 2", 0, 1},
      {"UPDATE camera SET image_bytes = image_bytes + 1", 0, 2},
  };
  for (const auto& entry : table) {
    SCOPED_TRACE(entry.damage);
    damage(entry.damage);
    const auto wrong = catalog_.miscounts().value();
    EXPECT_EQ(wrong.hours, entry.hours);
    EXPECT_EQ(wrong.cameras, entry.cameras);
    ASSERT_TRUE(catalog_.recount());
    const auto mended = catalog_.miscounts().value();
    EXPECT_EQ(mended.hours + mended.cameras, 0);
  }
}

}  // namespace
}  // namespace heliograph::catalog
