#include "server/jobs/thumbnail_job.hpp"

#include "server/media/decode.hpp"
#include "server/media/motion.hpp"
#include "server/media/thumbnail.hpp"

#include <utility>

namespace heliograph::jobs {
namespace {

// A thumbnail of noise, which compresses worst, has 170 KB.
constexpr std::uint64_t max_thumbnail_bytes = 1024ULL * 1024;

Result<media::Raster> read_scene(const store::ImageStore& store, const catalog::FiledImage& filed) {
  const store::ImageName name{filed.image.captured_at, filed.image.id};
  const auto thumbnail = store.read(store::thumbnail_key(filed.folder, name), max_thumbnail_bytes);
  if (!thumbnail) return thumbnail.error();
  const auto decoded = media::decode_for(*thumbnail, media::scene_edge);
  if (!decoded) return decoded.error();
  return media::scene_of(*decoded);
}

}  // namespace

Result<MadeThumbnail> make_thumbnail_file(store::ImageStore& store, const catalog::FiledImage& filed) {
  const store::ImageName name{filed.image.captured_at, filed.image.id};
  const auto bytes =
      store.read(store::image_key(filed.folder, name), static_cast<std::uint64_t>(filed.image.size_bytes));
  if (!bytes) return bytes.error();
  auto thumbnail = media::make_thumbnail(*bytes);
  if (!thumbnail) return thumbnail.error();
  if (auto written = store.replace(store::thumbnail_key(filed.folder, name), thumbnail->jpeg); !written) {
    return written.error();
  }
  return MadeThumbnail{sha256(thumbnail->jpeg), std::move(thumbnail->placeholder)};
}

// Of both in the same way, so that equal thumbnails are equal scenes.
std::optional<std::int64_t> find_motion(const store::ImageStore& store, const catalog::FiledImage& before,
                                        const catalog::FiledImage& now) {
  const auto earlier = read_scene(store, before);
  const auto later = read_scene(store, now);
  if (!earlier || !later) return std::nullopt;
  return media::motion_between(*earlier, *later);
}

}  // namespace heliograph::jobs
