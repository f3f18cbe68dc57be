#include "firmware/esp32/decide/twin_record.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

std::vector<std::uint8_t> copy_of(std::uint32_t number, std::string_view value) {
  std::vector<std::uint8_t> copy(twin_head_size + value.size());
  write_twin(number, value, copy.data());
  return copy;
}

TEST(TwinRecord, ASoundCopyIsReadAndATornOneIsNot) {
  const auto copy = copy_of(7, "wifi garden\n");
  const auto twin = read_twin(copy.data(), copy.size());
  ASSERT_TRUE(twin);
  EXPECT_EQ(twin->number, 7U);
  EXPECT_EQ(twin->value, "wifi garden\n");
  for (std::size_t size = 0; size < copy.size(); ++size) EXPECT_FALSE(read_twin(copy.data(), size)) << size;
  for (std::size_t at = 0; at < copy.size(); ++at) {
    auto torn = copy;
    torn[at] ^= 0x80;
    EXPECT_FALSE(read_twin(torn.data(), torn.size())) << at;
  }
  const auto empty = copy_of(1, "");
  EXPECT_TRUE(read_twin(empty.data(), empty.size()));
  const std::uint8_t zeros[twin_head_size] = {};
  EXPECT_FALSE(read_twin(zeros, sizeof zeros));
}

TEST(TwinRecord, TheNewerIsTheValueAndTheOtherPlaceIsWritten) {
  struct Case {
    std::optional<Twin> first, second;
    const char* newest;
    int next_place;
    std::uint32_t next_number;
  };
  const Case cases[] = {
      {std::nullopt, std::nullopt, nullptr, 0, 1},      {Twin{1, "a"}, std::nullopt, "a", 1, 2},
      {std::nullopt, Twin{2, "b"}, "b", 0, 3},          {Twin{1, "a"}, Twin{2, "b"}, "b", 0, 3},
      {Twin{3, "a"}, Twin{2, "b"}, "a", 1, 4},          {Twin{0, "a"}, Twin{0xffffffff, "b"}, "a", 1, 1},
      {Twin{0xffffffff, "a"}, Twin{0, "b"}, "b", 0, 1},
  };
  for (const Case& c : cases) {
    const TwinChoice choice = choose_twin(c.first, c.second);
    ASSERT_EQ(choice.newest.has_value(), c.newest != nullptr);
    if (c.newest != nullptr) EXPECT_EQ(choice.newest->value, c.newest);
    EXPECT_EQ(choice.next_place, c.next_place);
    EXPECT_EQ(choice.next_number, c.next_number);
  }
}

}  // namespace
}  // namespace heliograph::firmware
