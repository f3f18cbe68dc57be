#include "server/ingest/resumable.hpp"

#include "server/ingest/about.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace heliograph::ingest {
namespace {

Error no_such_upload() {
  return {ErrorKind::not_found, "this camera has no such upload: it is unknown, or it has expired"};
}

bool same_name(const catalog::Upload& begun, const ImageUpload& upload) {
  const auto told = read_about(begun.about, upload.camera);
  return told && told->sender == upload.sender;
}

}  // namespace

Resumable::Resumable(Ingestor& ingestor, store::ImageStore& store, catalog::Catalog catalog, IdSource& ids,
                     const Clock& clock, Log& log, const UploadRules& rules)
    : ingestor_(ingestor),
      store_(store),
      catalog_(std::move(catalog)),
      ids_(ids),
      clock_(clock),
      log_(log),
      rules_(rules),
      worker_("uploads", 1, max_waiting_uploads) {}

Result<OpenedUpload> Resumable::begin(const ImageUpload& upload, std::uint64_t size_bytes) {
  if (!ingestor_.healthy())
    return Error{ErrorKind::unavailable, "the disk failed; nothing is stored until the owner looks"};
  if (upload.sender) {
    const auto known = catalog_.image_by_sender(upload.camera.id, *upload.sender);
    if (known) return repeat(upload, *known, size_bytes);
    if (known.error().kind != ErrorKind::not_found) return known.error();
    auto begun = begun_before(upload, size_bytes);
    if (!begun) return begun.error();
    if (*begun) return std::move(**begun);
  }
  if (auto room = make_room_for(upload.camera, size_bytes); !room) return room.error();
  const Timestamp now = clock_.now();
  ImageUpload dated = upload;
  // The nearest that is known to when the shutter opened; the last byte may come hours later.
  if (!dated.captured_at) dated.captured_at = now;
  const catalog::Upload added{ids_.next<UploadId>(),
                              upload.camera.id,
                              now,
                              now + rules_.open_life,
                              static_cast<std::int64_t>(size_bytes),
                              write_about(dated),
                              {}};
  if (auto done = catalog_.add_upload(added); !done) return done.error();
  open_bytes_ += added.size_bytes;
  proven_.insert(added.id);
  return take(added);
}

// The answer to a picture that is here already: an upload that is finished from the beginning.
Result<OpenedUpload> Resumable::repeat(const ImageUpload& upload, const catalog::Image& image,
                                       std::uint64_t size_bytes) {
  if (size_bytes < static_cast<std::uint64_t>(image.size_bytes)) {
    return Error{ErrorKind::conflict,
                 "this camera already sent another picture under this boot and sequence: image " +
                     to_string(image.id)};
  }
  const Receipt receipt{image.id, image.captured_at, true};
  const Timestamp expires_at = clock_.now() + rules_.finished_life;
  const auto known = catalog_.upload_of_image(image.id);
  if (known && known->size_bytes == static_cast<std::int64_t>(size_bytes)) {
    if (auto done = catalog_.extend_upload(known->id, expires_at); !done) return done.error();
    return OpenedUpload{known->id, size_bytes, expires_at, nullptr, receipt};
  }
  if (!known && known.error().kind != ErrorKind::not_found) return known.error();
  const catalog::Upload added{ids_.next<UploadId>(),
                              upload.camera.id,
                              clock_.now(),
                              expires_at,
                              static_cast<std::int64_t>(size_bytes),
                              write_about(upload),
                              image.id};
  if (auto done = catalog_.add_upload(added); !done) return done.error();
  return OpenedUpload{added.id, size_bytes, expires_at, nullptr, receipt};
}

// A camera whose first request broke off never heard where its upload is.
Result<std::optional<OpenedUpload>> Resumable::begun_before(const ImageUpload& upload,
                                                            std::uint64_t size_bytes) {
  const auto open = catalog_.open_uploads(upload.camera.id);
  if (!open) return open.error();
  for (const catalog::Upload& begun : *open) {
    if (begun.size_bytes != static_cast<std::int64_t>(size_bytes) || !same_name(begun, upload)) continue;
    const auto found = find(upload.camera, begun.id);
    if (!found && found.error().kind == ErrorKind::not_found) break;  // it has just expired
    if (!found) return found.error();
    auto taken = take(*found);
    if (!taken) return taken.error();
    return std::optional(std::move(*taken));
  }
  return std::optional<OpenedUpload>{};
}

Result<void> Resumable::make_room_for(const catalog::Camera& camera, std::uint64_t size_bytes) {
  auto own = catalog_.open_uploads(camera.id);
  if (!own) return own.error();
  std::erase_if(*own, [this](const catalog::Upload& upload) { return committing(upload.id); });
  std::vector<std::int64_t> sizes;
  for (const catalog::Upload& upload : *own) sizes.push_back(upload.size_bytes);
  const Room room = make_room(rules_, sizes, open_bytes_, static_cast<std::int64_t>(size_bytes));
  if (!room.granted)
    return Error{ErrorKind::unavailable, "too many unfinished uploads are open; try again in a while"};
  for (std::size_t i = 0; i < room.evicted; ++i) {
    if (auto gone = forget((*own)[i]); !gone) return gone;
  }
  return {};
}

Result<catalog::Upload> Resumable::find(const catalog::Camera& camera, UploadId id) {
  auto upload = catalog_.upload(id);
  if (!upload && upload.error().kind != ErrorKind::not_found) return upload;
  if (!upload || upload->camera != camera.id) return no_such_upload();
  if (judge(*upload, clock_.now()) != Verdict::remove || committing(id)) return upload;
  if (auto gone = forget(*upload); !gone) return gone.error();
  return no_such_upload();
}

Result<OpenedUpload> Resumable::open(const catalog::Camera& camera, UploadId id) {
  const auto upload = find(camera, id);
  if (!upload) return upload.error();
  return take(*upload);
}

Result<OpenedUpload> Resumable::take(const catalog::Upload& upload) {
  OpenedUpload opened{upload.id, static_cast<std::uint64_t>(upload.size_bytes), upload.expires_at, {}, {}};
  if (upload.image) {
    const auto filed = catalog_.stored_image(*upload.image);
    if (!filed) return filed.error();
    opened.receipt = Receipt{filed->image.id, filed->image.captured_at, false};
    return opened;
  }
  if (committing(upload.id)) return opened;
  end_piece(upload.id);
  const bool proven = proven_.contains(upload.id);
  auto file = store_.open_partial(upload.id, proven ? store::Trust::known : store::Trust::to_be_proven);
  if (!file) return file.error();
  proven_.insert(upload.id);
  opened.piece = std::make_shared<Piece>(upload.id, opened.size_bytes, std::move(*file));
  pieces_[upload.id] = opened.piece;
  return opened;
}

Result<Timestamp> Resumable::extend(UploadId id) {
  const Timestamp expires_at = clock_.now() + rules_.open_life;
  if (auto done = catalog_.extend_upload(id, expires_at); !done) return done.error();
  return expires_at;
}

void Resumable::complete(const catalog::Camera& camera, const std::shared_ptr<Piece>& piece, Done done) {
  const UploadId id = piece->id();
  set_committing(id, true);
  if (auto fed = feed(camera, *piece, done); !fed) {
    set_committing(id, false);
    // Whoever took the upload over completes it.
    const bool taken = fed.error().kind == ErrorKind::conflict;
    done(taken ? Error{ErrorKind::unavailable, fed.error().detail} : fed.error());
  }
}

// A copy and no rename: after a failed sync the bytes must be written anew to another file, and the zeros
// behind the picture are not to be kept. An error is told to the caller, not to `done`.
Result<void> Resumable::feed(const catalog::Camera& camera, Piece& piece, Done& done) {
  const auto upload = catalog_.upload(piece.id());
  if (!upload) return upload.error();
  auto told = read_about(upload->about, camera);
  if (!told) return told.error();
  told->announced_bytes = piece.size_bytes();
  auto incoming = ingestor_.begin(std::move(*told));
  if (!incoming) return incoming.error();
  const auto fed = piece.read([&](std::span<const std::uint8_t> bytes) { return incoming->write(bytes); });
  // No picture: committing it is refused with the reason, and counted.
  if (!fed && fed.error().kind != ErrorKind::unprocessable) return fed;
  ingestor_.commit(std::move(*incoming),
                   [this, id = piece.id(), done = std::move(done)](const Result<Receipt>& result) {
                     const bool posted = worker_.post([this, id, done, result] {
                       settle(id, result);
                       done(result);
                     });
                     if (posted) return;
                     // Too much to do, or the end: the row is put right when the camera asks again.
                     set_committing(id, false);
                     done(result);
                   });
  return {};
}

void Resumable::settle(UploadId id, const Result<Receipt>& result) {
  set_committing(id, false);
  if (result) return finish(id, *result);
  const ErrorKind kind = result.error().kind;
  if (kind != ErrorKind::unprocessable && kind != ErrorKind::conflict) return;
  const auto upload = catalog_.upload(id);
  if (!upload) return;
  if (auto gone = forget(*upload); !gone) {
    log_.warning("a refused upload stays until it expires", {{"why", gone.error().detail}});
  }
}

// The picture is safe whatever happens here. What is left undone is a repeat when the camera asks again.
void Resumable::finish(UploadId id, const Receipt& receipt) {
  const auto upload = catalog_.upload(id);
  if (!upload || upload->image) return;
  auto done = catalog_.finish_upload(id, receipt.id, clock_.now() + rules_.finished_life);
  if (done) {
    open_bytes_ -= upload->size_bytes;
    end_piece(id);
    proven_.erase(id);
    done = store_.remove_partial(id);
  }
  if (!done) log_.warning("an upload that became an image was not put away", {{"why", done.error().detail}});
}

Result<void> Resumable::remove(const catalog::Camera& camera, UploadId id) {
  const auto upload = find(camera, id);
  if (!upload) return upload.error();
  if (committing(id)) return Error{ErrorKind::conflict, "this upload is being stored just now"};
  return forget(*upload);
}

// The file first: a file without a row would be bytes that nobody can ask for.
Result<void> Resumable::forget(const catalog::Upload& upload) {
  end_piece(upload.id);
  proven_.erase(upload.id);
  if (auto gone = store_.remove_partial(upload.id); !gone) return gone;
  if (auto gone = catalog_.remove_upload(upload.id); !gone) return gone;
  if (!upload.image) open_bytes_ -= upload.size_bytes;
  return {};
}

Result<void> Resumable::sweep() {
  const Timestamp now = clock_.now();
  const auto expired = catalog_.expired_uploads(now, swept_at_once);
  if (!expired) return expired.error();
  for (const catalog::Upload& upload : *expired) {
    if (judge(upload, now) != Verdict::remove || committing(upload.id)) continue;
    if (auto gone = forget(upload); !gone) return gone;
  }
  const auto files = store_.partials();
  if (!files) return files.error();
  for (const UploadId id : *files) {
    const auto row = catalog_.upload(id);
    if (!row && row.error().kind != ErrorKind::not_found) return row.error();
    const auto known = row ? std::optional(*row) : std::nullopt;
    if (judge(known, now) != Verdict::remove_file || committing(id)) continue;
    if (auto gone = store_.remove_partial(id); !gone) return gone;
  }
  std::erase_if(pieces_, [](const auto& entry) { return entry.second.expired(); });
  const auto open_bytes = catalog_.open_upload_bytes();
  if (!open_bytes) return open_bytes.error();
  open_bytes_ = *open_bytes;
  return {};
}

void Resumable::end_piece(UploadId id) {
  const auto found = pieces_.find(id);
  if (found == pieces_.end()) return;
  if (const auto piece = found->second.lock()) piece->end();
  pieces_.erase(found);
}

bool Resumable::committing(UploadId id) const {
  const std::lock_guard lock(mutex_);
  return committing_.contains(id);
}

void Resumable::set_committing(UploadId id, bool committing) {
  const std::lock_guard lock(mutex_);
  if (committing) {
    committing_.insert(id);
  } else {
    committing_.erase(id);
  }
}

}  // namespace heliograph::ingest
