#include "server/ingest/verify.hpp"

#include "server/media/jpeg.hpp"

namespace heliograph::ingest {

std::string_view to_string(FileState state) {
  switch (state) {
    case FileState::whole:
      return "whole";
    case FileState::missing:
      return "missing";
    case FileState::wrong_size:
      return "of the wrong size";
    case FileState::wrong_hash:
      return "changed";
    case FileState::wrong_edges:
      return "a picture of another width or height";
    case FileState::unreadable:
      break;
  }
  return "unreadable";
}

FileState verify_file(const store::ImageStore& store, const catalog::FiledImage& filed) {
  const catalog::Image& image = filed.image;
  const auto bytes =
      store.read(store::image_key(filed.folder, {image.captured_at, image.id}), max_image_bytes);
  if (!bytes) return bytes.error().kind == ErrorKind::not_found ? FileState::missing : FileState::unreadable;
  if (static_cast<std::int64_t>(bytes->size()) != image.size_bytes) return FileState::wrong_size;
  if (sha256(*bytes) != image.sha256) return FileState::wrong_hash;
  // What is refused today may have been stored by an older version: these are its bytes all the same.
  const auto facts = media::inspect_jpeg(*bytes);
  const bool agrees = !facts || (facts->width == image.width && facts->height == image.height);
  return agrees ? FileState::whole : FileState::wrong_edges;
}

bool is_whole_thumbnail(const store::ImageStore& store, const std::string& key) {
  const auto bytes = store.read(key, max_thumbnail_bytes);
  return bytes && media::inspect_jpeg(*bytes);
}

ThumbnailState look_at_thumbnail(const store::ImageStore& store, const catalog::FiledImage& filed) {
  const store::ImageName name{filed.image.captured_at, filed.image.id};
  const std::string key = store::thumbnail_key(filed.folder, name);
  const auto made = store.modified(key);
  if (!made && made.error().kind == ErrorKind::not_found) return ThumbnailState::missing;
  if (!made || !is_whole_thumbnail(store, key)) return ThumbnailState::stale;
  const auto taken = store.modified(store::image_key(filed.folder, name));
  return taken && *made < *taken ? ThumbnailState::stale : ThumbnailState::good;
}

Result<catalog::Image> examine_file(const store::ImageStore& store, const store::FoundImage& found,
                                    CameraId camera) {
  const auto bytes = store.read(store::image_key(found.folder, found.name), max_image_bytes);
  if (!bytes) return bytes.error();
  const auto facts = media::inspect_jpeg(*bytes);
  if (!facts) return facts.error();
  if (facts->size_bytes != bytes->size()) {
    return Error{ErrorKind::unprocessable, "the file has zero bytes behind the picture"};
  }
  catalog::Image image;
  image.id = found.name.id;
  image.camera = camera;
  image.captured_at = found.name.captured_at;
  image.received_at = found.modified;
  image.sha256 = sha256(*bytes);
  image.size_bytes = static_cast<std::int64_t>(bytes->size());
  image.width = facts->width;
  image.height = facts->height;
  return image;
}

}  // namespace heliograph::ingest
