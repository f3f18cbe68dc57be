#include "server/jobs/thumbnail_job.hpp"

#include "server/media/thumbnail.hpp"

#include <utility>

namespace heliograph::jobs {

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

}  // namespace heliograph::jobs
