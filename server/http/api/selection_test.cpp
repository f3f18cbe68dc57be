#include "server/http/api/selection.hpp"

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::http {
namespace {

using catalog::Role;
using testing::ElementsAre;
using testing::Pair;

constexpr CameraId farm{1};
constexpr CameraId elsewhere{2};
constexpr CameraId seen_only{3};

catalog::Image image(std::int64_t id, CameraId camera, bool trashed = false) {
  catalog::Image image{};
  image.id = ImageId{id};
  image.camera = camera;
  if (trashed) image.trashed_at = Timestamp{};
  return image;
}

accounts::Visitor operator_of_the_farm() {
  accounts::Visitor visitor;
  visitor.cameras = {{farm, Role::operator_role}, {seen_only, Role::viewer}};
  return visitor;
}

boost::json::object body_of(std::string_view text) {
  return boost::json::parse({text.data(), text.size()}).as_object();
}

TEST(Selection, LeavesOutWhatIsNotForTheVisitorToChange) {
  const std::vector known{image(1, farm), image(2, elsewhere), image(3, seen_only), image(4, farm, true),
                          image(5, seen_only, true)};
  const std::vector wanted{ImageId{5}, ImageId{1}, ImageId{2}, ImageId{3}, ImageId{4}, ImageId{77}};
  const auto in_gallery = select_images(wanted, known, operator_of_the_farm(), Place::gallery);
  EXPECT_THAT(in_gallery.ids(), ElementsAre(ImageId{1}));
  EXPECT_THAT(in_gallery.left,
              ElementsAre(Pair(ImageId{5}, Left::not_found), Pair(ImageId{2}, Left::not_found),
                          Pair(ImageId{3}, Left::forbidden), Pair(ImageId{4}, Left::not_found),
                          Pair(ImageId{77}, Left::not_found)));
  const auto in_trash = select_images(wanted, known, operator_of_the_farm(), Place::trash);
  EXPECT_THAT(in_trash.ids(), ElementsAre(ImageId{4}));
  EXPECT_EQ(in_trash.left.front(), std::pair(ImageId(5), Left::not_found)) << "the trash is not for viewers";
}

TEST(Selection, TellsWhatWasDoneAndWhatNot) {
  Selection selection;
  selection.chosen = {image(1, farm), image(2, farm), image(3, elsewhere)};
  selection.left = {{ImageId{9}, Left::forbidden}};
  const Outcome outcome = outcome_of(selection, {ImageId{1}, ImageId{3}}, Left::starred);
  EXPECT_THAT(outcome.left, ElementsAre(Pair(ImageId{9}, Left::forbidden), Pair(ImageId{2}, Left::starred)));
  EXPECT_THAT(outcome.cameras, ElementsAre(Pair(farm, 1), Pair(elsewhere, 1)));
  EXPECT_EQ(outcome_json({{ImageId{1}}, {{ImageId{2}, Left::full}}, {}}),
            R"({"done":["0000000000001"],"left":[{"id":"0000000000002","why":"full"}]})");
}

TEST(Selection, IsReadAsAListOfIds) {
  const auto read =
      read_images(body_of(R"({"images": ["0000000000001", "0000000000002", "0000000000001"]})"), 3);
  EXPECT_THAT(read.value(), ElementsAre(ImageId{1}, ImageId{2})) << "each once";
  for (const std::string_view bad :
       {R"({})", R"({"images": []})", R"({"images": "0000000000001"})", R"({"images": [1]})",
        R"({"images": ["x"]})",
        R"({"images": ["0000000000001", "0000000000002", "0000000000003", "0000000000004"]})"}) {
    EXPECT_EQ(read_images(body_of(bad), 3).error().kind, ErrorKind::bad_request) << bad;
  }
}

}  // namespace
}  // namespace heliograph::http
