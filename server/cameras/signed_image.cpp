#include "server/cameras/signed_image.hpp"

#include "server/cameras/signing.hpp"

#include <algorithm>

namespace heliograph::cameras {
namespace {

Error wrong(std::string sentence) {
  return {ErrorKind::unprocessable, std::move(sentence)};
}

}  // namespace

Result<void> SignedImage::feed(std::span<const std::uint8_t> bytes) {
  if (!has_manifest_) {
    const auto taken = std::min(bytes.size(), protocol::max_manifest - head_.size());
    head_.append(reinterpret_cast<const char*>(bytes.data()), taken);
    bytes = bytes.subspan(taken);
    if (head_.size() < protocol::max_manifest) return {};
    if (auto read = read_manifest(); !read) return read;
  }
  return take_image(bytes);
}

Result<void> SignedImage::read_manifest() {
  if (!protocol::read_manifest(head_, manifest_)) {
    return wrong("this is no signed image: it begins with no manifest. `heliograph ota sign` makes one");
  }
  if (!is_signed_by_its_key(manifest_)) return wrong("the manifest's signature is wrong: it was changed");
  has_manifest_ = true;
  const std::string_view behind = std::string_view(head_).substr(manifest_.text.size());
  return take_image({reinterpret_cast<const std::uint8_t*>(behind.data()), behind.size()});
}

Result<void> SignedImage::take_image(std::span<const std::uint8_t> bytes) {
  image_bytes_ += bytes.size();
  if (image_bytes_ > manifest_.size) {
    return wrong("the image is longer than the " + std::to_string(manifest_.size) +
                 " bytes that were signed");
  }
  hash_.update(bytes);
  return {};
}

Result<catalog::Release> SignedImage::finish() {
  if (!has_manifest_) {
    if (auto read = read_manifest(); !read) return read.error();
  }
  if (image_bytes_ != manifest_.size) {
    return wrong("the image was cut off: " + std::to_string(image_bytes_) + " of " +
                 std::to_string(manifest_.size) + " bytes have come");
  }
  if (hash_.finish() != manifest_.sha256) return wrong("the image is not the one that was signed");
  return catalog::Release{{},
                          std::string(manifest_.model),
                          std::string(manifest_.version_text),
                          manifest_.security,
                          manifest_.downgrade,
                          static_cast<std::int64_t>(manifest_.size),
                          manifest_.sha256,
                          manifest_.key,
                          sha256(manifest_.text),
                          {},
                          {}};
}

}  // namespace heliograph::cameras
