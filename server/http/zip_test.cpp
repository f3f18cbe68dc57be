#include "server/http/zip.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::http {
namespace {

constexpr Timestamp noon = from_ms(1'795'348'800'000);  // 2026-11-22T12:00:00Z

std::uint64_t number(std::string_view text, std::size_t at, std::size_t bytes) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < bytes; ++i)
    value |= std::uint64_t{static_cast<std::uint8_t>(text.at(at + i))} << (8 * i);
  return value;
}

// What Python and Info-ZIP make of whole archives is in tests/test_archive.py; here is what those are too
// small for.
TEST(Zip, IsAsLongAsItWasPlanned) {
  for (const std::uint64_t files : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{70'000}}) {
    ZipPlan plan;
    std::uint64_t written = 0;
    std::uint64_t directory = 0;
    for (std::uint64_t i = 0; i < files; ++i) {
      const ZipFile file{"camera/" + std::to_string(i) + ".jpg", 100'000, 7, noon};
      const std::uint64_t offset = plan.content();
      plan.add(file.name.size(), file.size);
      written += zip_header(file).size() + file.size;
      directory += zip_record(file, offset).size();
    }
    EXPECT_EQ(directory, plan.directory());
    EXPECT_EQ(written, plan.content());
    const std::string end = zip_end(plan, files, directory, "a comment");
    EXPECT_EQ(written + directory + end.size(), plan.size()) << files;
    EXPECT_EQ(plan.is_large(), files == 70'000);
  }
}

TEST(Zip, BeyondFourGibibytesItsNumbersAreInTheFieldsForThat) {
  ZipPlan plan;
  for (int i = 0; i < 3; ++i) plan.add(5, 2'000'000'000);
  ASSERT_TRUE(plan.is_large());
  const std::uint64_t offset = 2 * (30 + 5 + 2'000'000'000ULL);
  const std::string far = zip_record({"c.jpg", 1, 2, noon}, offset + 1'000'000'000);
  EXPECT_EQ(far.size(), 46 + 5 + 12U);
  EXPECT_EQ(number(far, 42, 4), 0xffff'ffffU);
  EXPECT_EQ(number(far, 51, 2), 1U);
  EXPECT_EQ(number(far, 55, 8), offset + 1'000'000'000);
  const std::string end = zip_end(plan, 3, plan.directory(), "");
  EXPECT_EQ(number(end, 24, 8), 3U);
  EXPECT_EQ(number(end, 40, 8), plan.directory());
  EXPECT_EQ(number(end, 48, 8), plan.content());
  EXPECT_EQ(number(end, 64, 8), plan.content() + plan.directory());
}

TEST(Zip, TimesAreThoseOfMsDos) {
  const std::string header = zip_header({"x", 1, 0x01020304, noon + std::chrono::seconds(3725)});
  EXPECT_EQ(number(header, 10, 2), 13U << 11 | 2U << 5 | 2U);  // 13:02:05, in steps of two seconds
  EXPECT_EQ(number(header, 12, 2), (2026U - 1980U) << 9 | 11U << 5 | 22U);
  EXPECT_EQ(number(header, 14, 4), 0x01020304U);
  EXPECT_EQ(number(zip_header({"x", 1, 0, from_ms(0)}), 12, 2) >> 9, 0U) << "1970 is before its first year";
}

}  // namespace
}  // namespace heliograph::http
