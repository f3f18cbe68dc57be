// An upload on its way in: what is known of it, and what becomes of its bytes.
//
// Decides and writes, and never waits: who waits for the sender, for the owner's name and for the disk is
// uploads.cpp. There is one for every camera that is sending, so its size counts. Net thread.
#pragma once

#include "server/catalog/camera_keys.hpp"
#include "server/http/api/camera_shares.hpp"
#include "server/http/api/dialects.hpp"
#include "server/http/api/picture_finder.hpp"
#include "server/http/api/routes.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace heliograph::http {

class Reception {
 public:
  // `upload`: what is known of it before its bytes, but for the camera. `signed_body`: the hash of the body
  // that its sender signed. `services` outlive this.
  Reception(Services& services, ingest::ImageUpload upload, std::optional<Sha256Digest> signed_body);
  // In a dialect, which outlives this. Takes what it needs of the envelope.
  Reception(Services& services, const Dialect& dialect, Envelope& envelope);

  // Whose picture it is. May stay open until the form has told.
  bool has_owner() const { return has_owner_; }
  // too_many: that camera may not have one more in hand.
  Result<void> give_to(catalog::KeyHolder owner);
  const catalog::Camera& owner() const { return upload_->camera; }
  // Whether the sender is the camera itself, which can be told something; and whether there may be something.
  bool is_camera() const { return is_camera_; }
  bool has_orders() const { return has_orders_; }
  // The key that stands in the form, as far as it was read; asked once, before give_to().
  std::optional<std::string> key_in_form();
  bool has_key() const { return has_key_; }
  // What the sender says the camera is called.
  std::optional<std::string> camera_name() const;

  // Before the first byte. `length`: of the body, if it was told. storage_full.
  Result<void> make_room(std::optional<std::uint64_t> length);

  enum class Wants {
    more,
    owner,   // give_to(), then resume()
    nothing  // of what may still come: it is complete, or cannot become better
  };
  // The body's next piece; an empty one is its end. bad_request, unsupported: a form that is none, or holds
  // none. storage_full, internal.
  Result<Wants> take(std::span<const std::uint8_t> piece);
  Result<Wants> resume();

  bool has_picture() const { return incoming_.has_value(); }
  // After the last byte: may it be stored? forbidden: its owner is in doubt; stale: it is not what was
  // signed. What is forbidden is kept in quarantine.
  Result<void> check();
  const PictureFinder& finder() const { return finder_; }
  std::uint64_t picture_bytes() const { return picture_bytes_; }  // as they came

  // has_picture() only. `done` as of Ingestor::commit.
  void commit(const ingest::Ingestor::Done& done);
  // What came may have been no picture: that is kept like other noise.
  void abandon();
  // The same, of a picture too: it is not to be stored, and kept for its owner to look at.
  void refuse(const Error& why);

 private:
  Result<Wants> go_on(std::span<const std::uint8_t> piece);
  Result<void> begin_picture();
  Result<void> write_picture(std::span<const std::uint8_t> bytes);

  Services& services_;
  std::shared_ptr<ingest::ImageUpload> upload_;
  PictureFinder finder_;
  struct SignedBody {
    Sha256 received;
    Sha256Digest announced;
  };
  std::unique_ptr<SignedBody> signed_body_;  // null: it is not signed, as most are not
  std::optional<std::string> camera_name_;   // told outside of the form
  const std::uint32_t block_bytes_ = 0;      // see lost_last_block
  bool has_owner_ = false;
  bool has_key_ = false;
  bool in_doubt_ = false;
  bool is_camera_ = false;
  bool has_orders_ = false;
  bool refused_ = false;                      // what came of the picture cannot be one
  std::optional<CameraShares::Share> share_;  // of its camera, once that is known
  store::Room room_;                          // kept for it until it begins
  std::optional<ingest::Incoming> incoming_;  // since the picture began
  std::vector<std::uint8_t> unread_;          // while its owner is asked for
  std::uint64_t received_ = 0;
  std::uint64_t picture_bytes_ = 0;
  std::string last_;  // bytes of what was received, if they can matter
};

}  // namespace heliograph::http
