#include "server/ingest/piece.hpp"

namespace heliograph::ingest {

Error Piece::taken() {
  return {ErrorKind::conflict, "another request goes on with this upload: ask how far it is"};
}

std::uint64_t Piece::offset() const {
  const std::lock_guard lock(mutex_);
  return offset_;
}

Result<void> Piece::write(std::span<const std::uint8_t> bytes) {
  const std::lock_guard lock(mutex_);
  if (!file_) return taken();
  if (bytes.size() > size_bytes_ - offset_) {
    return Error{ErrorKind::too_large,
                 "more came than the " + std::to_string(size_bytes_) + " bytes that were announced"};
  }
  auto written = file_->append(bytes);
  offset_ = file_->size();
  return written;
}

Result<void> Piece::cut_back() {
  const std::lock_guard lock(mutex_);
  if (!file_) return taken();
  auto cut = file_->cut_back();
  offset_ = file_->size();
  return cut;
}

Result<void> Piece::read(const std::function<Result<void>(std::span<const std::uint8_t>)>& each) {
  const std::lock_guard lock(mutex_);
  if (!file_) return taken();
  return file_->read(each);
}

void Piece::end() {
  const std::lock_guard lock(mutex_);
  file_.reset();
}

}  // namespace heliograph::ingest
