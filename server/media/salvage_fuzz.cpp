// However the bytes are cut, the same picture is found; and what is found is whole.
#include "server/media/salvage.hpp"

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <vector>

using heliograph::media::FoundPicture;
using heliograph::media::inspect_jpeg;
using heliograph::media::PictureFinder;

namespace {

// 96 × 96 grey pixels, and the 40 bytes of data that make it plausible.
constexpr std::uint8_t good_head[] = {0xFF, 0xD8,  // start
                                      0xFF, 0xC0, 0x00, 0x0B, 0x08, 0x00, 0x60, 0x00, 0x60, 0x01,
                                      0x01, 0x11, 0x00,  // frame header
                                      0xFF, 0xDA, 0x00, 0x08, 0x01, 0x01, 0x00, 0x00, 0x3F, 0x00};  // scan
constexpr std::size_t good_data = 40;

void require(bool holds) {
  if (!holds) std::abort();
}

std::optional<FoundPicture> find(std::span<const std::uint8_t> bytes, std::size_t piece) {
  PictureFinder finder;
  for (std::size_t at = 0; at < bytes.size(); at += piece) {
    finder.feed(bytes.subspan(at, std::min(piece, bytes.size() - at)));
  }
  return finder.finish();
}

// Input bytes as they are, but for two that stand for what a mutation hardly finds: the head of a picture,
// and a whole one.
std::vector<std::uint8_t> unfold(std::span<const std::uint8_t> input) {
  std::vector<std::uint8_t> bytes;
  for (const std::uint8_t byte : input) {
    if (byte != 'H' && byte != 'P') {
      bytes.push_back(byte);
      continue;
    }
    bytes.insert(bytes.end(), std::begin(good_head), std::end(good_head));
    if (byte == 'H') continue;
    bytes.insert(bytes.end(), good_data, 0x12);
    bytes.insert(bytes.end(), {0xFF, 0xD9});
  }
  return bytes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  const std::size_t piece = 1 + data[0] % 16;
  const std::vector<std::uint8_t> bytes = unfold(std::span(data, size).subspan(1));
  const auto whole = find(bytes, bytes.size() + 1);
  require(find(bytes, piece) == whole);
  if (!whole) return 0;
  require(whole->offset + whole->facts.size_bytes <= bytes.size());
  const auto facts = inspect_jpeg(std::span(bytes).subspan(whole->offset, whole->facts.size_bytes));
  require(facts && *facts == whole->facts);
  return 0;
}
