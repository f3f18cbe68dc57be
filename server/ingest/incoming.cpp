#include "server/ingest/incoming.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

namespace heliograph::ingest {
namespace {

std::size_t trailing_zeros(std::span<const std::uint8_t> bytes) {
  const auto last = std::find_if(bytes.rbegin(), bytes.rend(), [](std::uint8_t byte) { return byte != 0; });
  return static_cast<std::size_t>(last - bytes.rbegin());
}

}  // namespace

Incoming::Incoming(std::shared_ptr<const ImageUpload> upload, ImageId id, Timestamp received_at,
                   store::NewFile file, std::string key, store::Room room)
    : upload_(std::move(upload)), room_(std::move(room)), file_(std::move(file)), key_(std::move(key)) {
  image_.id = id;
  image_.camera = upload_->camera.id;
  image_.captured_at = upload_->captured_at.value_or(received_at);
  image_.received_at = received_at;
  image_.sender = upload_->sender;
}

Result<void> Incoming::write(std::span<const std::uint8_t> bytes) {
  if (rejected()) return keep_rejected(bytes);
  if (auto fed = inspector_.feed(bytes); !fed) {
    reason_ = fed.error();
    return keep_rejected(bytes);
  }
  const std::size_t zeros = trailing_zeros(bytes);
  if (zeros < bytes.size()) {
    if (auto stored = store_held_zeros(); !stored) return stored;
    if (auto stored = store(bytes.first(bytes.size() - zeros)); !stored) return stored;
  }
  held_zeros_ += zeros;
  return {};
}

Result<void> Incoming::store_held_zeros() {
  constexpr std::array<std::uint8_t, 4096> nothing{};
  while (held_zeros_ > 0) {
    const auto piece = std::min<std::uint64_t>(held_zeros_, nothing.size());
    if (auto stored = store(std::span(nothing).first(piece)); !stored) return stored;
    held_zeros_ -= piece;
  }
  return {};
}

Result<void> Incoming::store(std::span<const std::uint8_t> bytes) {
  stored_bytes_ += bytes.size();
  auto written = file_.write(bytes);
  if (!written && written.error().kind == ErrorKind::storage_full) room_.ran_out();
  return written;
}

// Nothing is trimmed of what its owner is to look at. A disk that takes no more of it is no news for the
// sender, who is told that it was no picture.
Result<void> Incoming::keep_rejected(std::span<const std::uint8_t> bytes) {
  const std::uint64_t so_far = stored_bytes_ + held_zeros_;
  const std::uint64_t room = max_kept_bytes - std::min(max_kept_bytes, so_far);
  const auto kept = static_cast<std::size_t>(std::min<std::uint64_t>(room, bytes.size()));
  cut_ = cut_ || kept < bytes.size();
  lost_ = lost_ || !store_held_zeros() || !store(bytes.first(kept));
  if (lost_ || cut_) return *reason_;
  return {};
}

Result<Unsealed> Incoming::finish() {
  if (rejected()) return *reason_;
  const auto facts = inspector_.finish();
  if (!facts) {
    reason_ = facts.error();
    return *reason_;
  }
  if (facts->size_bytes != stored_bytes_) {
    return Error{ErrorKind::internal, "the picture's end and what was stored of it differ"};
  }
  image_.size_bytes = static_cast<std::int64_t>(stored_bytes_);
  image_.width = facts->width;
  image_.height = facts->height;
  return Unsealed({{std::move(image_), upload_->telemetry}, upload_->camera, std::move(key_), {}},
                  std::move(file_));
}

Rejected Incoming::reject() && {
  Rejected rejected{{std::move(image_), upload_->telemetry}, upload_->camera, {}, reason_->detail};
  Sha256 hash;
  const auto hash_piece = [&](std::span<const std::uint8_t> bytes) { hash.update(bytes); };
  lost_ = lost_ || !store_held_zeros() || stored_bytes_ == 0 || !file_.read_back(hash_piece) || !file_.keep();
  if (lost_) return rejected;
  if (cut_) rejected.reason += fmt::format(" (its first {} bytes are kept)", stored_bytes_);
  rejected.key = std::move(key_);
  rejected.about.image.sha256 = hash.finish();
  rejected.about.image.size_bytes = static_cast<std::int64_t>(stored_bytes_);
  return rejected;
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
