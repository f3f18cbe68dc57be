#include "server/media/thumbnail.hpp"

#include "server/media/codec.hpp"
#include "server/media/decode.hpp"
#include "server/media/raster.hpp"
#include "server/media/thumb_hash.hpp"

#include <memory>

#include <fmt/format.h>

namespace heliograph::media {
namespace {

struct FreeJpeg {
  void operator()(std::uint8_t* jpeg) const { tjFree(jpeg); }
};

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
  const auto decoded = decode_for(jpeg, thumbnail_edge);
  if (!decoded) return decoded.error();
  const Raster small = shrink(*decoded, fit_within(decoded->size, thumbnail_edge));
  auto encoded = encode(small);
  if (!encoded) return encoded.error();
  return Thumbnail{*std::move(encoded), thumb_hash(small)};
}

}  // namespace heliograph::media
