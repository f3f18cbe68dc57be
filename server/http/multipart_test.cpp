#include "server/http/multipart.hpp"

#include <algorithm>

#include <gmock/gmock.h>

namespace heliograph::http {
namespace {

using ::testing::HasSubstr;
using Event = MultipartReader::Event;

std::span<const std::uint8_t> bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

// What a form says, as text: "[name|filename|type]bytes." for a whole part, "!" for the closing boundary, and
// the reason behind "?" when it is refused.
std::string read(std::string_view boundary, std::string_view form, std::size_t piece_bytes) {
  MultipartReader reader(boundary);
  std::string said;
  while (!form.empty()) {
    auto piece = bytes_of(form.substr(0, piece_bytes));
    form.remove_prefix(piece.size());
    for (;;) {
      const auto step = reader.next(piece);
      if (!step) return said + "?" + step.error().detail;
      if (step->event == Event::starved) break;
      if (step->event == Event::end) return said + "!";
      const PartHead& part = reader.part();
      if (step->event == Event::part) said += "[" + part.name + "|" + part.filename + "|" + part.type + "]";
      if (step->event == Event::part_end) said += ".";
      said.append(reinterpret_cast<const char*>(step->bytes.data()), step->bytes.size());
    }
  }
  return said;
}

// The same in whatever pieces it comes.
std::string read_any(std::string_view boundary, std::string_view form) {
  const std::string whole = read(boundary, form, form.size());
  for (const std::size_t piece_bytes : {1U, 2U, 3U, 7U, 64U}) {
    EXPECT_EQ(read(boundary, form, piece_bytes), whole) << "in pieces of " << piece_bytes;
  }
  return whole;
}

TEST(FormBoundary, IsReadAsCamerasWriteIt) {
  const std::pair<std::string_view, std::string_view> rows[] = {
      {"multipart/form-data; boundary=RandomNerdTutorials", "RandomNerdTutorials"},
      {"Multipart/Form-Data;BOUNDARY=x", "x"},
      {"multipart/form-data; charset=utf-8; boundary=\"a b;c\"", "a b;c"},
      {R"(multipart/form-data; boundary="a\"b")", "a\"b"},
      {"\"multipart/form-data; boundary=123456789000000000000987654321\"", "123456789000000000000987654321"},
      {"\"multipart/form-data; boundary=unclosed", "unclosed"},
      {"multipart/form-data; boundary=x; boundary=y", "x"},
  };
  for (const auto& [header, boundary] : rows) EXPECT_EQ(form_boundary(header).value(), boundary) << header;
}

TEST(FormBoundary, OtherTypesHaveNone) {
  for (const char* type :
       {"", "image/jpeg", "multipart/mixed; boundary=x", "multipart/x-mixed-replace;boundary=x"})
    EXPECT_EQ(form_boundary(type).value(), std::nullopt) << type;
}

TEST(FormBoundary, MustBeOneThatCanBe) {
  const std::string longest(max_boundary_bytes, 'x');
  EXPECT_EQ(form_boundary("multipart/form-data; boundary=" + longest).value(), longest);
  for (const std::string& bad :
       {longest + "x", std::string(), std::string("\"a \""), std::string("a\x01") + "b"}) {
    const auto boundary = form_boundary("multipart/form-data; boundary=" + bad);
    ASSERT_FALSE(boundary) << bad;
    EXPECT_EQ(boundary.error().kind, ErrorKind::bad_request);
  }
  EXPECT_FALSE(form_boundary("multipart/form-data"));
}

TEST(Multipart, ReadsPartsAndTheirHeads) {
  EXPECT_EQ(
      read_any("b",
               "--b\r\nContent-Disposition: form-data; name=\"imageFile\"; filename=\"esp32-cam.jpg\"\r\n"
               "Content-Type: image/JPEG; q=1\r\n\r\nBYTES\r\n--b\r\n"
               "content-disposition:form-data;name=trap_id\r\n\r\n7\r\n--b--\r\n"),
      "[imageFile|esp32-cam.jpg|image/jpeg]BYTES.[trap_id||]7.!");
}

TEST(Multipart, TakesNamesAsTheyAreQuoted) {
  EXPECT_EQ(
      read_any(
          "b",
          "--b\r\nContent-Disposition: form-data; name=\"a\\\"b;c\"; filename= d.jpg ; x\r\n\r\n\r\n--b--"),
      "[a\"b;c|d.jpg|].!");
  EXPECT_EQ(read_any("b", "--b\r\n\r\nno head\r\n--b--"), "[||]no head.!");
  EXPECT_EQ(read_any("b", "--b\r\nnonsense\r\nContent-Disposition: form-data; name=\"open\r\n\r\nx\r\n--b--"),
            "[open||]x.!");
}

TEST(Multipart, WhatLooksLikeABoundaryIsThePartsOwn) {
  EXPECT_EQ(read_any("bound", "--bound\r\n\r\n\r\r\n\r\n-\r\n--\r\n--boun\r\n--bouND\n--bound\r\n--bound--"),
            "[||]\r\r\n\r\n-\r\n--\r\n--boun\r\n--bouND\n--bound.!");
}

TEST(Multipart, IgnoresWhatStandsAround) {
  EXPECT_EQ(read_any("b", "\r\n--b\r\n\r\nx\r\n--b--"), "[||]x.!");
  EXPECT_EQ(read_any("b", "a preamble\r\n--b \t\r\n\r\nx\r\n--b--and\r\n--b\r\nbehind"), "[||]x.!");
}

TEST(Multipart, EndsWhereItsBytesEnd) {
  EXPECT_EQ(read_any("b", "--b\r\n\r\nwhole picture\r\n--"), "[||]whole picture");
  EXPECT_EQ(read_any("b", "--b\r\n\r\nwhole picture\r\n--b"), "[||]whole picture.");
  EXPECT_EQ(read_any("b", "--b\r\nContent-Dis"), "");
}

TEST(Multipart, RefusesAnotherBoundary) {
  EXPECT_THAT(read_any("wrong", "--right\r\n\r\n" + std::string(2 * max_preamble_bytes, 'x')),
              HasSubstr("does not begin with the boundary"));
  EXPECT_EQ(read_any("wrong", "--right\r\n\r\nshort\r\n--right--"), "");
  EXPECT_THAT(read_any("b", "--b\r\n\r\nx\r\n--bb\r\n\r\n"), HasSubstr("behind a boundary"));
  EXPECT_THAT(read_any("b", "--b-\r\n"), HasSubstr("behind a boundary"));
  EXPECT_THAT(read_any("b", "--b\n\n"), HasSubstr("behind a boundary"));
}

TEST(Multipart, KeepsItsLimits) {
  EXPECT_THAT(read_any("b", "--b\r\nX: " + std::string(max_part_head_bytes, 'x')),
              HasSubstr("header of a part"));
  EXPECT_THAT(read_any("b", "--b" + std::string(max_part_head_bytes + 1, ' ')),
              HasSubstr("behind a boundary"));
  std::string form = "--b";
  for (std::size_t i = 0; i < max_form_parts; ++i) form += "\r\n\r\n\r\n--b";
  EXPECT_EQ(std::ranges::count(read_any("b", form + "--"), '.'), std::ptrdiff_t{max_form_parts});
  EXPECT_THAT(read_any("b", form + "\r\n\r\n\r\n--b--"), HasSubstr("parts"));
}

TEST(Multipart, StaysRefused) {
  MultipartReader reader("b");
  auto bad = bytes_of("--bx");
  while (const auto step = reader.next(bad)) ASSERT_NE(step->event, Event::end);
  auto good = bytes_of("\r\n--b\r\n\r\n");
  EXPECT_FALSE(reader.next(good));
}

TEST(Multipart, HandsOutLongRunsInOnePiece) {
  MultipartReader reader("b");
  const std::string form =
      "--b\r\n\r\n" + std::string(100'000, 'x') + "\r\r\n" + std::string(1000, 'y') + "\r\n--b--";
  auto input = bytes_of(form);
  ASSERT_EQ(reader.next(input)->event, Event::part);
  EXPECT_EQ(reader.next(input)->bytes.size(), 101'003U) << "each piece is a write to the disk";
}

}  // namespace
}  // namespace heliograph::http
