#include "server/media/metadata.hpp"

#include "server/media/jpeg.hpp"
#include "server/media/thumbnail.hpp"
#include "tests/support/jpeg_fixtures.hpp"

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::media {
namespace {

using fixtures::Bytes;

Bytes bytes_of(std::string_view text) {
  return {text.begin(), text.end()};
}

Bytes join(std::initializer_list<Bytes> parts) {
  Bytes whole;
  for (const Bytes& part : parts) whole.insert(whole.end(), part.begin(), part.end());
  return whole;
}

Bytes segment(std::uint8_t code, const Bytes& content) {
  const std::size_t length = content.size() + 2;
  return join(
      {{0xFF, code, static_cast<std::uint8_t>(length >> 8U), static_cast<std::uint8_t>(length)}, content});
}

// A picture of libjpeg-turbo: a start marker, JFIF in 18 bytes, and the rest.
constexpr std::size_t behind_jfif = 20;
const Bytes plain = fixtures::make_jpeg();
Bytes with(const Bytes& segments, const Bytes& picture = plain) {
  Bytes whole = picture;
  whole.insert(whole.begin() + behind_jfif, segments.begin(), segments.end());
  return whole;
}

const Bytes exif_name = {'E', 'x', 'i', 'f', 0, 0};
const Bytes big_endian = {'M', 'M', 0, 42, 0, 0, 0, 8};
const Bytes little_endian = {'I', 'I', 42, 0, 8, 0, 0, 0};
const Bytes no_more = {0, 0, 0, 0};
Bytes turned(std::uint8_t orientation) {
  return {0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0};
}
const Bytes place_of_it = {0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 50};  // GPS
// What a phone writes, in short.
Bytes exif(std::uint8_t orientation) {
  return join(
      {exif_name, big_endian, {0, 2}, turned(orientation), place_of_it, no_more, bytes_of("48.2 N 16.4 E")});
}
// What is left of it.
Bytes only_orientation(std::uint8_t orientation) {
  return segment(0xE1, join({exif_name, big_endian, {0, 1}, turned(orientation), no_more}));
}

struct Filtered {
  Result<void> end;
  Bytes kept;
};
Filtered filter(const Bytes& bytes, std::size_t piece) {
  MetadataFilter filter;
  Bytes kept;
  for (std::size_t at = 0; at < bytes.size(); at += piece) {
    const auto fed = filter.feed(std::span(bytes).subspan(at, std::min(piece, bytes.size() - at)), kept);
    if (!fed) return {fed, kept};
  }
  return {filter.finish(), kept};
}
Bytes what_stays_of(const Bytes& bytes) {
  const Filtered whole = filter(bytes, bytes.size());
  EXPECT_TRUE(whole.end) << whole.end.error().detail;
  for (const std::size_t piece : {1U, 2U, 3U, 7U, 64U, 1000U}) {
    EXPECT_EQ(filter(bytes, piece).kept, whole.kept) << "in pieces of " << piece;
  }
  return whole.kept;
}

TEST(Metadata, OfAPictureWithoutAnyEveryByteStays) {
  for (const auto coding : {fixtures::Coding::baseline, fixtures::Coding::progressive}) {
    const Bytes picture = fixtures::make_jpeg({.coding = coding});
    EXPECT_EQ(what_stays_of(picture), picture);
  }
}

TEST(Metadata, GoesWhoeverWroteIt) {
  const struct {
    const char* what;
    std::uint8_t code;
    Bytes content;
  } cases[] = {
      {"EXIF", 0xE1, exif(1)},
      {"EXIF without an orientation", 0xE1, join({exif_name, little_endian, {0, 0}, no_more})},
      {"XMP", 0xE1, bytes_of("http://ns.adobe.com/xap/1.0/ <x:xmpmeta/>")},
      {"a thumbnail", 0xE0, bytes_of(std::string_view("JFXX\0\x10", 6))},
      {"JFIF that is too short", 0xE0, bytes_of(std::string_view("JFIF\0\1", 6))},
      {"several pictures", 0xE2, bytes_of(std::string_view("MPF\0", 4))},
      {"a maker's notes", 0xE4, bytes_of("board 7, 48.2 N")},
      {"IPTC", 0xED, bytes_of(std::string_view("Photoshop 3.0\0", 14))},
      {"not Adobe", 0xEE, bytes_of("Someone else")},
      {"Adobe that is too short", 0xEE, bytes_of("Adobe")},
      {"anything", 0xEF, Bytes(65'533, 0xD8)},
      {"a comment", 0xFE, bytes_of("shot by Maria")},
      {"an empty comment", 0xFE, {}},
      {"an empty APP1", 0xE1, {}},
  };
  for (const auto& c : cases) EXPECT_EQ(what_stays_of(with(segment(c.code, c.content))), plain) << c.what;
}

TEST(Metadata, WhatDecodersNeedStays) {
  const Bytes profile = segment(0xE2, bytes_of(std::string_view("ICC_PROFILE\0\1\1 a profile", 24)));
  const Bytes colours = bytes_of(std::string_view("Adobe\0\x64\0\0\0\0\1", 12));
  EXPECT_EQ(what_stays_of(with(profile)), with(profile));
  EXPECT_EQ(what_stays_of(with(segment(0xEE, colours))), with(segment(0xEE, colours)));
  EXPECT_EQ(what_stays_of(with(segment(0xEE, join({colours, bytes_of("secret")})))),
            with(segment(0xEE, colours)));
}

TEST(Metadata, JfifKeepsItsFieldsAndLosesItsThumbnail) {
  const Bytes fields = {'J', 'F', 'I', 'F', 0, 1, 2, 1, 0, 72, 0, 72};
  const Bytes rest(plain.begin() + behind_jfif, plain.end());
  const Bytes bare = join({{0xFF, 0xD8}, segment(0xE0, join({fields, {0, 0}})), rest});
  EXPECT_EQ(what_stays_of(join({{0xFF, 0xD8}, segment(0xE0, join({fields, {1, 2}, Bytes(6, 0xAA)})), rest})),
            bare);
  EXPECT_EQ(what_stays_of(bare), bare);
}

TEST(Metadata, APictureThatIsTurnedStaysTurned) {
  for (std::uint8_t orientation = 2; orientation <= 8; ++orientation) {
    const Bytes bare = with(only_orientation(orientation));
    EXPECT_EQ(what_stays_of(with(segment(0xE1, exif(orientation)))), bare);
    EXPECT_EQ(what_stays_of(bare), bare) << "and nothing is left to take away";
  }
  const Bytes first_counts = join({segment(0xE1, exif(6)), segment(0xE1, exif(3))});
  EXPECT_EQ(what_stays_of(with(first_counts)), with(only_orientation(6)));
}

TEST(Metadata, TheOrientationIsReadInEitherOrderOfBytesAndOnlyWhereItIs) {
  const auto read = [](const Bytes& tiff) { return exif_orientation(join({exif_name, tiff})); };
  const Bytes little_turned = {0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0};
  EXPECT_EQ(read(join({big_endian, {0, 1}, turned(6)})), 6);
  EXPECT_EQ(read(join({big_endian, {0, 2}, place_of_it, turned(8)})), 8);
  EXPECT_EQ(read(join({little_endian, {1, 0}, little_turned})), 6);
  const Bytes nothing[] = {
      {},
      big_endian,
      join({big_endian, {0, 0}}),
      join({big_endian, {0, 1}, turned(0)}),
      join({big_endian, {0, 1}, turned(9)}),
      join({big_endian, {0xFF, 0xFF}, place_of_it}),
      join({big_endian, {0, 1}, {0x01, 0x12, 0, 4, 0, 0, 0, 1, 0, 0, 0, 6}}),  // a long
      join({big_endian, {0, 1}, {0x01, 0x12, 0, 3, 0, 0, 0, 2, 0, 6, 0, 6}}),  // two of them
      join({{'M', 'M', 0, 42, 0xFF, 0xFF, 0xFF, 0xFF}, {0, 1}, turned(6)}),    // far outside
      join({{'M', 'M', 0, 43, 0, 0, 0, 8}, {0, 1}, turned(6)}),                // another format
      join({{'M', 'I', 0, 42, 0, 0, 0, 8}, {0, 1}, turned(6)}),
  };
  for (const Bytes& tiff : nothing) EXPECT_EQ(read(tiff), std::nullopt);
  EXPECT_EQ(exif_orientation(join({bytes_of("Exit"), {0, 0}, big_endian, {0, 1}, turned(6)})), std::nullopt);
}

TEST(Metadata, WhatStandsBehindTheEndGoes) {
  EXPECT_EQ(what_stays_of(join({plain, with(segment(0xE1, exif(6)))})), plain);
  EXPECT_EQ(what_stays_of(fixtures::zero_padded(plain, 100)), plain);
}

TEST(Metadata, BetweenScansItGoesToo) {
  const Bytes progressive = fixtures::make_jpeg({.coding = fixtures::Coding::progressive});
  // Behind the first scan: a table for the next one, before which something is put.
  const Bytes scan = {0xFF, 0xDA};
  const auto first = std::search(progressive.begin(), progressive.end(), scan.begin(), scan.end());
  const Bytes table = {0xFF, 0xC4};
  const auto next = std::search(first, progressive.end(), table.begin(), table.end());
  ASSERT_NE(next, progressive.end());
  Bytes noted = progressive;
  const Bytes note = segment(0xFE, bytes_of("between"));
  noted.insert(noted.begin() + (next - progressive.begin()), note.begin(), note.end());
  EXPECT_EQ(what_stays_of(noted), progressive);
}

TEST(Metadata, ThePixelsAreTheSame) {
  const Bytes noted = with(join({segment(0xE1, exif(1)), segment(0xFE, bytes_of("x"))}));
  const auto before = fixtures::decode_jpeg(noted);
  const auto after = fixtures::decode_jpeg(what_stays_of(noted));
  EXPECT_EQ(after.width, before.width);
  EXPECT_EQ(after.mean.red, before.mean.red);
}

TEST(Metadata, WhatIsNoPictureIsRefused) {
  const Bytes cases[] = {
      {},
      {0xFF},
      bytes_of("text"),
      {0xFF, 0xD9},
      {0xFF, 0xD8, 0x00},
      {0xFF, 0xD8, 0xFF, 0xE1, 0x00, 0x01},
      {0xFF, 0xD8, 0xFF, 0x01},
      {0xFF, 0xD8, 0xFF, 0xD8},
      Bytes(plain.begin(), plain.end() - 1),
  };
  for (const Bytes& bytes : cases) {
    const Filtered filtered = filter(bytes, 3);
    ASSERT_FALSE(filtered.end);
    EXPECT_EQ(filtered.end.error().kind, ErrorKind::unprocessable);
  }
}

TEST(Metadata, ThumbnailsHaveNone) {
  const Bytes jpeg = with(join({segment(0xE1, exif(6)), segment(0xFE, bytes_of("x"))}));
  const Bytes thumbnail = make_thumbnail(jpeg).value().jpeg;
  EXPECT_EQ(what_stays_of(thumbnail), thumbnail);
}

}  // namespace
}  // namespace heliograph::media
