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

TEST(Tags, AreKeptInOneForm) {
  const std::pair<std::string, std::string> good[] = {{"moth", "moth"},
                                                      {"  Codling   Moth ", "codling moth"},
                                                      {"Ä", "Ä"},
                                                      {std::string(40, 'x'), std::string(40, 'x')}};
  for (const auto& [typed, kept] : good) EXPECT_EQ(normal_tag(typed).value(), kept) << typed;
  const std::pair<std::string, const char*> bad[] = {{"", "empty"},     {"   ", "empty"},
                                                     {"a,b", "comma"},  {"a\tb", "control"},
                                                     {"\xff", "UTF-8"}, {std::string(41, 'x'), "40 bytes"}};
  for (const auto& [typed, says] : bad) {
    const auto refused = normal_tag(typed);
    ASSERT_FALSE(refused) << typed;
    EXPECT_EQ(refused.error().kind, ErrorKind::bad_request);
    EXPECT_THAT(refused.error().detail, HasSubstr(says));
  }
}

TEST(Notes, KeepTheirLines) {
  EXPECT_EQ(normal_note(" two\nlines \n").value(), "two\nlines");
  EXPECT_EQ(normal_note("  ").value(), "");
  for (const std::string& bad : {std::string("\xff"), std::string("a\x01"), std::string(2001, 'x')}) {
    EXPECT_EQ(normal_note(bad).error().kind, ErrorKind::bad_request) << bad;
  }
}

class MarksOfImages : public OnEachEngine {
 protected:
  MarksOfImages() {
    add_cameras(catalog_);
    for (std::int64_t id = 1; id <= 4; ++id) {
      NewImage image = picture(id);
      if (id == 4) image.image.camera = greenhouse.id;
      add(catalog_, image);
    }
  }

  Catalog catalog_ = connect();
  Marks marks_{catalog_};
};
HELIOGRAPH_ON_EACH_ENGINE(MarksOfImages);

TEST_P(MarksOfImages, StarManyAtOnceButNotWhatIsGone) {
  Trash(catalog_).put(std::vector{ImageId{3}}, noon).value();
  const std::vector ids{ImageId{1}, ImageId{3}, ImageId{77}, ImageId{2}};
  EXPECT_THAT(marks_.star(ids, true).value(), ElementsAre(ImageId{1}, ImageId{2}));
  EXPECT_TRUE(catalog_.image(ImageId{2}).value().image.starred);
  EXPECT_THAT(marks_.star(ids, false).value(), ElementsAre(ImageId{1}, ImageId{2}));
  EXPECT_FALSE(catalog_.image(ImageId{2}).value().image.starred);
}

TEST_P(MarksOfImages, TagManyAtOnce) {
  const std::vector both{ImageId{1}, ImageId{4}, ImageId{77}};
  EXPECT_THAT(marks_.tag(both, {{"moth", "night"}, {}}).value(), ElementsAre(ImageId{1}, ImageId{4}));
  EXPECT_THAT(marks_.tag(both, {{"moth"}, {"night", "not there"}}).value(),
              ElementsAre(ImageId{1}, ImageId{4}));
  EXPECT_THAT(marks_.tags(ImageId{1}).value(), ElementsAre("moth"));
  marks_.tag(std::vector{ImageId{1}}, {{"apple"}, {}}).value();
  EXPECT_THAT(marks_.tags(ImageId{1}).value(), ElementsAre("apple", "moth"));
  EXPECT_THAT(marks_.all_tags({}).value(), ElementsAre(TagCount{"moth", 2}, TagCount{"apple", 1}));
  EXPECT_THAT(marks_.all_tags(std::vector{greenhouse.id}).value(), ElementsAre(TagCount{"moth", 1}));
  Trash(catalog_).put(std::vector{ImageId{4}}, noon).value();
  EXPECT_THAT(marks_.all_tags(std::vector{greenhouse.id}).value(), IsEmpty());
}

TEST_P(MarksOfImages, AnImageWithTooManyTagsKeepsThoseItHad) {
  TagChange many;
  for (int i = 0; i < max_tags; ++i) many.add.push_back("tag " + std::to_string(i));
  EXPECT_THAT(marks_.tag(std::vector{ImageId{1}}, many).value(), ElementsAre(ImageId{1}));
  EXPECT_THAT(marks_.tag(std::vector{ImageId{1}, ImageId{2}}, {{"one more"}, {}}).value(),
              ElementsAre(ImageId{2}));
  EXPECT_EQ(marks_.tags(ImageId{1}).value().size(), static_cast<std::size_t>(max_tags));
  EXPECT_THAT(marks_.tag(std::vector{ImageId{1}}, {{"one more"}, {"tag 0"}}).value(),
              ElementsAre(ImageId{1}));
}

TEST_P(MarksOfImages, ANoteIsReplacedAndTakenAway) {
  marks_.set_note(ImageId{1}, "a moth").value();
  marks_.set_note(ImageId{1}, "two moths").value();
  EXPECT_EQ(marks_.note(ImageId{1}).value(), "two moths");
  EXPECT_EQ(marks_.note(ImageId{2}).value(), "");
  marks_.set_note(ImageId{1}, "").value();
  EXPECT_EQ(marks_.note(ImageId{1}).value(), "");
  EXPECT_EQ(marks_.set_note(ImageId{77}, "x").error().kind, ErrorKind::not_found);
}

TEST_P(MarksOfImages, GoWithTheirImage) {
  marks_.tag(std::vector{ImageId{1}}, {{"moth"}, {}}).value();
  catalog_.remove_image(ImageId{1}).value();
  EXPECT_THAT(marks_.tags(ImageId{1}).value(), IsEmpty());
}

}  // namespace
}  // namespace heliograph::catalog
