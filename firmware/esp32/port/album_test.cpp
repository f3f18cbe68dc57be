#include "firmware/esp32/port/album.hpp"

#include "tests/support/temporary_directory.hpp"

#include <string>

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

TEST(Album, OnlyItsOwnNamesAreItsPictures) {
  EXPECT_EQ(picture_number("00000042.JPG"), 42U);
  for (const char* other :
       {"", "42.JPG", "00000042.jpg", "0000004x.JPG", "../../secret", "00000042.JPG.", "00000042.JPG/"}) {
    EXPECT_FALSE(picture_number(other)) << other;
    EXPECT_TRUE(Album("/sd").path_of(other).empty()) << other;
  }
}

TEST(Album, PicturesAreAddedListedAndRemoved) {
  const TemporaryDirectory place;
  const std::string base = place.path().string();
  {
    Album album(base.c_str());
    ASSERT_TRUE(album.open());
    for (const char* picture : {"one", "two", "three"}) ASSERT_TRUE(album.add({picture, 3}));
    place.write("PHOTOS/README.TXT", "mine");
  }
  Album album(base.c_str());
  ASSERT_TRUE(album.open());
  const auto name = album.add({"four", 4});
  ASSERT_TRUE(name);
  EXPECT_EQ(name->view(), std::string_view("00000004.JPG\0", 13));
  EXPECT_EQ(read_file(place.path() / "PHOTOS/00000004.JPG"), "four");
  EXPECT_TRUE(album.remove("00000002.JPG"));
  EXPECT_FALSE(album.remove("00000002.JPG"));
  EXPECT_FALSE(album.remove("README.TXT"));
  std::uint32_t numbers[8];
  ASSERT_EQ(album.newest(numbers, 8), 3U);
  EXPECT_EQ(numbers[0], 4U);
  EXPECT_EQ(numbers[1], 3U);
  EXPECT_EQ(numbers[2], 1U);
  ASSERT_EQ(album.newest(numbers, 2), 2U);
  EXPECT_EQ(numbers[0], 4U);
  EXPECT_EQ(numbers[1], 3U);
}

TEST(Album, WithoutACardThereIsNone) {
  Album album("/nowhere/at/all");
  EXPECT_FALSE(album.open());
  EXPECT_FALSE(album.add({"x", 1}));
  std::uint32_t number = 0;
  EXPECT_EQ(album.newest(&number, 1), 0U);
}

}  // namespace
}  // namespace heliograph::firmware
