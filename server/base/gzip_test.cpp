#include "server/base/gzip.hpp"

#include <array>
#include <string>
#include <zlib.h>

#include <gtest/gtest.h>

namespace heliograph {
namespace {

// As a browser does it.
std::string unpacked(std::string packed) {
  z_stream stream{};
  EXPECT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
  stream.next_in = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_in = static_cast<uInt>(packed.size());
  std::string bytes;
  std::array<char, 4096> part{};
  int state = Z_OK;
  while (state == Z_OK) {
    stream.next_out = reinterpret_cast<Bytef*>(part.data());
    stream.avail_out = part.size();
    state = inflate(&stream, Z_NO_FLUSH);
    bytes.append(part.data(), part.size() - stream.avail_out);
  }
  EXPECT_EQ(state, Z_STREAM_END);
  EXPECT_EQ(stream.avail_in, 0U);
  inflateEnd(&stream);
  return bytes;
}

std::string noise(std::size_t size) {
  std::string bytes(size, '\0');
  std::uint32_t state = 1;
  for (char& byte : bytes) byte = static_cast<char>((state = state * 1664525 + 1013904223) >> 24);
  return bytes;
}

TEST(Gzip, KeepsEveryByte) {
  for (const std::string& bytes :
       {std::string(), std::string("a"), std::string(1'000'000, 'a'), noise(100'000)})
    EXPECT_EQ(unpacked(gzip(bytes)), bytes) << bytes.size();
}

TEST(Gzip, MakesWhatRepeatsItselfSmall) {
  std::string list;
  for (int i = 0; i < 1000; ++i)
    list += R"({"id":"img_)" + std::to_string(i) + R"(","width":1600,"height":1200},)";
  EXPECT_LT(gzip(list).size(), list.size() / 6);
}

}  // namespace
}  // namespace heliograph
