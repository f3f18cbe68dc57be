#include "server/http/mixed_replace.hpp"

#include "server/http/multipart.hpp"

#include <algorithm>
#include <vector>

#include <gtest/gtest.h>

namespace heliograph::http {
namespace {

std::span<const std::uint8_t> bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

struct Read {
  std::vector<std::string> pictures;
  std::optional<ErrorKind> refused;
};

// In pieces of so many bytes.
Read read(std::string_view film, std::size_t piece_bytes) {
  MixedReplaceReader reader(/*max_bytes=*/20, /*room=*/2);
  Read read;
  for (std::size_t at = 0; at < film.size(); at += piece_bytes) {
    auto piece = bytes_of(film.substr(at, piece_bytes));
    for (;;) {
      auto picture = reader.next(piece);
      if (!picture) {
        read.refused = picture.error().kind;
        return read;
      }
      if (!*picture) break;
      read.pictures.push_back(std::move(**picture));
    }
  }
  return read;
}

using Pictures = std::vector<std::string>;

const std::string two_zeros(2, '\0');

TEST(MixedReplace, ReadsWhatFfmpegWrites) {
  const std::string film =
      "--ffmpeg\r\nContent-type: image/jpeg\r\nContent-length: 5\r\n\r\nfirst\r\n"
      "--ffmpeg\r\nContent-type: image/jpeg\r\nContent-length: 10\r\n\r\n\r\n--tricky\r\n--ffmpeg\r\n";
  for (const std::size_t piece : {1U, 2U, 7U, 1000U}) {
    const Read whole = read(film, piece);
    EXPECT_EQ(whole.pictures, (Pictures{two_zeros + "first", two_zeros + "\r\n--tricky"})) << piece;
  }
}

TEST(MixedReplace, HasAPictureWithItsLastByte) {
  MixedReplaceReader reader(20, 0);
  auto piece = bytes_of("--b\r\nContent-Length: 3\r\n\r\nabc");
  const auto picture = reader.next(piece);
  ASSERT_TRUE(picture && *picture);
  EXPECT_EQ(**picture, "abc");
}

TEST(MixedReplace, TakesWhatCamerasGetWrong) {
  // No carriage returns, other fields in any case, another boundary each time, a closing one in the middle.
  const std::string film = "\n--x\nX-Timestamp: 1.5\ncontent-length:3\n\nabc--y\r\n\r\n";
  const Read whole = read(film, 3);
  EXPECT_EQ(whole.pictures, Pictures{two_zeros + "abc"});
  EXPECT_EQ(whole.refused, ErrorKind::bad_request) << "the second does not say its length";
  EXPECT_EQ(read("--b\r\nContent-Length: 1\r\n\r\na\r\n--b--\r\n", 4).pictures, Pictures{two_zeros + "a"});
}

TEST(MixedReplace, RefusesWhatIsNoFilm) {
  const std::string long_line(max_part_head_bytes + 1, 'x');
  const std::vector<std::pair<std::string, ErrorKind>> wrong = {
      {"\xff\xd8\xff\xe0\n", ErrorKind::bad_request},
      {"--b\r\n\r\nabc", ErrorKind::bad_request},
      {"--b\r\nContent-Length: 0\r\n\r\n", ErrorKind::bad_request},
      {"--b\r\nContent-Length: -1\r\n\r\n", ErrorKind::bad_request},
      {"--b\r\nContent-Length: 3x\r\n\r\n", ErrorKind::bad_request},
      {"--b\r\nContent-Length: 21\r\n\r\n", ErrorKind::too_large},
      {"--b\r\nContent-Length: 99999999999999999999999\r\n\r\n", ErrorKind::too_large},
      {"--b" + long_line, ErrorKind::bad_request},
      {"--b\r\n" + long_line, ErrorKind::bad_request},
      {std::string(max_part_head_bytes + 1, '\n'), ErrorKind::bad_request}};
  for (const auto& [film, kind] : wrong) {
    EXPECT_EQ(read(film, 1000).refused, kind) << film.substr(0, 60);
    EXPECT_EQ(read(film, 1).refused, kind) << film.substr(0, 60);
  }
}

TEST(MixedReplace, StaysRefused) {
  MixedReplaceReader reader(20, 0);
  auto wrong = bytes_of("nonsense\n");
  EXPECT_FALSE(reader.next(wrong));
  auto good = bytes_of("--b\r\nContent-Length: 3\r\n\r\nabc");
  EXPECT_FALSE(reader.next(good));
}

}  // namespace
}  // namespace heliograph::http
