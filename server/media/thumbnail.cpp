#include "server/media/thumbnail.hpp"

#include "server/media/jpeg.hpp"
#include "server/media/raster.hpp"
#include "server/media/thumb_hash.hpp"

#include <algorithm>
#include <memory>
#include <string>
#include <turbojpeg.h>

#include <fmt/format.h>

namespace heliograph::media {
namespace {

struct CloseCodec {
  void operator()(void* codec) const { tjDestroy(codec); }
};
using Codec = std::unique_ptr<void, CloseCodec>;

struct FreeJpeg {
  void operator()(std::uint8_t* jpeg) const { tjFree(jpeg); }
};

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

Result<Raster> decode(std::span<const std::uint8_t> jpeg) {
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
    return Error{ErrorKind::unprocessable, "a picture in printing colours (CMYK) has no thumbnail"};
  }
  const bool grey = colours == TJCS_GRAY;
  Raster raster(decoded_size(size, fit_within(size, thumbnail_edge)), grey ? 1 : 3);
  const int decoded =
      tjDecompress2(codec.get(), jpeg.data(), jpeg.size(), raster.samples.data(), raster.size.width, 0,
                    raster.size.height, grey ? TJPF_GRAY : TJPF_RGB, TJFLAG_LIMITSCANS);
  if (!usable(decoded, codec)) return undecodable(codec);
  return raster;
}

Result<std::vector<std::uint8_t>> encode(const Raster& raster) {
  const Codec codec(tjInitCompress());
  const bool grey = raster.channels == 1;
  std::uint8_t* bytes = nullptr;
  unsigned long length = 0;
  const int status = tjCompress2(codec.get(), raster.samples.data(), raster.size.width, 0, raster.size.height,
                                 grey ? TJPF_GRAY : TJPF_RGB, &bytes, &length,
                                 grey ? TJSAMP_GRAY : TJSAMP_420, thumbnail_quality, 0);
  const std::unique_ptr<std::uint8_t, FreeJpeg> owner(bytes);
  if (status != 0) {
    return Error{ErrorKind::internal,
                 fmt::format("cannot encode a thumbnail: {}", tjGetErrorStr2(codec.get()))};
  }
  return std::vector<std::uint8_t>(bytes, bytes + length);
}

}  // namespace

Result<Thumbnail> make_thumbnail(std::span<const std::uint8_t> jpeg) {
  const auto decoded = decode(jpeg);
  if (!decoded) return decoded.error();
  const Raster small = shrink(*decoded, fit_within(decoded->size, thumbnail_edge));
  auto encoded = encode(small);
  if (!encoded) return encoded.error();
  return Thumbnail{*std::move(encoded), thumb_hash(small)};
}

}  // namespace heliograph::media
