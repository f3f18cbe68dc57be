#include "server/store/names.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::store {
namespace {

const ImageName name{from_ms(1795273262123), ImageId{0x0123456789abcdef}};

TEST(Names, AnImageIsNamedByItsTimeAndId) {
  EXPECT_EQ(image_filename(name), to_compact(name.captured_at) + "-" + to_string(name.id) + ".jpg");
  EXPECT_EQ(parse_image_filename(image_filename(name)), name);
}

TEST(Names, KeysAreFiledByDay) {
  const ImageName first{from_ms(0), ImageId{1}};
  EXPECT_EQ(image_key("orchard", first), "images/orchard/1970/01/01/19700101T000000.000Z-0000000000001.jpg");
  EXPECT_EQ(thumbnail_key("orchard", first),
            "thumbnails/orchard/1970/01/01/19700101T000000.000Z-0000000000001.jpg");
}

TEST(Names, RefusedBytesAreNamedByTheirArrivalAndFiledByDay) {
  const QuarantineName refused{from_ms(0), QuarantineId{1}};
  EXPECT_EQ(quarantine_key("orchard", refused),
            "quarantine/orchard/1970/01/01/19700101T000000.000Z-0000000000001.bin");
  EXPECT_EQ(parse_quarantine_filename(quarantine_filename(refused)), refused);
  EXPECT_FALSE(parse_quarantine_filename(image_filename(name)));
  EXPECT_FALSE(parse_image_filename(quarantine_filename(refused)));
}

TEST(Names, EverythingElseIsRefused) {
  const std::string good = image_filename(name);
  for (const std::string& text :
       {std::string(), good.substr(1), good + "g", "../" + good, good.substr(0, good.size() - 4) + ".png",
        std::string("20261322T150102.123Z-0000000000001.jpg"),
        std::string("20261122T150102.123Z_0000000000001.jpg"),
        std::string("20261122T150102.123Z-000000000000i.jpg"),
        std::string("20261122T150102.123Z-z000000000001.jpg")}) {
    EXPECT_FALSE(parse_image_filename(text)) << text;
  }
}

TEST(Names, FoldersAreWhatAShellLikes) {
  const std::pair<std::string_view, std::string_view> table[] = {
      {"Orchard north", "orchard-north"},
      {"  Trap #7 / gate ", "trap-7-gate"},
      {"../../etc/passwd", "etc-passwd"},
      {".", "camera"},
      {"", "camera"},
      {"Süd", "sd"},
      {"日本", "camera"},
      {"a\nb", "a-b"},
  };
  for (const auto& [from, expected] : table) EXPECT_EQ(folder_from_name(from), expected) << from;
  EXPECT_EQ(folder_from_name(std::string(200, 'x')).size(), max_folder_length);
}

}  // namespace
}  // namespace heliograph::store
