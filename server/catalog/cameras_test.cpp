#include "server/catalog/camera_keys.hpp"
#include "server/catalog/test_support.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::catalog {
namespace {

using testing::ElementsAre;
using testing::Field;

class Cameras : public OnEachEngine {
 protected:
  Catalog catalog_ = connect();
  CameraKeys keys_{catalog_};
};
HELIOGRAPH_ON_EACH_ENGINE(Cameras);

TEST_P(Cameras, AreFoundByKeyNameAndFolder) {
  add_cameras(catalog_);
  EXPECT_EQ(keys_.holder(hash_of("orchard's key"), noon).value().camera, orchard);
  EXPECT_EQ(catalog_.camera_by_name("Orchard north").value(), orchard);
  EXPECT_EQ(catalog_.camera_by_folder("orchard-north").value(), orchard);
}

TEST_P(Cameras, ThatAreNotThereAreNotFound) {
  add_cameras(catalog_);
  EXPECT_EQ(keys_.holder(hash_of("a guess"), noon).error().kind, ErrorKind::not_found);
  EXPECT_EQ(catalog_.camera_by_name("orchard north").error().kind, ErrorKind::not_found);  // names have case
  EXPECT_EQ(catalog_.camera_by_folder("orchard").error().kind, ErrorKind::not_found);
  EXPECT_EQ(catalog_.remove_camera(CameraId{99}).error().kind, ErrorKind::not_found);
  EXPECT_EQ(keys_.set(CameraId{99}, hash_of("x")).error().kind, ErrorKind::not_found);
}

TEST_P(Cameras, KeepTheirNamesToThemselves) {
  add_cameras(catalog_);
  const Camera same_name{CameraId{3}, "Greenhouse", "other", noon};
  const Camera same_folder{CameraId{4}, "Other", "greenhouse", noon};
  const Camera same_id{orchard.id, "Third", "third", noon};
  for (const Camera& camera : {same_name, same_folder, same_id}) {
    EXPECT_EQ(catalog_.add_camera(camera, hash_of(camera.name + camera.folder)).error().kind,
              ErrorKind::conflict);
  }
  EXPECT_EQ(catalog_.cameras().value().size(), 2U);
}

TEST_P(Cameras, MustHaveANameOfBoundedLength) {
  const Camera nameless{CameraId{3}, "", "a", noon};
  const Camera longest{CameraId{4}, std::string(max_camera_name, 'x'), "b", noon};
  const Camera too_long{CameraId{5}, std::string(max_camera_name + 1, 'x'), "c", noon};
  EXPECT_EQ(catalog_.add_camera(nameless, hash_of("a")).error().kind, ErrorKind::bad_request);
  EXPECT_TRUE(catalog_.add_camera(longest, hash_of("b")));
  EXPECT_EQ(catalog_.add_camera(too_long, hash_of("c")).error().kind, ErrorKind::bad_request);
}

TEST_P(Cameras, MayBeCalledAnything) {
  const Camera odd{CameraId{3}, "Räuber's \"$1\"; DROP TABLE camera --", "x", noon};
  catalog_.add_camera(odd, hash_of("x")).value();
  EXPECT_EQ(catalog_.camera_by_name(odd.name).value(), odd);
}

TEST_P(Cameras, LoseTheOldKeyWhenTheyGetANewOne) {
  add_cameras(catalog_);
  keys_.set(orchard.id, hash_of("new key")).value();
  EXPECT_EQ(keys_.holder(hash_of("new key"), noon).value().camera, orchard);
  EXPECT_EQ(keys_.holder(hash_of("orchard's key"), noon).error().kind, ErrorKind::not_found);
}

TEST_P(Cameras, KeepAnOldKeyForAWhileWhenTheyAreTold) {
  add_cameras(catalog_);
  const Timestamp end = noon + std::chrono::hours(1);
  keys_.set(orchard.id, hash_of("second"), end).value();
  EXPECT_EQ(keys_.holder(hash_of("second"), noon).value().camera, orchard);
  EXPECT_EQ(keys_.holder(hash_of("orchard's key"), noon).value().camera, orchard);
  EXPECT_EQ(keys_.holder(hash_of("orchard's key"), end).error().kind, ErrorKind::not_found);
  keys_.set(orchard.id, hash_of("third"), end).value();
  EXPECT_EQ(keys_.holder(hash_of("orchard's key"), noon).error().kind, ErrorKind::not_found);
  EXPECT_EQ(keys_.holder(hash_of("second"), noon).value().camera, orchard);
  keys_.set(orchard.id, hash_of("fourth")).value();
  EXPECT_EQ(keys_.holder(hash_of("third"), noon).error().kind, ErrorKind::not_found) << "at once";
  keys_.set(orchard.id, hash_of("fifth"), end).value();
  catalog_.remove_camera(orchard.id).value();
  EXPECT_EQ(keys_.holder(hash_of("fourth"), noon).error().kind, ErrorKind::not_found);
}

TEST_P(Cameras, MayBeNamedAnew) {
  add_cameras(catalog_);
  catalog_.rename_camera(orchard.id, "Orchard south").value();
  EXPECT_EQ(catalog_.camera_by_id(orchard.id).value().name, "Orchard south");
  EXPECT_EQ(catalog_.camera_by_id(orchard.id).value().folder, orchard.folder)
      << "its files stay where they are";
  EXPECT_EQ(catalog_.rename_camera(orchard.id, "Greenhouse").error().kind, ErrorKind::conflict);
  EXPECT_EQ(catalog_.rename_camera(orchard.id, "").error().kind, ErrorKind::bad_request);
  EXPECT_EQ(catalog_.rename_camera(CameraId{99}, "x").error().kind, ErrorKind::not_found);
  EXPECT_EQ(catalog_.camera_by_id(CameraId{99}).error().kind, ErrorKind::not_found);
}

TEST_P(Cameras, AreListedByNameWithTheirCountsAndNewestImage) {
  add_cameras(catalog_);
  // The newest by capture time arrived first; of two of the same time the higher id is the newest.
  NewImage early = picture(1);
  NewImage newest = picture(3);
  NewImage same_time = picture(2);
  same_time.image.captured_at = newest.image.captured_at;
  const std::vector images{newest, early, same_time};
  catalog_.add_images(images).value();

  const auto listed = catalog_.cameras().value();
  ASSERT_THAT(listed,
              ElementsAre(Field(&CameraSummary::camera, greenhouse), Field(&CameraSummary::camera, orchard)));
  EXPECT_EQ(listed[0].image_count, 0);
  EXPECT_EQ(listed[0].last_image, std::nullopt);
  EXPECT_EQ(listed[1].image_count, 3);
  EXPECT_EQ(listed[1].last_image, newest.image);
}

TEST_P(Cameras, ThatWereRemovedLeaveTheirImagesAndFolderBehind) {
  add_cameras(catalog_);
  add(catalog_, picture(1));
  catalog_.remove_camera(orchard.id).value();

  EXPECT_EQ(keys_.holder(hash_of("orchard's key"), noon).error().kind, ErrorKind::not_found);
  EXPECT_EQ(catalog_.camera_by_name(orchard.name).error().kind, ErrorKind::not_found);
  EXPECT_THAT(catalog_.cameras().value(), ElementsAre(Field(&CameraSummary::camera, greenhouse)));
  EXPECT_EQ(catalog_.camera_by_folder(orchard.folder).value(), orchard);
  EXPECT_EQ(catalog_.image(ImageId{1}).value().folder, orchard.folder);
  EXPECT_EQ(catalog_.histogram(std::nullopt).value().size(), 1U);

  EXPECT_EQ(catalog_.remove_camera(orchard.id).error().kind, ErrorKind::not_found);
  EXPECT_EQ(keys_.set(orchard.id, hash_of("x")).error().kind, ErrorKind::not_found);
  // The name is free again, the folder is not: it is full of the old one's pictures.
  const Camera same_folder{CameraId{3}, orchard.name, orchard.folder, noon};
  const Camera successor{CameraId{3}, orchard.name, "orchard-north-2", noon};
  EXPECT_EQ(catalog_.add_camera(same_folder, hash_of("y")).error().kind, ErrorKind::conflict);
  EXPECT_TRUE(catalog_.add_camera(successor, hash_of("y")));
}

}  // namespace
}  // namespace heliograph::catalog
