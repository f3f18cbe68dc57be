#include "server/media/jpeg.hpp"

#include "tests/support/jpeg_fixtures.hpp"

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::media {
namespace {

using fixtures::Bytes;
using testing::HasSubstr;

// --- The parts of a JPEG, so that a test can leave one out or spoil it. ---

const Bytes soi = {0xFF, 0xD8};
const Bytes eoi = {0xFF, 0xD9};
const Bytes data = {0x12, 0x34, 0x56};

Bytes join(std::initializer_list<Bytes> parts) {
  Bytes whole;
  for (const Bytes& part : parts) whole.insert(whole.end(), part.begin(), part.end());
  return whole;
}

Bytes segment(std::uint8_t code, const Bytes& body) {
  const std::size_t length = body.size() + 2;
  return join(
      {{0xFF, code, static_cast<std::uint8_t>(length >> 8U), static_cast<std::uint8_t>(length)}, body});
}

Bytes frame_header(int width, int height, std::uint8_t code = 0xC0, std::uint8_t bits = 8,
                   std::uint8_t components = 1) {
  const auto byte = [](int value) { return static_cast<std::uint8_t>(value); };
  const Bytes start = {bits, byte(height >> 8), byte(height), byte(width >> 8), byte(width), components};
  return segment(code, join({start, Bytes(std::size_t{components} * 3, 0x11)}));
}

const Bytes frame = frame_header(640, 480);
const Bytes scan = segment(0xDA, {1, 1, 0, 0, 63, 0});

Bytes bytes_of(std::string_view text) {
  return {text.begin(), text.end()};
}

Result<JpegFacts> inspect_in_pieces(std::span<const std::uint8_t> bytes, std::size_t piece) {
  JpegInspector inspector;
  for (std::size_t at = 0; at < bytes.size(); at += piece) {
    // What it answers on the way is asked again at the end.
    (void)inspector.feed(bytes.subspan(at, std::min(piece, bytes.size() - at)));
  }
  return inspector.finish();
}

void expect_facts(const Bytes& bytes, const JpegFacts& expected) {
  const auto facts = inspect_jpeg(bytes);
  ASSERT_TRUE(facts) << facts.error().detail;
  EXPECT_EQ(*facts, expected);
}

void expect_refusal(const Bytes& bytes, const std::string& reason) {
  const auto facts = inspect_jpeg(bytes);
  ASSERT_FALSE(facts) << reason;
  EXPECT_EQ(facts.error().kind, ErrorKind::unprocessable);
  EXPECT_THAT(facts.error().detail, HasSubstr(reason));
}

TEST(InspectJpeg, TakesRealPictures) {
  using fixtures::Channels, fixtures::Coding;
  for (const auto coding : {Coding::baseline, Coding::progressive}) {
    for (const auto channels : {Channels::colour, Channels::grey}) {
      const Bytes jpeg =
          fixtures::make_jpeg({.width = 333, .height = 77, .coding = coding, .channels = channels});
      expect_facts(jpeg, {333, 77, jpeg.size()});
    }
  }
}

TEST(InspectJpeg, TakesWhatTheStandardAllows) {
  const Bytes fill = {0xFF, 0xFF, 0xFF};
  const Bytes escapes = {0xFF, 0x00, 0x01, 0xFF, 0xD0, 0x02, 0xFF, 0xD7, 0xFF, 0xFF, 0x00, 0x03};
  const Bytes comment = segment(0xFE, bytes_of("made by code"));
  const Bytes empty_segment = segment(0xE5, {});
  const Bytes thumbnail = segment(0xE1, join({soi, frame_header(9, 9), scan, data, eoi}));
  for (const Bytes& bytes : {
           join({soi, frame, scan, data, eoi}),
           join({soi, fill, frame, fill, scan, data, fill, eoi}),
           join({soi, frame, scan, escapes, eoi}),
           join({soi, comment, empty_segment, thumbnail, frame, scan, data, eoi}),
           join({soi, frame, scan, data, segment(0xC4, {0}), scan, data, scan, data, eoi}),
           join({soi, frame_header(640, 480, 0xC1), scan, data, eoi}),
           join({soi, frame_header(640, 480, 0xC2, 8, 3), scan, data, eoi}),
       }) {
    expect_facts(bytes, {640, 480, bytes.size()});
  }
}

TEST(InspectJpeg, LeavesZeroPaddingOffAndNothingElse) {
  const Bytes jpeg = fixtures::make_jpeg({.width = 64, .height = 48});
  for (const std::size_t zeros : {1U, 7U, 1024U, 2000U}) {
    expect_facts(fixtures::zero_padded(jpeg, zeros), {64, 48, jpeg.size()});
  }
  const Bytes appended = join({jpeg, Bytes(10), bytes_of("film")});
  expect_facts(appended, {64, 48, appended.size()});
  expect_facts(fixtures::zero_padded(appended, 100), {64, 48, appended.size()});
}

TEST(InspectJpeg, HasLimits) {
  expect_facts(join({soi, frame_header(16384, 3051), scan, data, eoi}), {16384, 3051, 30});
  expect_refusal(join({soi, frame_header(16384, 3052), scan, data, eoi}), "16384 × 3052 pixels");
  expect_refusal(join({soi, frame_header(16385, 1), scan, data, eoi}), "limits are 16384");
  expect_refusal(join({soi, frame_header(0, 480), scan, data, eoi}), "0 × 480 pixels");
  expect_refusal(join({soi, frame_header(640, 0), scan, data, eoi}), "640 × 0 pixels");
  Bytes scans = join({soi, frame});
  for (int i = 0; i < max_scans; ++i) scans = join({scans, scan, data});
  expect_facts(join({scans, eoi}), {640, 480, scans.size() + 2});
  expect_refusal(join({scans, scan, data, eoi}), "more than 100 scans");
}

TEST(InspectJpeg, SaysWhatItIsInstead) {
  expect_refusal({}, "empty");
  expect_refusal(bytes_of("test data\n"), R"(it begins with text ("test data\n"))");
  expect_refusal(bytes_of("<!DOCTYPE html><html>"), R"(("<!DOCTYPE ht"))");
  expect_refusal(bytes_of("x"), R"(("x"))");
  expect_refusal(Bytes(1), "begins with zero bytes");
  expect_refusal(Bytes(100'000), "begins with zero bytes");
  expect_refusal({0xBE, 0x7F, 0xB2, 0xEA},
                 "start of the frame was lost: it begins with BE 7F B2 EA, not with FF D8");
  expect_refusal({0xFF, 0x00, 0xD8}, "it begins with FF 00 D8");
  expect_refusal(fixtures::make_noise(100'000, 1), "start of the frame was lost");
}

TEST(InspectJpeg, SaysWhatIsWrongInside) {
  struct Case {
    Bytes bytes;
    std::string reason;
  };
  const Bytes no_length = {0xFF, 0xE0, 0x00, 0x01, 0x00};
  const Bytes long_frame = join({frame, {0x00}});  // its length says one byte less
  const std::vector<Case> cases = {
      {join({soi, frame}), "cut off: its end marker (FF D9) is missing after 15 bytes"},
      {join({soi, frame, scan, data, Bytes(100)}), "cut off"},
      {join({soi, frame, scan, data, soi, frame, scan, data, eoi}), "another one begins at byte 28"},
      {join({soi, soi}), "another one begins at byte 2"},
      {join({soi, eoi}), "comes before any picture data"},
      {join({soi, frame, eoi}), "comes before any picture data"},
      {join({soi, scan, data, eoi}), "frame header (SOF) is missing"},
      {join({soi, frame, frame, scan, data, eoi}), "two frame headers"},
      {join({soi, frame, scan, data, frame, eoi}), "two frame headers"},
      {join({soi, no_length, frame, scan, data, eoi}), "segment FF E0 says that it is 1 bytes long"},
      {join({soi, segment(0xC0, {}), scan, data, eoi}), "segment FF C0 says that it is 2 bytes long"},
      {join({soi, segment(0xC0, {8, 1, 1, 1, 1, 3}), scan, data, eoi}),
       "segment FF C0 says that it is 8 bytes long"},
      {join({soi, frame, segment(0xDA, {1}), data, eoi}), "segment FF DA says that it is 3 bytes long"},
      {join({soi, frame, segment(0xDA, {5}), data, eoi}), "segment FF DA"},
      {join({soi, frame, segment(0xDA, {}), data, eoi}), "segment FF DA"},
      {join({soi, long_frame, scan, data, eoi}), "at byte 15 a marker should stand (FF), but there is 00"},
      {join({soi, {0xFF, 0x00}, frame, scan, data, eoi}), "at byte 2 stands FF 00"},
      {join({soi, {0xFF, 0xD3}, frame, scan, data, eoi}), "at byte 2 stands FF D3"},
      {join({soi, frame, scan, data, {0xFF, 0x3A}, eoi}), "at byte 28 stands FF 3A"},
      {join({soi, frame_header(640, 480, 0xC3), scan, data, eoi}), "SOF3"},
      {join({soi, frame_header(640, 480, 0xC9), scan, data, eoi}), "SOF9"},
      {join({soi, frame_header(640, 480, 0xC1, 12), scan, data, eoi}), "12 bits"},
      {join({soi, frame_header(640, 480, 0xC0, 8, 0), scan, data, eoi}), "0 components"},
      {join({soi, frame_header(640, 480, 0xC0, 8, 2), scan, data, eoi}), "2 components"},
      {fixtures::make_jpeg({.channels = fixtures::Channels::cmyk}), "4 components"},
  };
  for (const Case& c : cases) expect_refusal(c.bytes, c.reason);
}

TEST(InspectJpeg, RefusesEveryTruncation) {
  for (const auto coding : {fixtures::Coding::baseline, fixtures::Coding::progressive}) {
    const Bytes jpeg = fixtures::make_jpeg({.width = 24, .height = 16, .coding = coding});
    for (std::size_t length = 1; length < jpeg.size(); ++length) {
      expect_refusal(Bytes(jpeg.begin(), jpeg.begin() + static_cast<std::ptrdiff_t>(length)),
                     "missing after " + std::to_string(length) + " bytes");
    }
  }
}

TEST(JpegInspector, DoesNotCareAboutThePieces) {
  const Bytes jpeg = fixtures::make_jpeg({.width = 24, .height = 16});
  const Bytes whole_and_padded = fixtures::zero_padded(jpeg, 50);
  const Bytes progressive =
      fixtures::make_jpeg({.width = 24, .height = 16, .coding = fixtures::Coding::progressive});
  const Bytes cut(jpeg.begin(), jpeg.end() - 3);
  const Bytes damaged = join({soi, frame, scan, data, {0xFF, 0x3A}, eoi});
  for (const Bytes& bytes :
       {whole_and_padded, progressive, cut, damaged, bytes_of("test data, and more of it"),
        fixtures::make_noise(40, 1), Bytes(40), bytes_of("x")}) {
    const auto whole = inspect_jpeg(bytes);
    ASSERT_TRUE(inspect_in_pieces(bytes, 1) == whole);
    for (std::size_t cut_at = 1; cut_at < bytes.size(); ++cut_at) {
      JpegInspector inspector;
      (void)inspector.feed(std::span(bytes).first(cut_at));
      (void)inspector.feed({});
      (void)inspector.feed(std::span(bytes).subspan(cut_at));
      ASSERT_TRUE(inspector.finish() == whole) << cut_at;
    }
  }
}

TEST(JpegInspector, FailsEarlyAndStaysFailed) {
  JpegInspector inspector;
  const auto first = inspector.feed(bytes_of("GIF89a, not a JPEG"));
  ASSERT_FALSE(first);
  EXPECT_EQ(inspector.feed(fixtures::make_jpeg()).error(), first.error());
  EXPECT_EQ(inspector.finish().error(), first.error());
}

}  // namespace
}  // namespace heliograph::media
