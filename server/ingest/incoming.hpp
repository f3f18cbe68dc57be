// A picture on its way in (docs/storage.md, P1).
#pragma once

#include "server/ingest/upload.hpp"
#include "server/media/jpeg.hpp"
#include "server/store/store.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

namespace heliograph::ingest {

// Bytes that are no picture. The facts that pixels have are missing from what is told about them; hash and
// size are those of the file.
struct Rejected {
  catalog::NewImage about;
  catalog::Camera camera;
  std::string key;  // of their file, which is kept, unsynced; empty: there is none
  std::string reason;
};

// A refusal on its way to the catalog, and the file in quarantine that belongs to it (or "").
struct Refused {
  catalog::Refusal refusal;
  std::string key;
};

// A whole picture whose file is kept, unsynced. Whoever holds it commits it or removes the file.
struct Arrived {
  catalog::NewImage image;
  catalog::Camera camera;
  std::string key;
  // The bytes that it was salvaged from; most pictures have none.
  std::unique_ptr<Refused> origin;
};

// A whole picture that nobody has hashed yet. Destroyed, it takes its file along.
class Unsealed {
 public:
  Unsealed(Arrived arrived, store::NewFile file) : arrived_(std::move(arrived)), file_(std::move(file)) {}

  // Hashes what is in the file and keeps it. Takes a millisecond for a megabyte, so not on a thread that
  // others wait for. internal, storage_full.
  Result<Arrived> seal() &&;

 private:
  Arrived arrived_;
  store::NewFile file_;
};

// Belongs to the thread that feeds it. Destroyed unfinished, it leaves nothing behind.
class Incoming {
 public:
  // `file` is the exclusive, empty file at `key`, which the image `id` will have; `room` is kept for it until
  // it is whole.
  Incoming(std::shared_ptr<const ImageUpload> upload, ImageId id, Timestamp received_at, store::NewFile file,
           std::string key, store::Room room);

  // The next bytes. What cannot be a JPEG is taken too, up to max_kept_bytes; unprocessable: no more of it
  // is. storage_full; internal (the disk said no).
  Result<void> write(std::span<const std::uint8_t> bytes);
  // It cannot become a picture any more, whatever follows.
  bool rejected() const { return reason_.has_value(); }
  // Whatever it is, it is not to be stored: abandoned then, it is kept in quarantine.
  void refuse(Error why) { reason_ = std::move(why); }

  // After the last byte: is it whole? unprocessable, with the reason for the camera's owner: then reject()
  // has the rest.
  Result<Unsealed> finish();
  // What came of something that is no picture. Hashes what is in the file, so not on a thread that others
  // wait for.
  Rejected reject() &&;

 private:
  Result<void> store(std::span<const std::uint8_t> bytes);
  Result<void> store_held_zeros();
  Result<void> keep_rejected(std::span<const std::uint8_t> bytes);

  std::shared_ptr<const ImageUpload> upload_;
  catalog::Image image_;
  store::Room room_;
  store::NewFile file_;
  std::string key_;
  media::JpegInspector inspector_;
  // Zero bytes at the end of what came so far. Cameras pad their pictures with them; they are stored only if
  // something else follows.
  std::uint64_t held_zeros_ = 0;
  std::uint64_t stored_bytes_ = 0;
  std::optional<Error> reason_;  // why it is no picture
  bool cut_ = false;             // more of it came than is kept
  bool lost_ = false;            // the disk did not take it
};

// Of bytes that are no picture, so many are kept; what came before that was known stays too. The largest
// frame of a 5-megapixel sensor has 3 MB, so there is room for one with another one's remains before it.
inline constexpr std::uint64_t max_kept_bytes = 8ULL * 1024 * 1024;

}  // namespace heliograph::ingest
