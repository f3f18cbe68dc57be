#include "server/media/decode.hpp"

#include "server/media/codec.hpp"
#include "server/media/jpeg.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace heliograph::media {
namespace {

// After a warning the codec went on, and its result can be used; only an error ends its work.
bool usable(int status, const Codec& codec) {
  return status == 0 || tjGetErrorCode(codec.get()) == TJERR_WARNING;
}

Error undecodable(const Codec& codec) {
  return {ErrorKind::unprocessable,
          fmt::format("the picture cannot be decoded: {}", tjGetErrorStr2(codec.get()))};
}

// The smallest size that has all the pixels of `target` among those that the decoder gives: every eighth of
// the picture's. It leaves out the work for the pixels it leaves out.
Size decoded_size(Size size, Size target) {
  for (int eighths = 1; eighths < 8; ++eighths) {
    const tjscalingfactor scale{eighths, 8};
    const Size candidate{TJSCALED(size.width, scale), TJSCALED(size.height, scale)};
    if (candidate.width >= target.width && candidate.height >= target.height) return candidate;
  }
  return size;
}

}  // namespace

Result<Raster> decode_for(std::span<const std::uint8_t> jpeg, int edge) {
  const Codec codec(tjInitDecompress());
  Size size;
  int sampling = -1;
  int colours = -1;
  const int status = tjDecompressHeader3(codec.get(), jpeg.data(), jpeg.size(), &size.width, &size.height,
                                         &sampling, &colours);
  if (!usable(status, codec)) return undecodable(codec);
  const std::int64_t pixels = std::int64_t{size.width} * size.height;
  if (pixels <= 0 || pixels > max_pixels || std::max(size.width, size.height) > max_edge) {
    return Error{ErrorKind::unprocessable,
                 fmt::format("{} × {} pixels are too many", size.width, size.height)};
  }
  if (colours == TJCS_CMYK || colours == TJCS_YCCK) {
    return Error{ErrorKind::unprocessable, "a picture in printing colours (CMYK) is not decoded"};
  }
  const bool grey = colours == TJCS_GRAY;
  Raster raster(decoded_size(size, fit_within(size, edge)), grey ? 1 : 3);
  const int decoded =
      tjDecompress2(codec.get(), jpeg.data(), jpeg.size(), raster.samples.data(), raster.size.width, 0,
                    raster.size.height, grey ? TJPF_GRAY : TJPF_RGB, TJFLAG_LIMITSCANS);
  if (!usable(decoded, codec)) return undecodable(codec);
  return raster;
}

}  // namespace heliograph::media
