#include "server/media/thumb_hash.hpp"

#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

namespace heliograph::media {
namespace {

std::string hex(const std::vector<std::uint8_t>& bytes) {
  return fmt::format("{:02x}", fmt::join(bytes, ""));
}

// Something of everything, and the same for whoever draws it.
Raster drawn(Size size, int channels) {
  Raster raster(size, channels);
  std::size_t i = 0;
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      raster.samples[i++] = static_cast<std::uint8_t>(x * 37 + y * 11);
      if (channels == 1) continue;
      raster.samples[i++] = static_cast<std::uint8_t>(x * 5 + y * 71);
      raster.samples[i++] = static_cast<std::uint8_t>(x * x + y * y);
    }
  }
  return raster;
}

struct Case {
  Size size;
  std::string_view colour, grey;
};

// By rgbaToThumbHash() of the library thumbhash 0.1.1, of the same pixels.
TEST(ThumbHash, IsWhatItsAuthorsLibraryMakes) {
  for (const Case& c : {
           Case{{8, 6},
                "950a0a3590205b78638896807768777c176650a0f6",
                "1c08120580034c7967889686777878780000000000"},
           Case{{32, 24},
                "1ff8010d824065a72234772274367778fffefba905",
                "1f0802058087777756464671816078570000000000"},
           Case{{24, 32},
                "1ff8011502317520740a2318736669a8ceefccd40a",
                "1f080205004737877818073836796b660000000000"},
           Case{{32, 1}, "17382e199076777888880889fb88e78608", "1b08360180777777888808880000000000"},
           Case{{5, 32}, "dd0806310684701682909688777f0bb876", "1f080a01007478658092a7860000000000"},
           Case{{20, 20},
                "5e08061f02329975226616409684aa555574e8ffdb7d070d",
                "20080a070088875857570777776678787787070000000000"},
       }) {
    EXPECT_EQ(hex(thumb_hash(drawn(c.size, 3))), c.colour) << c.size.width << "×" << c.size.height;
    EXPECT_EQ(hex(thumb_hash(drawn(c.size, 1))), c.grey) << c.size.width << "×" << c.size.height;
  }
}

TEST(ThumbHash, OfOneColourHasNoWaves) {
  Raster plain({100, 80}, 3);
  for (std::size_t i = 0; i < plain.samples.size(); ++i) plain.samples[i] = i % 3 == 1 ? 200 : 30;
  const auto hash = thumb_hash(plain);
  for (std::size_t i = 5; i < hash.size(); ++i) EXPECT_EQ(hash[i], 0);
}

}  // namespace
}  // namespace heliograph::media
