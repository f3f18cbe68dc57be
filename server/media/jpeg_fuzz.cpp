// However the bytes are cut, the answer is the same; and what is accepted keeps the promises of JpegFacts.
#include "server/media/jpeg.hpp"

#include <algorithm>
#include <cstdlib>
#include <iterator>

using heliograph::media::inspect_jpeg;
using heliograph::media::JpegFacts;
using heliograph::media::JpegInspector;

namespace {

constexpr std::uint8_t good_picture[] = {
    0xFF, 0xD8,                                                                    // start
    0xFF, 0xFE, 0x00, 0x04, 'h',  'i',                                             // comment
    0xFF, 0xC2, 0x00, 0x0B, 0x08, 0x00, 0x10, 0x00, 0x20, 0x01, 0x01, 0x11, 0x00,  // frame header
    0xFF, 0xDA, 0x00, 0x08, 0x01, 0x01, 0x00, 0x00, 0x3F, 0x00,                    // scan
    0x12, 0xFF, 0x00, 0x34, 0xFF, 0xD0, 0x56, 0xFF, 0xC4, 0x00, 0x02,  // data, and tables between scans
    0xFF, 0xDA, 0x00, 0x08, 0x01, 0x01, 0x00, 0x00, 0x3F, 0x00, 0x12, 0xFF, 0xD9};  // scan, end

void require(bool holds) {
  if (!holds) std::abort();
}

void check_facts(const JpegFacts& facts, std::span<const std::uint8_t> bytes) {
  using namespace heliograph::media;
  require(facts.width > 0 && facts.width <= max_edge && facts.height > 0 && facts.height <= max_edge);
  require(std::int64_t{facts.width} * facts.height <= max_pixels);
  require(facts.size_bytes <= bytes.size() && bytes[facts.size_bytes - 1] != 0);
  const auto padding = bytes.subspan(facts.size_bytes);
  require(std::all_of(padding.begin(), padding.end(), [](std::uint8_t byte) { return byte == 0; }));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::size_t kept = data[0] % (std::size(good_picture) + 1);
  const std::size_t piece = 1 + data[1] % 16;
  std::vector<std::uint8_t> bytes(good_picture, good_picture + kept);
  bytes.insert(bytes.end(), data + 2, data + size);

  const auto whole = inspect_jpeg(bytes);
  if (whole) check_facts(*whole, bytes);
  JpegInspector inspector;
  for (std::size_t at = 0; at < bytes.size(); at += piece) {
    const auto fed = inspector.feed(std::span(bytes).subspan(at, std::min(piece, bytes.size() - at)));
    if (!fed) require(!whole && fed.error() == whole.error());
  }
  require(inspector.finish() == whole);
  return 0;
}
