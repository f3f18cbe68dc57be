// However the bytes are cut, the same stays; what stays of a picture is one of the same size, has nothing
// left to take away, and turns as it did.
#include "server/media/jpeg.hpp"
#include "server/media/metadata.hpp"

#include <algorithm>
#include <cstdlib>
#include <iterator>

using heliograph::media::inspect_jpeg;
using heliograph::media::MetadataFilter;
using Bytes = std::vector<std::uint8_t>;

namespace {

constexpr std::uint8_t start_of_picture[] = {
    0xFF, 0xD8,  // start
    0xFF, 0xE0, 0x00, 0x10, 'J', 'F', 'I', 'F', 0,  1, 1,    0,    0,    1,    0,    1,    0,
    0,  // JFIF
    0xFF, 0xE1, 0x00, 0x22, 'E', 'x', 'i', 'f', 0,  0, 'M',  'M',  0,    42,   0,    0,    0,
    8,  // EXIF
    0,    1,    0x01, 0x12, 0,   3,   0,   0,   0,  1, 0,    6,    0,    0,    0,    0,    0,
    0,                                                                 // … sideways
    0xFF, 0xC0, 0x00, 0x0B, 8,   0,   16,  0,   32, 1, 1,    17,   0,  // frame header
    0xFF, 0xDA, 0x00, 0x08, 1,   1,   0,   0,   63, 0, 0x12, 0xFF, 0x00, 0x34, 0xFF, 0xD0, 0x56};  // scan

void require(bool holds) {
  if (!holds) std::abort();
}

struct Filtered {
  bool whole = false;
  Bytes kept;
};

Filtered filter(const Bytes& bytes, std::size_t piece) {
  Filtered filtered;
  MetadataFilter filter;
  for (std::size_t at = 0; at < bytes.size(); at += piece) {
    const auto size = std::min(piece, bytes.size() - at);
    if (!filter.feed(std::span(bytes).subspan(at, size), filtered.kept)) break;
  }
  filtered.whole = filter.finish().has_value();
  return filtered;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::size_t begun = data[0] % (std::size(start_of_picture) + 1);
  const std::size_t piece = 1 + data[1] % 16;
  Bytes bytes(start_of_picture, start_of_picture + begun);
  bytes.insert(bytes.end(), data + 2, data + size);

  const Filtered once = filter(bytes, std::max<std::size_t>(bytes.size(), 1));
  const Filtered in_pieces = filter(bytes, piece);
  require(once.whole == in_pieces.whole && once.kept == in_pieces.kept);
  if (!once.whole) return 0;
  require(filter(once.kept, piece).kept == once.kept);

  const auto before = inspect_jpeg(bytes);
  if (!before) return 0;
  const auto after = inspect_jpeg(once.kept);
  require(after && after->width == before->width && after->height == before->height);
  require(after->size_bytes == once.kept.size());
  return 0;
}
