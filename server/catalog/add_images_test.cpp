#include "server/catalog/test_support.hpp"

#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::catalog {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class AddImages : public OnEachEngine {
 protected:
  AddImages() { add_cameras(catalog_); }

  void expect_outcome(const AddResult& result, Added outcome, const NewImage& meant) {
    EXPECT_EQ(result.outcome, outcome);
    EXPECT_EQ(result.id, meant.image.id);
    EXPECT_EQ(result.captured_at, meant.image.captured_at);
  }
  std::size_t stored() { return catalog_.images({.limit = max_page}).value().size(); }

  Catalog catalog_ = connect();
};
HELIOGRAPH_ON_EACH_ENGINE(AddImages);

TEST_P(AddImages, GivesBackWhatWasAdded) {
  NewImage image = named_picture(7, "boot-1", 9007199254740991);
  image.telemetry = protocol::Telemetry{3912, -71, -900000000, 1800000000, -200000, std::int64_t{1} << 40, 0};
  expect_outcome(add(catalog_, image), Added::stored, image);
  EXPECT_EQ(catalog_.image(ImageId{7}).value(), (FiledImage{image.image, orchard.folder}));
  EXPECT_EQ(catalog_.telemetry(ImageId{7}).value(), image.telemetry);
}

TEST_P(AddImages, KnowsNoTelemetryOfACameraThatReportsNone) {
  NewImage silent = picture(1);
  NewImage empty = picture(2);
  empty.telemetry = protocol::Telemetry{};
  add(catalog_, silent);
  add(catalog_, empty);
  EXPECT_EQ(catalog_.telemetry(ImageId{1}).value(), std::nullopt);
  EXPECT_EQ(catalog_.telemetry(ImageId{2}).value(), std::nullopt);
}

TEST_P(AddImages, AnswersARepeatWithTheFirst) {
  const NewImage first = named_picture(1, "boot", 1);
  NewImage again = named_picture(2, "boot", 1);
  again.image.sha256 = first.image.sha256;
  again.image.received_at += 24 * 365 * std::chrono::hours(1);  // a name is for ever
  add(catalog_, first);
  expect_outcome(add(catalog_, again), Added::duplicate, first);
  EXPECT_EQ(stored(), 1U);
}

TEST_P(AddImages, RefusesOtherBytesUnderAKnownName) {
  const NewImage first = named_picture(1, "boot", 1);
  add(catalog_, first);
  expect_outcome(add(catalog_, named_picture(2, "boot", 1)), Added::conflict, first);
  EXPECT_EQ(stored(), 1U);
}

TEST_P(AddImages, TakesNamesOfOtherBootsAndCamerasForOthers) {
  NewImage elsewhere = named_picture(3, "boot", 1);
  elsewhere.image.camera = greenhouse.id;
  for (const NewImage& image :
       {named_picture(1, "boot", 1), named_picture(2, "tooB", 1), elsewhere, named_picture(4, "boot", 2)}) {
    expect_outcome(add(catalog_, image), Added::stored, image);
  }
}

TEST_P(AddImages, TakesEqualBytesUnderAnotherNameForAnotherImage) {
  const NewImage first = named_picture(1, "boot", 1);
  NewImage second = named_picture(2, "boot", 2);
  second.image.sha256 = first.image.sha256;
  add(catalog_, first);
  expect_outcome(add(catalog_, second), Added::stored, second);
}

TEST_P(AddImages, RecognisesNamelessRepeatsForADay) {
  const NewImage first = picture(1);
  add(catalog_, first);
  const auto again_after = [&](ImageId id, std::chrono::milliseconds time) {
    NewImage again = first;
    again.image.id = id;
    again.image.received_at += time;
    return again;
  };
  expect_outcome(add(catalog_, again_after(ImageId{2}, std::chrono::minutes(1))), Added::duplicate, first);
  expect_outcome(add(catalog_, again_after(ImageId{3}, repeat_window - std::chrono::milliseconds(1))),
                 Added::duplicate, first);
  // The server's clock was put back in between.
  expect_outcome(add(catalog_, again_after(ImageId{4}, -std::chrono::hours(2))), Added::duplicate, first);
  const NewImage next_day = again_after(ImageId{5}, repeat_window);
  expect_outcome(add(catalog_, next_day), Added::stored, next_day);
}

TEST_P(AddImages, TakesEqualBytesOfAnotherCameraForAnotherImage) {
  NewImage elsewhere = picture(2);
  elsewhere.image.camera = greenhouse.id;
  elsewhere.image.sha256 = picture(1).image.sha256;
  add(catalog_, picture(1));
  expect_outcome(add(catalog_, elsewhere), Added::stored, elsewhere);
}

TEST_P(AddImages, GivesAnAdoptedImageItsNameAndTelemetryBack) {
  const NewImage adopted = picture(1);
  add(catalog_, adopted);
  NewImage retry = named_picture(2, "boot", 5);
  retry.image.sha256 = adopted.image.sha256;
  retry.image.received_at += 30 * std::chrono::days(1);  // it was long without power
  retry.telemetry = battery(3300);

  expect_outcome(add(catalog_, retry), Added::duplicate, adopted);
  EXPECT_EQ(catalog_.image(ImageId{1}).value().image.sender, retry.image.sender);
  EXPECT_EQ(catalog_.telemetry(ImageId{1}).value(), retry.telemetry);
  EXPECT_EQ(stored(), 1U);

  // Now the name is known: no second adoption, and other bytes are a conflict.
  expect_outcome(add(catalog_, retry), Added::duplicate, adopted);
  NewImage liar = named_picture(3, "boot", 5);
  expect_outcome(add(catalog_, liar), Added::conflict, adopted);
}

TEST_P(AddImages, FindsRepeatsWithinOneBatch) {
  NewImage named_again = named_picture(2, "boot", 1);
  named_again.image.sha256 = named_picture(1, "boot", 1).image.sha256;
  NewImage nameless_again = picture(4);
  nameless_again.image.sha256 = picture(3).image.sha256;
  const std::vector images{named_picture(1, "boot", 1), named_again, named_picture(5, "boot", 1), picture(3),
                           nameless_again};
  const auto results = catalog_.add_images(images).value();
  ASSERT_EQ(results.size(), 5U);
  expect_outcome(results[0], Added::stored, images[0]);
  expect_outcome(results[1], Added::duplicate, images[0]);
  expect_outcome(results[2], Added::conflict, images[0]);
  expect_outcome(results[3], Added::stored, images[3]);
  expect_outcome(results[4], Added::duplicate, images[3]);
  EXPECT_EQ(stored(), 2U);
}

TEST_P(AddImages, CountsOnlyWhatIsStored) {
  add(catalog_, named_picture(1, "boot", 1));
  add(catalog_, named_picture(2, "boot", 1));
  const std::vector one{pictures_in(noon, 1)};
  EXPECT_EQ(catalog_.histogram(orchard.id).value(), one);
  EXPECT_EQ(catalog_.histogram(std::nullopt).value(), one);
  EXPECT_EQ(catalog_.claim_jobs(noon, noon, 10).value().size(), 1U);
}

TEST_P(AddImages, IsAllOrNothing) {
  NewImage nobodys = picture(3);
  nobodys.image.camera = CameraId{99};
  const std::vector images{picture(1), picture(2), nobodys};
  EXPECT_EQ(catalog_.add_images(images).error().kind, ErrorKind::internal);
  EXPECT_EQ(stored(), 0U);
  EXPECT_THAT(catalog_.histogram(std::nullopt).value(), IsEmpty());
  EXPECT_THAT(catalog_.unconfirmed().value(), IsEmpty());
  EXPECT_EQ(add(catalog_, picture(1)).outcome, Added::stored);  // the connection is none the worse
}

TEST_P(AddImages, AsksToTryAgainWhenAnIdIsTaken) {
  add(catalog_, picture(1));
  NewImage same_id = picture(1);
  same_id.image.sha256 = hash_of("other bytes");
  EXPECT_EQ(catalog_.add_images({&same_id, 1}).error().kind, ErrorKind::unavailable);
}

TEST_P(AddImages, RemembersTheLastBatchAsUnconfirmed) {
  EXPECT_THAT(catalog_.unconfirmed().value(), IsEmpty());
  const std::vector first{picture(1), picture(2)};
  catalog_.add_images(first).value();
  EXPECT_THAT(catalog_.unconfirmed().value(), ElementsAre(FiledImage{first[0].image, orchard.folder},
                                                          FiledImage{first[1].image, orchard.folder}));
  // The next one exactly takes its place, and what of it was a repeat is not in it.
  NewImage again = picture(3);
  again.image.sha256 = first[0].image.sha256;
  const std::vector second{again, picture(4)};
  catalog_.add_images(second).value();
  EXPECT_THAT(catalog_.unconfirmed().value(), ElementsAre(FiledImage{second[1].image, orchard.folder}));
  catalog_.remove_image(ImageId{4}).value();
  EXPECT_THAT(catalog_.unconfirmed().value(), IsEmpty());
}

TEST_P(AddImages, StoresANameOnceWhoeverIsFaster) {
  constexpr int names = 200;
  std::vector<int> stored_by(2);
  std::vector<std::thread> nodes;
  for (std::size_t node = 0; node < stored_by.size(); ++node) {
    nodes.emplace_back([this, node, &stored_by] {
      Catalog own = connect();
      for (int n = 0; n < names; ++n) {
        NewImage image = named_picture(n + 1, "boot", n);
        image.image.id.value += 1000 * static_cast<std::int64_t>(node);
        if (add(own, image).outcome == Added::stored) ++stored_by[node];
      }
    });
  }
  for (std::thread& node : nodes) node.join();
  EXPECT_EQ(stored_by[0] + stored_by[1], names);
  EXPECT_EQ(catalog_.histogram(std::nullopt).value(), (std::vector{pictures_in(noon, names)}));
}

}  // namespace
}  // namespace heliograph::catalog
