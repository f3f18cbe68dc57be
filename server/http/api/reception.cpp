#include "server/http/api/reception.hpp"

#include "server/http/api/device.hpp"

#include <algorithm>
#include <utility>

namespace heliograph::http {
namespace {

// As many as lost_last_block looks at.
constexpr std::size_t last_bytes = 4;

PictureFinder finder_for(const Envelope& envelope) {
  return envelope.content == Envelope::Content::form ? PictureFinder(envelope.boundary) : PictureFinder();
}

}  // namespace

Reception::Reception(Services& services, ingest::ImageUpload upload, std::optional<Sha256Digest> signed_body)
    : services_(services), upload_(std::make_shared<ingest::ImageUpload>(std::move(upload))), has_key_(true) {
  if (signed_body) signed_body_ = std::make_unique<SignedBody>(Sha256(), *signed_body);
}

Reception::Reception(Services& services, const Dialect& dialect, Envelope& envelope)
    : services_(services),
      upload_(std::make_shared<ingest::ImageUpload>()),
      finder_(finder_for(envelope)),
      camera_name_(std::move(envelope.camera_name)),
      block_bytes_(dialect.block_bytes),
      has_key_(envelope.key.has_value()) {
  upload_->captured_at = envelope.captured_at;
}

Result<void> Reception::give_to(catalog::KeyHolder owner) {
  auto share = services_.shares.take(owner.camera.id, /*images=*/1);
  if (!share) return share.error();
  share_.emplace(std::move(*share));
  is_camera_ = owner.is_itself;
  has_orders_ = owner.is_itself && owner.has_orders;
  in_doubt_ = owner.rules.suspect_at.has_value();
  upload_->camera = std::move(owner.camera);
  has_owner_ = true;
  return {};
}

std::optional<std::string> Reception::key_in_form() {
  auto key = http::key_in_form(finder_);
  has_key_ = key.has_value();
  return key;
}

std::optional<std::string> Reception::camera_name() const {
  return camera_name_ ? camera_name_ : camera_name_in_form(finder_);
}

Result<void> Reception::make_room(std::optional<std::uint64_t> length) {
  upload_->announced_bytes = length;
  auto room = services_.ingestor.reserve(length);
  if (!room) return room.error();
  room_ = std::move(*room);
  return {};
}

Result<Reception::Wants> Reception::take(std::span<const std::uint8_t> piece) {
  if (piece.empty()) return Wants::nothing;
  received_ += piece.size();
  if (signed_body_) signed_body_->received.update(piece);
  if (block_bytes_ > 0) {
    last_.append(piece.end() - std::min<std::ptrdiff_t>(last_bytes, std::ssize(piece)), piece.end());
    last_.erase(0, last_.size() - std::min(last_bytes, last_.size()));
  }
  return go_on(piece);
}

Result<Reception::Wants> Reception::resume() {
  const std::vector<std::uint8_t> unread = std::exchange(unread_, {});
  if (const auto begun = begin_picture(); !begun) return begun.error();
  return go_on(unread);
}

Result<Reception::Wants> Reception::go_on(std::span<const std::uint8_t> piece) {
  for (;;) {
    const auto step = finder_.next(piece);
    if (!step) return step.error();
    switch (step->event) {
      case PictureFinder::Event::starved: {
        const bool hopeless = refused_ && !finder_.may_find_better();
        const bool ended = lost_last_block(block_bytes_, upload_->announced_bytes, received_, last_);
        return hopeless || ended ? Wants::nothing : Wants::more;
      }
      case PictureFinder::Event::end:
        return Wants::nothing;
      case PictureFinder::Event::bytes:
        if (const auto written = write_picture(step->bytes); !written) return written.error();
        break;
      case PictureFinder::Event::picture:
        if (!has_owner_) {
          unread_.assign(piece.begin(), piece.end());  // others use the buffer meanwhile
          return Wants::owner;
        }
        if (const auto begun = begin_picture(); !begun) return begun.error();
        break;
    }
  }
}

// Any picture before this one was none.
Result<void> Reception::begin_picture() {
  abandon();
  refused_ = false;
  picture_bytes_ = 0;
  auto incoming = services_.ingestor.begin(upload_, std::move(room_));
  if (!incoming) return incoming.error();
  incoming_.emplace(std::move(*incoming));
  return {};
}

Result<void> Reception::write_picture(std::span<const std::uint8_t> bytes) {
  picture_bytes_ += bytes.size();
  if (refused_) return {};
  const auto written = incoming_->write(bytes);
  if (written || written.error().kind != ErrorKind::unprocessable) return written;
  refused_ = true;  // committing it is refused with the reason, and counted
  return {};
}

Result<void> Reception::check() {
  if (signed_body_ && signed_body_->received.finish() != signed_body_->announced) {
    return Error{ErrorKind::stale, "the body is not the one that was signed: it changed on its way"};
  }
  if (!in_doubt_) return {};
  const Error why = in_two_places();
  refuse(why);
  return why;
}

void Reception::commit(const ingest::Ingestor::Done& done) {
  ingest::Incoming incoming = std::move(*incoming_);
  incoming_.reset();
  services_.ingestor.commit(std::move(incoming), done);
}

void Reception::abandon() {
  if (!incoming_) return;
  services_.ingestor.abandon(std::move(*incoming_));
  incoming_.reset();
}

void Reception::refuse(const Error& why) {
  if (incoming_) incoming_->refuse(why);
  abandon();
}

}  // namespace heliograph::http
