#include "server/catalog/filtered.hpp"

#include "server/catalog/detections.hpp"
#include "server/catalog/marks.hpp"
#include "server/catalog/test_support.hpp"
#include "server/catalog/trash.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::catalog {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// Images 1 to 6, an hour apart from noon on; even ones are the greenhouse's.
class Filtered : public OnEachEngine {
 protected:
  Filtered() {
    add_cameras(catalog_);
    for (std::int64_t id = 1; id <= 6; ++id) {
      NewImage image = picture(id);
      image.image.captured_at = noon + std::chrono::hours(id - 1);
      if (id % 2 == 0) image.image.camera = greenhouse.id;
      add(catalog_, image);
    }
    marks_.star(std::vector{ImageId{1}, ImageId{2}, ImageId{5}}, true).value();
    marks_.tag(std::vector{ImageId{2}, ImageId{3}, ImageId{6}}, {{"moth"}, {}}).value();
    marks_.set_note(ImageId{3}, "50% of a Moth").value();
    marks_.set_note(ImageId{4}, "nothing").value();
    for (const std::int64_t id : {1, 2, 5, 6}) find(id, "moth");
    find(3, "bee");
    for (const std::int64_t id : {1, 4, 6}) move(id, moved_ppm);
    move(5, moved_ppm - 1);
    Trash(catalog_).put(std::vector{ImageId{6}}, noon).value();
  }

  void find(std::int64_t image, const std::string& label) {
    const Findings twice{"model", {{label, whole_ppm, {}}, {label, 1, {}}}};
    Detections(catalog_).replace(ImageId{image}, twice).value();
  }
  void move(std::int64_t image, std::int64_t motion_ppm) {
    const Look look{.image = ImageId{image}, .placeholder = {1, 2, 3, 4, 5}, .motion_ppm = motion_ppm};
    catalog_.finish_jobs({}, {&look, 1}).value();
  }

  std::vector<std::int64_t> images(const ImageQuery& query) {
    std::vector<std::int64_t> ids;
    for (const FiledImage& filed : catalog_.images(query).value()) ids.push_back(filed.image.id.value);
    return ids;
  }
  // How many images each hour after noon has, "0:1 4:1".
  std::string hours(const ImageFilter& filter, std::optional<CameraId> camera = {},
                    const std::optional<std::vector<CameraId>>& among = {}) {
    std::string text;
    for (const HourCount& hour : catalog_.histogram(camera, among, filter).value()) {
      text += (text.empty() ? "" : " ") + std::to_string((hour.hour - noon) / std::chrono::hours(1)) + ":" +
              std::to_string(hour.images);
      EXPECT_EQ(hour.bytes, hour.images * picture_bytes);
    }
    return text;
  }

  Catalog catalog_ = connect();
  Marks marks_{catalog_};
};
HELIOGRAPH_ON_EACH_ENGINE(Filtered);

TEST_P(Filtered, ShowsWhatFitsNewestFirstAndCountsTheSame) {
  const HoursOfDay afternoon{.from = 13, .to = 16, .offsets = {}};
  const HoursOfDay half_past{.from = 13, .to = 14, .offsets = {{noon, std::chrono::minutes{30}}}};
  const struct {
    ImageFilter filter;
    std::vector<std::int64_t> images;
    std::string hours;
  } table[] = {
      {{.starred = true}, {5, 2, 1}, "0:1 1:1 4:1"},
      {{.noted = true}, {4, 3}, "2:1 3:1"},
      {{.tag = "moth"}, {3, 2}, "1:1 2:1"},
      {{.tag = "bee"}, {}, ""},
      {{.text = "moth"}, {3}, "2:1"},
      {{.text = "MOTH"}, {3}, "2:1"},
      {{.text = "0%"}, {3}, "2:1"},
      {{.text = "5_%"}, {}, ""},
      {{.starred = true, .tag = "moth"}, {2}, "1:1"},
      {{.noted = true, .tag = "moth", .text = "of"}, {3}, "2:1"},
      {{.hours = afternoon}, {4, 3, 2}, "1:1 2:1 3:1"},
      {{.starred = true, .hours = afternoon}, {2}, "1:1"},
      {{.hours = half_past}, {2}, "1:1"},
      {{.label = "moth"}, {5, 2, 1}, "0:1 1:1 4:1"},
      {{.label = "bee"}, {3}, "2:1"},
      {{.label = "wasp"}, {}, ""},
      {{.moved = true}, {4, 1}, "0:1 3:1"},
      {{.label = "moth", .moved = true}, {1}, "0:1"},
      {{.tag = "moth", .label = "moth"}, {2}, "1:1"},
      {{.starred = true, .label = "moth", .moved = true}, {1}, "0:1"},
      {{.noted = true, .moved = true}, {4}, "3:1"},
      {{.hours = afternoon, .label = "moth"}, {2}, "1:1"},
      {{.hours = afternoon, .moved = true}, {4}, "3:1"},
  };
  for (const auto& row : table) {
    SCOPED_TRACE(row.hours);
    EXPECT_EQ(images({.filter = row.filter}), row.images);
    EXPECT_EQ(hours(row.filter), row.hours);
  }
}

TEST_P(Filtered, KeepsToCamerasSpansAndPages) {
  const ImageFilter starred{.starred = true};
  const ImageFilter by_day{.hours = HoursOfDay{0, 24, {}}};
  EXPECT_THAT(images({.camera = orchard.id, .filter = starred}), ElementsAre(5, 1));
  EXPECT_THAT(images({.camera = greenhouse.id, .among = std::vector{orchard.id}, .filter = starred}),
              IsEmpty());
  EXPECT_THAT(images({.among = std::vector{greenhouse.id}, .filter = starred}), ElementsAre(2));
  EXPECT_THAT(images({.among = std::vector{orchard.id, greenhouse.id}, .filter = by_day}),
              ElementsAre(5, 4, 3, 2, 1));
  const ImageFilter moths{.label = "moth"};
  const ImageFilter moved{.moved = true};
  EXPECT_THAT(images({.camera = orchard.id, .filter = moths}), ElementsAre(5, 1));
  EXPECT_THAT(images({.among = std::vector{greenhouse.id, orchard.id}, .limit = 2, .filter = moths}),
              ElementsAre(5, 2));
  EXPECT_THAT(images({.among = std::vector{greenhouse.id}, .filter = moved}), ElementsAre(4));
  EXPECT_EQ(hours(moths, greenhouse.id), "1:1");
  EXPECT_EQ(hours(moved, {}, std::vector{orchard.id, greenhouse.id}), "0:1 3:1");
  EXPECT_EQ(hours(starred, orchard.id), "0:1 4:1");
  EXPECT_EQ(hours(by_day, {}, std::vector{greenhouse.id}), "1:1 3:1");
  EXPECT_THAT(images({.limit = 2, .filter = starred}), ElementsAre(5, 2));
  const PageKey second{noon + std::chrono::hours(1), ImageId{2}};
  EXPECT_THAT(images({.after = second, .filter = starred}), ElementsAre(1));
  EXPECT_THAT(
      images({.from = noon + std::chrono::hours(1), .to = noon + std::chrono::hours(4), .filter = starred}),
      ElementsAre(2));
}

TEST_P(Filtered, GoesOnBehindTheFirstKeysThatItReads) {
  std::vector<NewImage> more;
  for (std::int64_t id = 100; id < 2600; ++id)
    more.push_back(picture(id));  // 20 to 42 minutes before the first
  for (NewImage& image : more) image.image.captured_at -= std::chrono::hours(5);
  catalog_.add_images(more).value();
  const ImageFilter night{.hours = HoursOfDay{7, 8, {{noon, std::chrono::minutes{0}}}}};
  EXPECT_EQ(images({.limit = 500, .filter = night}).size(), 500U);
  const ImageFilter late{.hours = HoursOfDay{17, 18, {}}};
  EXPECT_THAT(images({.filter = late}), IsEmpty());
}

TEST_P(Filtered, ReadsByTheSmallestIndexThereIs) {
  const auto db = connect_below();
  const bool sqlite = GetParam() == Engine::sqlite;
  if (!sqlite)
    db->execute_script("SET enable_seqscan = off; SET enable_bitmapscan = off; SET enable_sort = off")
        .value();
  const auto plan = [&](const ImageFilter& filter, bool of_camera) {
    std::string plan;
    db->query((sqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN ") + filtered_keys_sql(filter, of_camera),
              {1, 1, 1, 1, filter.tag, filter.text, of_camera ? 1 : 0, filter.label},
              [&](const Row& row) { plan += std::string(row.text(sqlite ? 3 : 0)) + '\n'; })
        .value();
    return plan;
  };
  const std::pair<std::string, const char*> plans[] = {
      {plan({.starred = true}, false), "image_starred"},
      {plan({.noted = true}, false), "image_noted"},
      {plan({.text = "x"}, false), "image_noted"},
      {plan({.tag = "x"}, false), "image_by_tag"},
      {plan({.label = "x"}, false), "image_by_label "},
      {plan({.label = "x"}, true), "image_by_label_and_camera"},
      {plan({.label = "x", .moved = true}, true), "image_by_label_and_camera"},
      {plan({.starred = true, .label = "x"}, false), "image_starred"},
      {plan({.moved = true}, false), "image_moved "},
      {plan({.moved = true}, true), "image_moved_by_camera"},
      {plan({.hours = HoursOfDay{}}, false), "image_by_time"},
      {plan({.hours = HoursOfDay{}}, true), "image_by_camera_and_time"},
  };
  for (const auto& [text, index] : plans) {
    EXPECT_THAT(text, HasSubstr(index));
    EXPECT_THAT(text, Not(HasSubstr("TEMP B-TREE")));
  }
}

}  // namespace
}  // namespace heliograph::catalog
