#include "server/catalog/image_sql.hpp"
#include "server/catalog/test_support.hpp"
#include "server/catalog/trash.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::catalog {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using namespace std::string_view_literals;

class Images : public OnEachEngine {
 protected:
  Images() { add_cameras(catalog_); }

  // Follows the pages to their end.
  std::vector<std::int64_t> walk(ImageQuery query) {
    std::vector<std::int64_t> ids;
    for (;;) {
      const auto page = catalog_.images(query).value();
      for (const FiledImage& filed : page) ids.push_back(filed.image.id.value);
      if (page.empty()) return ids;
      query.after = PageKey{page.back().image.captured_at, page.back().image.id};
    }
  }

  Catalog catalog_ = connect();
};
HELIOGRAPH_ON_EACH_ENGINE(Images);

TEST_P(Images, ComeNewestFirstInPagesThatNeitherRepeatNorSkip) {
  // Many of the same millisecond, more than a page holds, and ids that do not follow the time.
  std::vector<NewImage> images;
  for (std::int64_t id = 1; id <= 100; ++id) {
    images.push_back(picture(id));
    images.back().image.captured_at = noon + std::chrono::milliseconds((id * 37) % 5);
  }
  catalog_.add_images(images).value();
  std::ranges::sort(images, [](const NewImage& a, const NewImage& b) {
    return std::tie(a.image.captured_at, a.image.id) > std::tie(b.image.captured_at, b.image.id);
  });
  std::vector<std::int64_t> expected;
  for (const NewImage& image : images) expected.push_back(image.image.id.value);

  for (const int limit : {1, 7, 100, max_page}) {
    EXPECT_EQ(walk({.limit = limit}), expected) << limit;
    EXPECT_EQ(walk({.camera = orchard.id, .limit = limit}), expected) << limit;
  }
}

TEST_P(Images, AreThoseOfTheCameraAndTheSpan) {
  std::vector<NewImage> images;
  for (std::int64_t id = 1; id <= 6; ++id) images.push_back(picture(id));
  images[3].image.camera = greenhouse.id;
  catalog_.add_images(images).value();
  const Timestamp second = images[1].image.captured_at;
  const Timestamp fifth = images[4].image.captured_at;

  EXPECT_THAT(walk({.from = second}), ElementsAre(6, 5, 4, 3, 2));  // inclusive
  EXPECT_THAT(walk({.to = fifth}), ElementsAre(4, 3, 2, 1));        // exclusive
  EXPECT_THAT(walk({.from = second, .to = fifth, .limit = 2}), ElementsAre(4, 3, 2));
  EXPECT_THAT(walk({.camera = orchard.id, .from = second, .to = fifth}), ElementsAre(3, 2));
  EXPECT_THAT(walk({.camera = greenhouse.id}), ElementsAre(4));
  EXPECT_THAT(walk({.camera = CameraId{99}}), IsEmpty());
  EXPECT_THAT(walk({.from = fifth, .to = second}), IsEmpty());
  // A key from outside of the span does not widen it.
  EXPECT_THAT(walk({.to = second, .after = PageKey{fifth, ImageId{5}}}), ElementsAre(1));
}

TEST_P(Images, MayBeThoseOfSomeCamerasOnly) {
  std::vector<NewImage> images;
  for (std::int64_t id = 1; id <= 30; ++id) {
    images.push_back(picture(id));
    if (id % 3 == 0) images.back().image.camera = greenhouse.id;
    images.back().image.captured_at = noon + std::chrono::minutes(10 * (id / 2));  // two at a time
  }
  catalog_.add_images(images).value();
  const std::vector both{orchard.id, greenhouse.id};
  const std::vector one{greenhouse.id};
  const std::vector<CameraId> none;
  for (const int limit : {1, 4, 100}) {
    EXPECT_EQ(walk({.among = both, .limit = limit}), walk({.limit = limit})) << limit;
    EXPECT_EQ(walk({.among = one, .limit = limit}), walk({.camera = greenhouse.id, .limit = limit})) << limit;
    EXPECT_EQ(walk({.camera = greenhouse.id, .among = one, .limit = limit}).size(), 10U);
    EXPECT_THAT(walk({.camera = orchard.id, .among = one, .limit = limit}), IsEmpty());
    EXPECT_THAT(walk({.among = none, .limit = limit}), IsEmpty());
  }
  EXPECT_EQ(catalog_.histogram(std::nullopt, both).value(), catalog_.histogram(std::nullopt).value());
  EXPECT_EQ(catalog_.histogram(std::nullopt, one).value(), catalog_.histogram(greenhouse.id).value());
  EXPECT_THAT(catalog_.histogram(orchard.id, one).value(), IsEmpty());
  EXPECT_THAT(catalog_.histogram(std::nullopt, none).value(), IsEmpty());
}

TEST_P(Images, ComeInPagesOfBoundedSize) {
  std::vector<NewImage> images;
  for (std::int64_t id = 1; id <= max_page + 1; ++id) images.push_back(picture(id));
  catalog_.add_images(images).value();
  EXPECT_EQ(catalog_.images({.limit = 1'000'000}).value().size(), static_cast<std::size_t>(max_page));
  EXPECT_EQ(catalog_.images({.limit = -1}).value().size(), 1U);
}

TEST_P(Images, AreWalkedById) {
  const std::vector images{picture(5), picture(2), picture(9)};
  catalog_.add_images(images).value();
  const FiledImage two{images[1].image, orchard.folder};
  const FiledImage five{images[0].image, orchard.folder};
  const FiledImage nine{images[2].image, orchard.folder};
  EXPECT_THAT(catalog_.images_by_id(ImageId{0}, 2).value(), ElementsAre(two, five));
  EXPECT_THAT(catalog_.images_by_id(ImageId{5}, 2).value(), ElementsAre(nine));
  EXPECT_THAT(catalog_.images_by_id(ImageId{9}, 2).value(), IsEmpty());
}

TEST_P(Images, ThatAreNotThereAreNotFound) {
  EXPECT_EQ(catalog_.image(ImageId{1}).error().kind, ErrorKind::not_found);
  EXPECT_EQ(catalog_.telemetry(ImageId{1}).value(), std::nullopt);
  EXPECT_EQ(catalog_.remove_image(ImageId{1}).error().kind, ErrorKind::not_found);
}

TEST_P(Images, AreCountedByTheHourTheyWereTakenIn) {
  std::vector<NewImage> images{picture(1), picture(2), picture(3), picture(4)};
  images[1].image.camera = greenhouse.id;
  images[2].image.captured_at = noon + std::chrono::hours(1);  // its first millisecond
  images[3].image.captured_at = from_ms(-1);  // before 1970 too, an hour begins at its beginning
  catalog_.add_images(images).value();
  const Timestamp last_of_1969 = from_ms(-3'600'000);
  const Timestamp one = noon + std::chrono::hours(1);
  EXPECT_THAT(catalog_.histogram(std::nullopt).value(),
              ElementsAre(pictures_in(last_of_1969, 1), pictures_in(noon, 2), pictures_in(one, 1)));
  EXPECT_THAT(catalog_.histogram(orchard.id).value(),
              ElementsAre(pictures_in(last_of_1969, 1), pictures_in(noon, 1), pictures_in(one, 1)));
  EXPECT_THAT(catalog_.histogram(greenhouse.id).value(), ElementsAre(pictures_in(noon, 1)));
}

TEST_P(Images, LeaveTheCountsAndEverythingThatHungOnThem) {
  NewImage image = picture(1);
  image.telemetry = battery(1);
  NewImage other = picture(2);
  other.image.camera = greenhouse.id;
  const std::vector images{image, other};
  catalog_.add_images(images).value();
  catalog_.remove_image(ImageId{1}).value();

  EXPECT_EQ(catalog_.image(ImageId{1}).error().kind, ErrorKind::not_found);
  EXPECT_EQ(catalog_.telemetry(ImageId{1}).value(), std::nullopt);
  EXPECT_THAT(catalog_.histogram(orchard.id).value(), IsEmpty());
  EXPECT_EQ(catalog_.cameras().value()[1].image_count, 0);
  EXPECT_THAT(catalog_.histogram(std::nullopt).value(), ElementsAre(pictures_in(noon, 1)));
  EXPECT_THAT(catalog_.claim_jobs(noon, noon, 10).value(),
              ElementsAre(testing::Field(&Job::image, ImageId{2})));
}

TEST_P(Images, CanBeCountedAgain) {
  std::vector<NewImage> images{picture(1), picture(2), picture(3)};
  images[1].image.camera = greenhouse.id;
  images[2].image.captured_at = from_ms(-1);
  catalog_.add_images(images).value();
  const auto right = [&] {
    return std::tuple(catalog_.histogram(std::nullopt).value(), catalog_.histogram(orchard.id).value(),
                      catalog_.histogram(greenhouse.id).value(), catalog_.cameras().value()[0].image_count,
                      catalog_.cameras().value()[1].image_count, catalog_.cameras().value()[0].image_bytes,
                      catalog_.cameras().value()[1].image_bytes);
  };
  const auto before = right();
  connect_below()
      ->execute_script(
          "UPDATE hour_count SET images = images + 7, bytes = 0; UPDATE camera SET image_count = 3, "
          "image_bytes = 3")
      .value();
  EXPECT_NE(right(), before);
  catalog_.recount().value();
  EXPECT_EQ(right(), before);
}

TEST_P(Images, NearestToAMomentIsNoFurtherThanAsked) {
  using std::chrono::seconds;
  // Taken 10, 20 and 30 seconds after noon, and two in the same millisecond 90 seconds after it.
  std::vector<NewImage> images{picture(10), picture(20), picture(30), picture(91), picture(92)};
  for (NewImage& image : std::span(images).last(2)) image.image.captured_at = noon + seconds(90);
  images.push_back(picture(21));
  images.back().image.camera = greenhouse.id;
  catalog_.add_images(images).value();

  struct Row {
    int moment_s;
    int within_s;
    std::int64_t expected;  // 0: none
  };
  const Row table[] = {
      {20, 0, 20},  {20, 60, 20}, {24, 60, 20}, {26, 60, 30}, {25, 5, 20},  // as near as the later one
      {25, 4, 0},                                                           // neither is near enough
      {10, 60, 10}, {4, 6, 10},   {3, 6, 0},    {60, 30, 30},               // the bounds are inclusive
      {61, 30, 91},  // of those that come later together, the one that was first
      {99, 30, 92},  // of those that came before together, the one that was last
      {200, 60, 0},
  };
  for (const Row& row : table) {
    const Timestamp moment = noon + seconds(row.moment_s);
    const auto found = catalog_.nearest_images(orchard.id, {&moment, 1}, seconds(row.within_s)).value();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0] ? found[0]->image.id.value : 0, row.expected)
        << row.moment_s << " within " << row.within_s;
  }
}

TEST_P(Images, NearestComeInTheOrderOfTheMoments) {
  const std::vector images{picture(10), picture(30)};
  catalog_.add_images(images).value();
  const auto at = [](int seconds) { return noon + std::chrono::seconds(seconds); };
  const std::vector moments{at(31), at(500), at(9), at(31)};
  std::vector<std::int64_t> ids;
  for (const auto& found : catalog_.nearest_images(orchard.id, moments, std::chrono::seconds(5)).value()) {
    ids.push_back(found ? found->image.id.value : 0);
  }
  EXPECT_THAT(ids, ElementsAre(30, 0, 10, 30));
  EXPECT_THAT(catalog_.nearest_images(orchard.id, {}, std::chrono::seconds(5)).value(), IsEmpty());
  const std::vector<Timestamp> too_many(max_moments + 1, noon);
  EXPECT_EQ(catalog_.nearest_images(orchard.id, too_many, std::chrono::seconds(5)).value().size(),
            max_moments);
}

TEST_P(Images, NearestIsNotInTheTrash) {
  const std::vector images{picture(10), picture(20)};
  catalog_.add_images(images).value();
  Trash(catalog_).put(std::array{ImageId{10}, ImageId{20}}, noon).value();
  Trash(catalog_).restore(std::array{ImageId{20}}).value();
  const Timestamp moment = noon + std::chrono::seconds(10);
  const auto found = catalog_.nearest_images(orchard.id, {&moment, 1}, std::chrono::minutes(1)).value();
  ASSERT_TRUE(found.at(0));
  EXPECT_EQ(found[0]->image.id, ImageId{20});
}

TEST_P(Images, FollowTheOneBeforeOfTheirCamera) {
  NewImage elsewhere = picture(3);
  elsewhere.image.camera = greenhouse.id;
  catalog_.add_images(std::vector{picture(1), picture(2), elsewhere, picture(4)}).value();
  const auto before = [&](const NewImage& image, std::chrono::seconds within) {
    const auto found = catalog_.image_before(image.image, within).value();
    return found ? found->image.id.value : 0;
  };
  EXPECT_EQ(before(picture(4), std::chrono::seconds(2)), 2);
  EXPECT_EQ(before(picture(4), std::chrono::seconds(1)), 0);
  EXPECT_EQ(before(picture(1), std::chrono::hours(1)), 0);
  EXPECT_EQ(before(elsewhere, std::chrono::hours(1)), 0);
  Trash(catalog_).put(std::vector{ImageId{2}}, noon).value();
  EXPECT_EQ(before(picture(4), std::chrono::hours(1)), 1);
}

TEST_P(Images, TellWhenTheLastOneArrived) {
  EXPECT_EQ(catalog_.last_received().value(), std::nullopt);
  NewImage early = picture(2);
  early.image.received_at = noon;
  const std::vector images{picture(1), early};
  catalog_.add_images(images).value();
  EXPECT_EQ(catalog_.last_received().value(), picture(1).image.received_at);
}

// What must be as fast at a million images as at a thousand: each engine says how it would go about it.
class Plans : public OnEachEngine {
 protected:
  Plans() {
    connect();
    db_ = connect_below();
    // An empty table is read whole by anybody in his right mind; the question is what could be done instead.
    if (GetParam() == Engine::postgres) db_->execute_script("SET enable_seqscan = off").value();
  }
  std::string plan(std::string_view sql, Db::Values values) {
    const bool sqlite = GetParam() == Engine::sqlite;
    std::string plan;
    db_->query((sqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN ") + std::string(sql), values,
               [&](const Row& row) { plan += std::string(row.text(sqlite ? 3 : 0)) + '\n'; })
        .value();
    return plan;
  }
  // What an engine calls the index behind a table's primary key.
  static std::string primary(const std::string& table) {
    return GetParam() == Engine::sqlite ? "sqlite_autoindex_" + table + "_1" : table + "_pkey";
  }

  std::unique_ptr<Db> db_;
};
HELIOGRAPH_ON_EACH_ENGINE(Plans);

TEST_P(Plans, FindAPageByItsKeyAndReadItInOrder) {
  for (const std::string& page :
       {plan(sql::page_of_all, {1, 1, 1, 1}), plan(sql::page_of_camera, {1, 1, 1, 1, 1})}) {
    if (GetParam() == Engine::sqlite) {
      EXPECT_THAT(page, HasSubstr("(captured_at,id)<(?,?)"));
      EXPECT_THAT(page, Not(HasSubstr("TEMP B-TREE")));
    } else {
      EXPECT_THAT(page, HasSubstr("Index Scan Backward"));
      EXPECT_THAT(page, HasSubstr("ROW(captured_at, id) < ROW("));
      EXPECT_THAT(page, Not(HasSubstr("Sort")));
    }
  }
  EXPECT_THAT(plan(sql::page_of_all, {1, 1, 1, 1}), HasSubstr("image_by_time"));
  EXPECT_THAT(plan(sql::page_of_camera, {1, 1, 1, 1, 1}), HasSubstr("image_by_camera_and_time"));
}

TEST_P(Plans, FindTheOldestByTheirKeyAndReadThemInOrder) {
  const std::string of_all = plan(sql::oldest_of_all, {1, 1, 1, 1});
  const std::string of_camera = plan(sql::oldest_of_camera, {1, 1, 1, 1, 1});
  EXPECT_THAT(of_all, HasSubstr("image_by_time"));
  EXPECT_THAT(of_camera, HasSubstr("image_by_camera_and_time"));
  for (const std::string& page : {of_all, of_camera}) {
    EXPECT_THAT(page, Not(HasSubstr("TEMP B-TREE")));
    EXPECT_THAT(page, Not(HasSubstr("Sort")));
  }
}

TEST_P(Plans, NeverReadAllImages) {
  const Sha256Digest hash{};
  EXPECT_THAT(plan(sql::image_by_sender, {1, "boot"sv, 1}), HasSubstr("image_by_sender"));
  EXPECT_THAT(plan(sql::nameless_image_by_hash, {1, hash}), HasSubstr("image_by_hash"));
  EXPECT_THAT(plan(sql::recent_image_by_hash, {1, hash, 1}), HasSubstr("image_by_hash"));
  EXPECT_THAT(plan(sql::around_a_moment, {1, 1, 1, 1}), HasSubstr("image_by_camera_and_time"));
  EXPECT_THAT(plan(sql::last_received, {}), HasSubstr("image_by_arrival"));
  EXPECT_THAT(plan(sql::camera_summaries, {}), HasSubstr("image_by_camera_and_time"));
  EXPECT_THAT(plan(sql::sightings, {1, 1, 1}), HasSubstr("image_by_camera_and_time"));
  EXPECT_THAT(plan(sql::recent_claims, {1, 1, 1}), HasSubstr("image_by_arrival"));
  EXPECT_THAT(plan(sql::quarantine_page, {1, 1, 1, 1}), HasSubstr("quarantine_by_camera"));
  EXPECT_THAT(plan(sql::histogram, {1}), HasSubstr(primary("hour_count")));
  EXPECT_THAT(plan(sql::hours_of_all, {1, 1, 1}), HasSubstr(primary("hour_count")));
  EXPECT_THAT(plan(sql::arrivals, {1, 1}), HasSubstr(primary("hour_count")));
  EXPECT_THAT(plan(sql::image_by_id, {1}), HasSubstr(primary("image")));
  EXPECT_THAT(plan(sql::images_after_id, {1, 1}), HasSubstr(primary("image")));
  if (GetParam() == Engine::sqlite) {  // PostgreSQL wants to know first how many rows there are
    EXPECT_THAT(plan(sql::last_batch, {}), HasSubstr("SEARCH image"));
  }
}

}  // namespace
}  // namespace heliograph::catalog
