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
  return sha256(*bytes) == image.sha256 ? FileState::whole : FileState::wrong_hash;
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
