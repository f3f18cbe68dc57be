#include "firmware/core/jpeg_check.hpp"

#include <string>

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

JpegCheck check(const std::string& bytes) {
  return check_jpeg(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

TEST(JpegCheck, TrimsWhatStandsBehindTheEnd) {
  const std::string picture = "\xFF\xD8picture\xFF\xD9";
  for (const std::string& padding :
       {std::string(), std::string(1, '\0'), std::string(100'000, '\0'), std::string(4'096, 'x'),
        std::string(4'096, '\xFF'), std::string(4'096, 'x') + std::string(9'000, '\0')}) {
    EXPECT_EQ(check(picture + padding).size, picture.size()) << padding.size();
  }
  EXPECT_EQ(check(std::string("\xFF\xD8\xFF\xD9")).size, 4U);
  // The last end counts.
  EXPECT_EQ(check(picture + picture + "rest").size, 2 * picture.size());
}

TEST(JpegCheck, SaysWhatIsMissing) {
  const struct {
    std::string bytes;
    const char* problem;
  } table[] = {
      {"", "the sensor gave no picture"},
      {std::string(5'000, '\0'), "the sensor gave no picture"},
      {"\xFF\xD8\xFF", "the sensor gave no picture"},
      {"test data\n", "the start of the picture is missing"},
      {"\xD8picture\xFF\xD9", "the start of the picture is missing"},
      {"\xFF\xD8pict", "the end of the picture is missing"},
      {"\xFF\xD8\xD9pict", "the end of the picture is missing"},
      {"\xFF\xD8picture\xFF\xD9" + std::string(4'097, 'x'), "the end of the picture is missing"},
  };
  for (const auto& row : table) {
    const JpegCheck checked = check(row.bytes);
    EXPECT_EQ(checked.size, 0U) << row.problem;
    EXPECT_EQ(checked.problem, row.problem);
  }
}

}  // namespace
}  // namespace heliograph::firmware
