#include "server/catalog/detections.hpp"

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

TEST(Labels, AreKeptInOneForm) {
  EXPECT_EQ(normal_label("  Codling   Moth ").value(), "codling moth");
  EXPECT_EQ(normal_source("YOLO v8").value(), "yolo v8");
  EXPECT_THAT(normal_label("").error().detail, HasSubstr("a label must not be empty"));
  EXPECT_THAT(normal_source(std::string(65, 'x')).error().detail, HasSubstr("a source must have at most 64"));
  EXPECT_EQ(normal_label("a,b").error().kind, ErrorKind::bad_request);
}

class DetectionsOfImages : public OnEachEngine {
 protected:
  DetectionsOfImages() {
    add_cameras(catalog_);
    for (std::int64_t id = 1; id <= 3; ++id) {
      NewImage image = picture(id);
      if (id == 3) image.image.camera = greenhouse.id;
      add(catalog_, image);
    }
  }
  static Findings found(std::string source, std::vector<std::string> labels) {
    Findings findings{std::move(source), {}};
    for (std::string& label : labels) findings.detections.push_back({std::move(label), whole_ppm / 2, {}});
    return findings;
  }

  Catalog catalog_ = connect();
  Detections detections_{catalog_};
};
HELIOGRAPH_ON_EACH_ENGINE(DetectionsOfImages);

TEST_P(DetectionsOfImages, AreReadAsTheyWereTold) {
  const Findings yolo{"yolo",
                      {{"moth", 912'345, Box{0, 999'999, whole_ppm, 1}},
                       {"leaf", 0, {}},
                       {"moth", whole_ppm, Box{1, 2, 3, 4}}}};
  const Findings trap = found("a trap", {"moth"});
  detections_.replace(ImageId{1}, yolo).value();
  detections_.replace(ImageId{1}, trap).value();
  EXPECT_THAT(detections_.of(ImageId{1}).value(), ElementsAre(trap, yolo));
  EXPECT_THAT(detections_.of(ImageId{2}).value(), IsEmpty());
}

TEST_P(DetectionsOfImages, ReplaceThoseThatTheirSourceToldBefore) {
  detections_.replace(ImageId{1}, found("yolo", {"moth", "bee"})).value();
  detections_.replace(ImageId{1}, found("trap", {"bee"})).value();
  detections_.replace(ImageId{1}, found("yolo", {"wasp"})).value();
  EXPECT_THAT(detections_.of(ImageId{1}).value(),
              ElementsAre(found("trap", {"bee"}), found("yolo", {"wasp"})));
  EXPECT_THAT(detections_.all_labels({}).value(), ElementsAre(LabelCount{"bee", 1}, LabelCount{"wasp", 1}));
  detections_.replace(ImageId{1}, found("yolo", {})).value();
  EXPECT_THAT(detections_.of(ImageId{1}).value(), ElementsAre(found("trap", {"bee"})));
  EXPECT_THAT(detections_.all_labels({}).value(), ElementsAre(LabelCount{"bee", 1}));
}

TEST_P(DetectionsOfImages, CountEachImageOnceForALabel) {
  detections_.replace(ImageId{1}, found("yolo", {"moth", "moth"})).value();
  detections_.replace(ImageId{1}, found("trap", {"moth"})).value();
  detections_.replace(ImageId{3}, found("yolo", {"moth", "bee"})).value();
  EXPECT_THAT(detections_.all_labels({}).value(), ElementsAre(LabelCount{"moth", 2}, LabelCount{"bee", 1}));
  EXPECT_THAT(detections_.all_labels(std::vector{orchard.id}).value(), ElementsAre(LabelCount{"moth", 1}));
  Trash(catalog_).put(std::vector{ImageId{3}}, noon).value();
  EXPECT_THAT(detections_.all_labels({}).value(), ElementsAre(LabelCount{"moth", 1}));
  EXPECT_THAT(detections_.all_labels(std::vector{greenhouse.id}).value(), IsEmpty());
}

TEST_P(DetectionsOfImages, AreOfImagesThatAreThere) {
  Trash(catalog_).put(std::vector{ImageId{2}}, noon).value();
  for (const ImageId id : {ImageId{2}, ImageId{77}}) {
    EXPECT_EQ(detections_.replace(id, found("yolo", {"moth"})).error().kind, ErrorKind::not_found);
  }
  detections_.replace(ImageId{1}, found("yolo", {"moth"})).value();
  catalog_.remove_image(ImageId{1}).value();
  EXPECT_THAT(detections_.of(ImageId{1}).value(), IsEmpty());
  EXPECT_THAT(detections_.all_labels({}).value(), IsEmpty());
}

TEST_P(DetectionsOfImages, AreOfAFewSources) {
  for (std::int64_t n = 0; n < max_sources; ++n) {
    detections_.replace(ImageId{1}, found("source " + std::to_string(n), {"moth"})).value();
  }
  EXPECT_EQ(detections_.replace(ImageId{1}, found("one more", {"moth"})).error().kind,
            ErrorKind::unprocessable);
  detections_.replace(ImageId{1}, found("source 0", {"bee"})).value();
  detections_.replace(ImageId{1}, found("source 0", {})).value();
  detections_.replace(ImageId{1}, found("one more", {"moth"})).value();
}

// A filter dialog asks for this whenever it opens.
TEST_P(DetectionsOfImages, AreCountedFromAnIndex) {
  if (GetParam() == Engine::postgres) return;  // decides by how many rows there are
  std::string plan;
  connect_below()
      ->query(
          "EXPLAIN QUERY PLAN SELECT label, camera_id, count(*) FROM image_label GROUP BY label, camera_id",
          {}, [&](const Row& row) { plan += std::string(row.text(3)) + '\n'; })
      .value();
  EXPECT_THAT(plan, HasSubstr("COVERING INDEX image_by_label_and_camera"));
  EXPECT_THAT(plan, Not(HasSubstr("TEMP B-TREE")));
}

}  // namespace
}  // namespace heliograph::catalog
