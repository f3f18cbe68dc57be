#include "server/ingest/incoming.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace heliograph::ingest {
namespace {

std::size_t trailing_zeros(std::span<const std::uint8_t> bytes) {
  const auto last = std::find_if(bytes.rbegin(), bytes.rend(), [](std::uint8_t byte) { return byte != 0; });
  return static_cast<std::size_t>(last - bytes.rbegin());
}

}  // namespace

Incoming::Incoming(ImageUpload upload, ImageId id, Timestamp received_at, store::NewFile file,
                   std::string key, store::Room room)
    : upload_(std::move(upload)), room_(std::move(room)), file_(std::move(file)), key_(std::move(key)) {
  image_.id = id;
  image_.camera = upload_.camera.id;
  image_.captured_at = upload_.captured_at.value_or(received_at);
  image_.received_at = received_at;
  image_.sender = upload_.sender;
}

Result<void> Incoming::write(std::span<const std::uint8_t> bytes) {
  if (auto fed = inspector_.feed(bytes); !fed) return fed;
  const std::size_t zeros = trailing_zeros(bytes);
  if (zeros < bytes.size()) {
    constexpr std::array<std::uint8_t, 4096> nothing{};
    for (; held_zeros_ > 0; held_zeros_ -= std::min<std::uint64_t>(held_zeros_, nothing.size())) {
      const auto piece = std::min<std::uint64_t>(held_zeros_, nothing.size());
      if (auto stored = store(std::span(nothing).first(piece)); !stored) return stored;
    }
    if (auto stored = store(bytes.first(bytes.size() - zeros)); !stored) return stored;
  }
  held_zeros_ += zeros;
  return {};
}

Result<void> Incoming::store(std::span<const std::uint8_t> bytes) {
  stored_bytes_ += bytes.size();
  return file_.write(bytes);
}

Result<Unsealed> Incoming::finish() && {
  const auto facts = inspector_.finish();
  if (!facts) return facts.error();
  if (facts->size_bytes != stored_bytes_) {
    return Error{ErrorKind::internal, "the picture's end and what was stored of it differ"};
  }
  image_.size_bytes = static_cast<std::int64_t>(stored_bytes_);
  image_.width = facts->width;
  image_.height = facts->height;
  return Unsealed({{std::move(image_), upload_.telemetry}, std::move(upload_.camera), std::move(key_)},
                  std::move(file_));
}

Result<Arrived> Unsealed::seal() && {
  Sha256 hash;
  const auto read = file_.read_back([&](std::span<const std::uint8_t> bytes) { hash.update(bytes); });
  if (!read) return read.error();
  if (auto kept = file_.keep(); !kept) return kept.error();
  arrived_.image.image.sha256 = hash.finish();
  return std::move(arrived_);
}

}  // namespace heliograph::ingest
