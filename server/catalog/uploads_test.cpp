#include "server/catalog/test_support.hpp"

#include <gmock/gmock.h>

namespace heliograph::catalog {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class UploadsTest : public OnEachEngine {
 protected:
  void SetUp() override { add_cameras(catalog_); }

  // An upload of the orchard that expires so many seconds after noon.
  static Upload upload(std::int64_t id, int expires_s) {
    return {UploadId{id}, orchard.id, noon, noon + std::chrono::seconds{expires_s}, 1000 * id, "{}", {}};
  }

  Catalog catalog_ = connect();
};

TEST_P(UploadsTest, IsWhatWasAdded) {
  const Upload added = upload(1, 60);
  ASSERT_TRUE(catalog_.add_upload(added));
  EXPECT_EQ(catalog_.upload(added.id).value(), added);
  EXPECT_EQ(catalog_.upload(UploadId{2}).error().kind, ErrorKind::not_found);
  EXPECT_EQ(catalog_.add_upload(added).error().kind, ErrorKind::unavailable);
  ASSERT_TRUE(catalog_.remove_upload(added.id));
  EXPECT_EQ(catalog_.upload(added.id).error().kind, ErrorKind::not_found);
  EXPECT_TRUE(catalog_.remove_upload(added.id));
}

TEST_P(UploadsTest, OpenOnesAreThoseOfTheCameraThatAreNoImageYet) {
  EXPECT_EQ(catalog_.open_upload_bytes().value(), 0);
  Upload finished = upload(4, 1);
  ASSERT_EQ(add(catalog_, picture(9)).outcome, Added::stored);
  finished.image = ImageId{9};
  Upload elsewhere = upload(5, 1);
  elsewhere.camera = greenhouse.id;
  for (const Upload& one : {upload(1, 60), upload(2, 30), upload(3, 30), finished, elsewhere}) {
    ASSERT_TRUE(catalog_.add_upload(one));
  }
  EXPECT_THAT(catalog_.open_uploads(orchard.id).value(),
              ElementsAre(upload(2, 30), upload(3, 30), upload(1, 60)));
  EXPECT_EQ(catalog_.open_upload_bytes().value(), 1000 + 2000 + 3000 + 5000);
}

TEST_P(UploadsTest, BecomesAnImage) {
  ASSERT_EQ(add(catalog_, picture(9)).outcome, Added::stored);
  ASSERT_TRUE(catalog_.add_upload(upload(1, 60)));
  EXPECT_EQ(catalog_.upload_of_image(ImageId{9}).error().kind, ErrorKind::not_found);
  ASSERT_TRUE(catalog_.finish_upload(UploadId{1}, ImageId{9}, noon));
  const auto finished = catalog_.upload(UploadId{1});
  EXPECT_EQ(finished->image, ImageId{9});
  EXPECT_EQ(finished->expires_at, noon);
  EXPECT_EQ(catalog_.upload_of_image(ImageId{9})->id, UploadId{1});
  ASSERT_TRUE(catalog_.remove_image(ImageId{9}));
  EXPECT_EQ(catalog_.upload(UploadId{1})->image, std::nullopt) << "it outlives its image";
}

TEST_P(UploadsTest, ExpireInOrderOfTime) {
  for (const Upload& one : {upload(1, 30), upload(2, 20), upload(3, 10)}) {
    ASSERT_TRUE(catalog_.add_upload(one));
  }
  const Timestamp then = noon + std::chrono::seconds{20};
  EXPECT_THAT(catalog_.expired_uploads(then, 10).value(), ElementsAre(upload(3, 10), upload(2, 20)));
  EXPECT_THAT(catalog_.expired_uploads(then, 1).value(), ElementsAre(upload(3, 10)));
  ASSERT_TRUE(catalog_.extend_upload(UploadId{3}, noon + std::chrono::seconds{40}));
  EXPECT_THAT(catalog_.expired_uploads(then, 10).value(), ElementsAre(upload(2, 20)));
  EXPECT_THAT(catalog_.expired_uploads(noon, 10).value(), IsEmpty());
}

TEST_P(UploadsTest, AnImageIsFoundByItsSendersName) {
  const NewImage named = named_picture(1, "boot", 7);
  ASSERT_EQ(add(catalog_, named).outcome, Added::stored);
  EXPECT_EQ(catalog_.image_by_sender(orchard.id, {"boot", 7}).value(), named.image);
  EXPECT_EQ(catalog_.image_by_sender(orchard.id, {"boot", 8}).error().kind, ErrorKind::not_found);
  EXPECT_EQ(catalog_.image_by_sender(greenhouse.id, {"boot", 7}).error().kind, ErrorKind::not_found);
}

HELIOGRAPH_ON_EACH_ENGINE(UploadsTest);

}  // namespace
}  // namespace heliograph::catalog
