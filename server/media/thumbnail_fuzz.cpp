// Whatever a picture's bytes become, a thumbnail is one that a thumbnail can be made of again, or an error is
// returned.
//
// libjpeg-turbo is not instrumented, so a fuzzer left alone would never get past its header checks. The input
// is therefore read as changes to a good picture: two bytes of place and one of value, each.
#include "server/media/thumbnail.hpp"
#include "tests/support/jpeg_fixtures.hpp"

#include <cstdlib>
#include <iterator>
#include <turbojpeg.h>

namespace {

using namespace heliograph::fixtures;

// Decoding time follows the pixels, which a few bytes can claim; the fuzzer learns more from many small
// pictures.
constexpr std::int64_t max_fuzz_pixels = 1 << 18;

bool is_small(const Bytes& jpeg) {
  const tjhandle codec = tjInitDecompress();
  int width = 0, height = 0, sampling = 0, colours = 0;
  tjDecompressHeader3(codec, jpeg.data(), jpeg.size(), &width, &height, &sampling, &colours);
  tjDestroy(codec);
  return std::int64_t{width} * height <= max_fuzz_pixels;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Bytes pictures[] = {
      make_jpeg({.width = 40, .height = 30}),
      make_jpeg({.width = 40, .height = 30, .coding = Coding::progressive}),
      make_jpeg({.width = 500, .height = 20, .channels = Channels::grey}),
      make_jpeg({.width = 40, .height = 30, .channels = Channels::cmyk}),
  };
  if (size == 0) return 0;
  Bytes jpeg = pictures[data[0] % std::size(pictures)];
  for (std::size_t i = 1; i + 3 <= size; i += 3) {
    const std::size_t place = data[i] * std::size_t{256} + data[i + 1];
    jpeg[place % jpeg.size()] = data[i + 2];
  }
  if (!is_small(jpeg)) return 0;
  const auto thumbnail = heliograph::media::make_thumbnail(jpeg);
  if (thumbnail && !heliograph::media::make_thumbnail(thumbnail->jpeg)) std::abort();
  return 0;
}
