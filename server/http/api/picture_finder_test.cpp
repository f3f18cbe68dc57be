#include "server/http/api/picture_finder.hpp"

#include <gmock/gmock.h>

namespace heliograph::http {
namespace {

using ::testing::HasSubstr;
using Event = PictureFinder::Event;

constexpr std::string_view jpeg = "\xFF\xD8\xFF\xE0 a picture \xFF\xD9";

std::string part(const std::string& disposition, std::string_view bytes, const std::string& type = {}) {
  std::string text = "--b\r\nContent-Disposition: form-data; " + disposition + "\r\n";
  if (!type.empty()) text += "Content-Type: " + type + "\r\n";
  return text + "\r\n" + std::string(bytes) + "\r\n";
}

// "P" where a picture begins, its bytes, "!" at the form's end; the reason behind "?" when it is refused.
std::string find(PictureFinder& finder, std::string_view body, std::size_t piece_bytes) {
  std::string said;
  while (!body.empty()) {
    const std::string_view text = body.substr(0, piece_bytes);
    body.remove_prefix(text.size());
    std::span<const std::uint8_t> piece(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
    for (;;) {
      const auto step = finder.next(piece);
      if (!step) return said + "?" + step.error().detail;
      if (step->event == Event::starved) break;
      if (step->event == Event::end) return said + "!";
      if (step->event == Event::picture) said += "P";
      said.append(reinterpret_cast<const char*>(step->bytes.data()), step->bytes.size());
    }
  }
  return said;
}

std::string find_in_form(const std::string& form) {
  PictureFinder whole_finder("b");
  const std::string whole = find(whole_finder, form, form.size());
  for (const std::size_t piece_bytes : {1U, 2U, 5U}) {
    PictureFinder finder("b");
    EXPECT_EQ(find(finder, form, piece_bytes), whole) << "in pieces of " << piece_bytes;
  }
  return whole;
}

std::string picture(std::string_view bytes) {
  return "P" + std::string(bytes);
}

TEST(PictureFinder, ABodyIsAPictureWhateverItHolds) {
  for (const std::size_t piece_bytes : {1U, 100U}) {
    PictureFinder finder;
    EXPECT_EQ(find(finder, "noise", piece_bytes), "Pnoise");
    EXPECT_FALSE(finder.may_find_better());
  }
}

TEST(PictureFinder, TheFirstJpegIsThePictureWhateverItsName) {
  const std::string field = part("name=\"n\"", "text");
  for (const char* disposition :
       {"name=\"imageFile\"; filename=\"esp32-cam.jpg\"", "name=image", "name=x; filename=x.bin"}) {
    std::string form = field;
    form.append(part(disposition, jpeg)).append(field).append("--b--");
    EXPECT_EQ(find_in_form(form), picture(jpeg) + "!");
  }
  EXPECT_EQ(find_in_form(part("name=a; filename=a.jpg", jpeg) +
                         part("name=b; filename=b.jpg", "\xFF\xD8 other") + "--b--"),
            picture(jpeg) + "!");
}

TEST(PictureFinder, WhatClaimsToBeAPictureIsHandedOutUntilABetterOneCame) {
  const std::string noise = part("name=image; filename=frame.jpg", "noise");
  EXPECT_EQ(find_in_form(noise + "--b--"), "Pnoise!");
  EXPECT_EQ(find_in_form(noise + noise + part("name=photo", jpeg) + "--b--"), "Pnoise" + picture(jpeg) + "!");
  EXPECT_EQ(find_in_form(part("name=pic", "noise", "image/jpg") + "--b--"), "Pnoise!");
  EXPECT_EQ(find_in_form(part("name=pic; filename=x.jpg", "") + "--b--"), "P!");
  EXPECT_EQ(find_in_form(part("name=pic; filename=x.jpg", "\xFF") + "--b--"), "P\xFF!");
  EXPECT_EQ(find_in_form(part("name=pic; filename=x.jpg", "\r\n--") + "--b--"), "P\r\n--!");
}

TEST(PictureFinder, AFormOfTextsHasNoPicture) {
  EXPECT_EQ(find_in_form(part("name=a", "text") + part("name=b", "") + "--b--"), "!");
}

TEST(PictureFinder, FilmsAndTablesAreRefusedBeforeTheyAreRead) {
  for (const char* name : {"20260401_clip.avi", "log.CSV", "titles.srt"}) {
    EXPECT_THAT(
        find_in_form(part("name=file; filename=" + std::string(name), "RIFF....") + "--b--"),
        testing::AllOf(testing::StartsWith("?" + std::string(name)), HasSubstr("only JPEG pictures")));
  }
  EXPECT_EQ(
      find_in_form(part("name=a; filename=a.jpg", jpeg) + part("name=b; filename=b.csv", "1,2") + "--b--"),
      picture(jpeg) + "!");
}

TEST(PictureFinder, ShortTextsAreKept) {
  PictureFinder finder("b");
  const std::string form = part("name=trap_id", "Trap 7") + part("name=\"empty\"", "") +
                           part("name=image; filename=x.jpg", jpeg) +
                           part("name=camera", std::string(max_form_field_bytes + 100, 'x'));
  find(finder, form + "--b--", 3);
  EXPECT_EQ(finder.field("trap_id"), "Trap 7");
  EXPECT_EQ(finder.field("empty"), "");
  EXPECT_EQ(finder.field("image"), std::nullopt);
  EXPECT_EQ(finder.field("camera")->size(), max_form_field_bytes);
}

TEST(PictureFinder, ABrokenFormIsRefused) {
  EXPECT_THAT(find_in_form("--b garbage"), HasSubstr("?the form is malformed"));
}

}  // namespace
}  // namespace heliograph::http
