#include "server/media/salvage.hpp"

#include "tests/support/jpeg_fixtures.hpp"

#include <string_view>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::media {
namespace {

using fixtures::Bytes;
using fixtures::make_jpeg;
using fixtures::make_noise;

std::optional<FoundPicture> find(std::span<const std::uint8_t> bytes, std::size_t piece) {
  PictureFinder finder;
  for (std::size_t at = 0; at < bytes.size(); at += piece) {
    finder.feed(bytes.subspan(at, std::min(piece, bytes.size() - at)));
  }
  return finder.finish();
}

std::optional<FoundPicture> find(std::span<const std::uint8_t> bytes) {
  return find(bytes, bytes.size() + 1);
}

Bytes joined(std::initializer_list<Bytes> parts) {
  Bytes all;
  for (const Bytes& part : parts) all.insert(all.end(), part.begin(), part.end());
  return all;
}

Bytes first_of(const Bytes& bytes, std::size_t count) {
  return {bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(count)};
}
Bytes without_first(const Bytes& bytes, std::size_t count) {
  return {bytes.begin() + static_cast<std::ptrdiff_t>(count), bytes.end()};
}

Bytes segment(std::uint8_t code, const Bytes& content) {
  const std::size_t length = content.size() + 2;
  return joined(
      {{0xFF, code, static_cast<std::uint8_t>(length >> 8), static_cast<std::uint8_t>(length)}, content});
}

// `jpeg` with another picture in its EXIF data, as phones and Linux cameras make them.
Bytes with_thumbnail(const Bytes& jpeg, const Bytes& thumbnail) {
  const Bytes exif = joined({{'E', 'x', 'i', 'f', 0, 0}, thumbnail});
  return joined({first_of(jpeg, 2), segment(0xE1, exif), without_first(jpeg, 2)});
}

const Bytes picture = make_jpeg({.width = 320, .height = 240, .seed = 1});
const Bytes large = make_jpeg({.width = 640, .height = 480, .seed = 2});
const Bytes thumbnail = make_jpeg({.width = 160, .height = 120, .seed = 3});

TEST(PictureFinder, FindsWhatIsWholeAndNothingElse) {
  const Bytes noise = make_noise(50'000, 7);
  const Bytes exif = with_thumbnail(large, thumbnail);
  const Bytes cut = first_of(exif, exif.size() - 100);
  const Bytes endless_segment{0xFF, 0xD8, 0xFF, 0xE0, 0xFF, 0xFF};
  const struct {
    std::string_view what;
    Bytes bytes;
    std::optional<std::uint64_t> offset;  // none: nothing is found
    std::uint64_t size = 0;
  } table[] = {
      {"nothing at all", {}, {}},
      {"noise", noise, {}},
      {"noise, then a picture", joined({noise, picture}), noise.size(), picture.size()},
      {"noise on both sides", joined({noise, picture, make_noise(999, 8)}), noise.size(), picture.size()},
      {"and padding", joined({noise, picture, Bytes(1703, 0)}), noise.size(), picture.size()},
      {"the end of one, then a whole one", joined({without_first(large, 5000), picture}), large.size() - 5000,
       picture.size()},
      {"the beginning of one, then a whole one", joined({first_of(large, 5000), picture}), 5000,
       picture.size()},
      {"two: the larger", joined({noise, picture, large}), noise.size() + picture.size(), large.size()},
      {"two equals: the first", joined({noise, picture, picture}), noise.size(), picture.size()},
      {"the beginning of one", joined({noise, first_of(picture, picture.size() - 1)}), {}},
      {"a picture with a thumbnail", joined({noise, exif}), noise.size(), exif.size()},
      {"one that is cut, with a whole thumbnail", cut, {}},
      {"and noise before it", joined({noise, cut}), {}},
      {"one that is cut within its head, with a thumbnail", first_of(exif, thumbnail.size() + 40), {}},
      {"one that lost its start, with a whole thumbnail", without_first(exif, 4), {}},
      {"a false start, whose segment hides a picture", joined({endless_segment, picture, noise}), {}},
      {"a false start that is refuted", joined({endless_segment, picture, make_noise(80'000, 9)}), 6,
       picture.size()},
      {"two equals inside of it, the first of which came while there was one more",
       joined(
           {endless_segment, {0xFF, 0xD8, 0xFF, 0xFE, 0x00, 0x40}, picture, picture, make_noise(80'000, 9)}),
       12, picture.size()},
      {"a picture too small to be one", joined({noise, make_jpeg({.width = 80, .height = 60})}), {}},
  };
  for (const auto& row : table) {
    const auto found = find(row.bytes);
    ASSERT_EQ(found.has_value(), row.offset.has_value()) << row.what;
    if (!found) continue;
    EXPECT_EQ(found->offset, *row.offset) << row.what;
    EXPECT_EQ(found->facts.size_bytes, row.size) << row.what;
    const auto facts = inspect_jpeg(std::span(row.bytes).subspan(found->offset, found->facts.size_bytes));
    ASSERT_TRUE(facts) << row.what;
    EXPECT_EQ(*facts, found->facts) << row.what;
  }
}

TEST(PictureFinder, AnEndMarkerByChanceMakesNoPicture) {
  // A head that promises 640 × 480, and then an end at once.
  const Bytes no_data = [] {
    Bytes bytes = large;
    for (std::size_t at = 0; at + 1 < bytes.size(); ++at) {
      if (bytes[at] == 0xFF && bytes[at + 1] == 0xDA) {
        bytes.resize(at + 2 + 12);
        break;
      }
    }
    return joined({bytes, {0x12, 0xFF, 0xD9}});
  }();
  ASSERT_TRUE(inspect_jpeg(no_data));
  EXPECT_FALSE(find(joined({make_noise(100, 1), no_data})));
}

TEST(PictureFinder, DoesNotMindHowTheBytesAreCut) {
  const Bytes bytes = joined(
      {make_noise(300, 1), first_of(large, 700), with_thumbnail(picture, thumbnail), make_noise(300, 2)});
  const auto whole = find(bytes);
  ASSERT_TRUE(whole);
  for (const std::size_t piece : {1U, 2U, 3U, 7U, 64U, 1000U}) EXPECT_EQ(find(bytes, piece), whole) << piece;
}

TEST(PictureFinder, DropsStartsThatAreTooManyAtATime) {
  // Each within the segment of the one before, none refuted: the picture behind them has no place.
  Bytes nested;
  for (std::size_t i = 0; i <= max_candidates; ++i)
    nested = joined({nested, {0xFF, 0xD8, 0xFF, 0xFE, 0xFF, 0xFF}});
  EXPECT_FALSE(find(joined({nested, picture})));
}

}  // namespace
}  // namespace heliograph::media
