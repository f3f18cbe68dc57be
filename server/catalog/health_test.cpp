#include "server/catalog/test_support.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::catalog {
namespace {

using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;

class Health : public OnEachEngine {
 protected:
  Health() { add_cameras(catalog_); }

  CameraRecord record() { return catalog_.camera_record(orchard.id).value(); }
  std::int64_t alike_after(std::string_view look, Timestamp captured_at, Timestamp received_at) {
    const Look seen{ImageId{1}, orchard.id, captured_at, received_at, hash_of(look)};
    catalog_.finish_jobs({}, {&seen, 1}).value();
    return record().looks_alike;
  }

  Catalog catalog_ = connect();
};
HELIOGRAPH_ON_EACH_ENGINE(Health);

TEST_P(Health, IsKeptAsItHappens) {
  EXPECT_EQ(record().camera, orchard);
  EXPECT_EQ(record().accepted_at, std::nullopt);
  EXPECT_EQ(record().refused_at, std::nullopt);
  EXPECT_EQ(record().refusal, std::nullopt);
  NewImage again = picture(2);
  again.image.sha256 = picture(1).image.sha256;
  add(catalog_, picture(1));
  add(catalog_, again);
  EXPECT_EQ(record().accepted_at, again.image.received_at);
  EXPECT_EQ(record().image_count, 1);
  EXPECT_EQ(record().repeats, 1);
  EXPECT_EQ(catalog_.camera_record(CameraId{99}).error().kind, ErrorKind::not_found);
}

TEST_P(Health, CountsPicturesThatLookTheSame) {
  EXPECT_EQ(alike_after("a", noon, noon), 0);
  EXPECT_EQ(alike_after("a", noon + seconds(1), noon + seconds(1)), 1);
  EXPECT_EQ(alike_after("a", noon + seconds(2), noon + seconds(2)), 2);
  EXPECT_EQ(alike_after("a", noon + seconds(2), noon + seconds(2)), 2) << "the same job, done twice";
  EXPECT_EQ(alike_after("b", noon + seconds(1), noon + seconds(3)), 2) << "an older one, sent late";
  EXPECT_EQ(alike_after("b", noon + seconds(3), noon + seconds(3)), 0);
  EXPECT_EQ(alike_after("b", noon + seconds(4), noon + seconds(4)), 1);
}

TEST_P(Health, KeepsTheFirstPlaceholderOfAPicture) {
  add(catalog_, picture(1));
  EXPECT_TRUE(catalog_.image(ImageId{1}).value().image.placeholder.empty());
  const std::vector<std::uint8_t> first(24, 1);
  for (const auto& placeholder : {first, std::vector<std::uint8_t>(), std::vector<std::uint8_t>(17, 2)}) {
    const Look seen{ImageId{1}, orchard.id, noon, noon, hash_of("a"), placeholder};
    catalog_.finish_jobs({}, {&seen, 1}).value();
  }
  EXPECT_EQ(catalog_.image(ImageId{1}).value().image.placeholder, first);
}

TEST_P(Health, KeepsWhatMovedUntilItIsFoundOutAnew) {
  add(catalog_, picture(1));
  const auto motion = [&] { return catalog_.image(ImageId{1}).value().image.motion_ppm; };
  EXPECT_EQ(motion(), std::nullopt);
  using Found = std::optional<std::int64_t>;
  for (const auto& [found, kept] :
       {std::pair{Found(), Found()}, {0, 0}, {12'345, 12'345}, {Found(), 12'345}}) {
    const Look seen{ImageId{1}, orchard.id, noon, noon, hash_of("a"), {1, 2, 3, 4, 5}, found};
    catalog_.finish_jobs({}, {&seen, 1}).value();
    EXPECT_EQ(motion(), kept);
  }
}

TEST_P(Health, ForgetsAPictureFromTheFuture) {
  const auto year = 24 * 365 * std::chrono::hours(1);
  EXPECT_EQ(alike_after("a", noon + year, noon), 0) << "its clock was wrong";
  EXPECT_EQ(alike_after("b", noon + seconds(1), noon + seconds(1)), 0);
  EXPECT_EQ(alike_after("b", noon + seconds(2), noon + seconds(2)), 1) << "and this one goes on from there";
}

TEST_P(Health, SeesWhenPicturesWereTakenAndCame) {
  NewImage named = named_picture(3, "boot", 5);
  NewImage unclaimed = picture(4);
  unclaimed.image.captured_at = unclaimed.image.received_at;
  NewImage elsewhere = picture(5);
  elsewhere.image.camera = greenhouse.id;
  NewImage from_the_past = picture(6);
  from_the_past.image.captured_at = from_ms(0);
  const std::vector images{picture(1), picture(2), named, unclaimed, elsewhere, from_the_past};
  catalog_.add_images(images).value();
  const auto sighting = [](const NewImage& image) {
    return Sighting{image.image.captured_at, image.image.received_at, image.image.sender};
  };
  EXPECT_THAT(catalog_.sightings(orchard.id, picture(2).image.captured_at, 10).value(),
              ElementsAre(sighting(unclaimed), sighting(named), sighting(picture(2))));
  EXPECT_THAT(catalog_.sightings(orchard.id, from_ms(0), 1).value(), ElementsAre(sighting(unclaimed)));
  EXPECT_THAT(catalog_.recent_claims(orchard.id, 3).value(),
              ElementsAre(sighting(from_the_past), sighting(named), sighting(picture(2))));
  EXPECT_THAT(catalog_.recent_claims(CameraId{99}, 3).value(), IsEmpty());
}

TEST_P(Health, ASalvagedImageStaysMarked) {
  NewImage salvaged = picture(1);
  salvaged.image.salvaged = true;
  add(catalog_, salvaged);
  add(catalog_, picture(2));
  EXPECT_TRUE(catalog_.image(ImageId{1}).value().image.salvaged);
  EXPECT_FALSE(catalog_.image(ImageId{2}).value().image.salvaged);
}

}  // namespace
}  // namespace heliograph::catalog
