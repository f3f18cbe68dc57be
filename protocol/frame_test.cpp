#include "protocol/frame.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::protocol {
namespace {

using testing::HasSubstr;

// clang-format off
constexpr FrameHeaderBytes golden{
    0x01, 0x01, 0x01, 0x00,                          // version, type, flags: the time is believed
    0x07, 0x00, 0x00, 0x00,                          // stream 7
    0x2a, 0x00, 0x00, 0x00,                          // sequence 42
    0xcb, 0x29, 0x58, 0x04, 0xa2, 0x01, 0x00, 0x00,  // 1795359648203
    0x04, 0x00, 0x00, 0x00,                          // four bytes of JPEG
    0x78, 0x56, 0x34, 0x12,                          // CRC
    0x00, 0x00, 0x00, 0x00};
// clang-format on

FrameHeader golden_header() {
  FrameHeader header;
  header.stream = 7;
  header.sequence = 42;
  header.time_is_believed = true;
  header.captured_at_ms = 0x1a2045829cb;
  header.length = 4;
  header.crc = 0x12345678;
  return header;
}

std::vector<std::uint8_t> golden_message() {
  std::vector<std::uint8_t> message(golden.begin(), golden.end());
  message.insert(message.end(), {0xFF, 0xD8, 0xFF, 0xD9});
  return message;
}

TEST(FrameHeader, IsWrittenByteForByte) {
  EXPECT_EQ(encode_frame_header(golden_header()), golden);
}

TEST(FrameHeader, IsReadBack) {
  const auto message = golden_message();
  FrameHeader header;
  ASSERT_EQ(decode_frame_header(message.data(), message.size(), header), nullptr);
  EXPECT_EQ(header.stream, 7U);
  EXPECT_EQ(header.sequence, 42U);
  EXPECT_TRUE(header.time_is_believed);
  EXPECT_EQ(header.captured_at_ms, 0x1a2045829cb);
  EXPECT_EQ(header.length, 4U);
  EXPECT_EQ(header.crc, 0x12345678U);
}

TEST(FrameHeader, IsRefusedWithAReason) {
  struct Case {
    std::size_t at;
    std::uint8_t byte;
    std::string why;
  };
  for (const Case& c : {Case{0, 2, "another version"}, Case{0, 0, "another version"}, Case{1, 2, "no frame"},
                        Case{2, 3, "mean nothing"}, Case{3, 1, "mean nothing"}, Case{31, 1, "mean nothing"},
                        Case{20, 5, "its length is not"}, Case{20, 3, "its length is not"},
                        Case{22, 0x21, "too large"}, Case{23, 0xff, "too large"}}) {
    auto message = golden_message();
    message[c.at] = c.byte;
    FrameHeader header;
    header.stream = 99;
    const char* why = decode_frame_header(message.data(), message.size(), header);
    ASSERT_NE(why, nullptr) << c.why;
    EXPECT_THAT(why, HasSubstr(c.why));
    EXPECT_EQ(header.stream, 99U) << "what was refused leaves no trace";
  }
}

TEST(FrameHeader, NeedsAllOfItsBytes) {
  const auto message = golden_message();
  FrameHeader header;
  for (std::size_t size = 0; size < frame_header_size; ++size) {
    EXPECT_THAT(decode_frame_header(message.data(), size, header), HasSubstr("shorter")) << size;
  }
}

}  // namespace
}  // namespace heliograph::protocol
