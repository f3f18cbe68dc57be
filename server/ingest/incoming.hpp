// A picture on its way in (docs/storage.md, P1).
#pragma once

#include "server/ingest/upload.hpp"
#include "server/media/jpeg.hpp"
#include "server/store/store.hpp"

#include <cstdint>
#include <span>
#include <string>

namespace heliograph::ingest {

// A whole picture whose file is kept, unsynced. Whoever holds it commits it or removes the file.
struct Arrived {
  catalog::NewImage image;
  catalog::Camera camera;
  std::string key;
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
  Incoming(ImageUpload upload, ImageId id, Timestamp received_at, store::NewFile file, std::string key,
           store::Room room);

  // The next bytes. unprocessable as soon as they cannot be a JPEG; storage_full; internal (the disk said
  // no).
  Result<void> write(std::span<const std::uint8_t> bytes);

  // After the last byte: is it whole? unprocessable, with the reason for the camera's owner.
  Result<Unsealed> finish() &&;

 private:
  Result<void> store(std::span<const std::uint8_t> bytes);

  ImageUpload upload_;
  catalog::Image image_;
  store::Room room_;
  store::NewFile file_;
  std::string key_;
  media::JpegInspector inspector_;
  // Zero bytes at the end of what came so far. Cameras pad their pictures with them; they are stored only if
  // something else follows.
  std::uint64_t held_zeros_ = 0;
  std::uint64_t stored_bytes_ = 0;
};

}  // namespace heliograph::ingest
