// The names of the data directory. Nobody else makes or parses them.
#pragma once

#include "server/base/id.hpp"
#include "server/base/time.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace heliograph::store {

// What a file name says of an image: when it was taken, and which it is.
struct ImageName {
  Timestamp captured_at;
  ImageId id;

  friend bool operator==(const ImageName&, const ImageName&) = default;
};

// "20261122T150102.123Z-06fk2r8m0q3zt.jpg"
std::string image_filename(const ImageName& name);

// The inverse; nullopt for any other text.
std::optional<ImageName> parse_image_filename(std::string_view filename);

// What a file name says of refused bytes: when they came, and which they are.
struct QuarantineName {
  Timestamp received_at;
  QuarantineId id;

  friend bool operator==(const QuarantineName&, const QuarantineName&) = default;
};

// "20261122T150102.123Z-06fk2r8m0q3zt.bin", and its inverse.
std::string quarantine_filename(const QuarantineName& name);
std::optional<QuarantineName> parse_quarantine_filename(std::string_view filename);

// Keys are paths relative to the data directory. `folder` is a camera's.
// "images/orchard/2026/11/22/20261122T150102.123Z-06fk2r8m0q3zt.jpg"
std::string image_key(std::string_view folder, const ImageName& name);
// "thumbnails/orchard/2026/11/22/…": rebuildable, so never synced.
std::string thumbnail_key(std::string_view folder, const ImageName& name);
// "uploads/06fk2r8m0q3zt": what has come of a resumable upload. Its checksums are beside it, ".sums".
std::string upload_key(UploadId id);
// "firmware/06fk2r8m0q3zt.signed": a signed image for cameras, and its inverse for the name of the file.
std::string release_key(ReleaseId id);
std::optional<ReleaseId> parse_release_filename(std::string_view filename);
// "firmware/06fk2r8m0q3zt.flash": what a board is flashed with the first time, beside the release, and the
// same.
std::string flash_image_key(ReleaseId id);
std::optional<ReleaseId> parse_flash_image_filename(std::string_view filename);
// "logs/06fk2r8m0q3zt.txt": the last log that a camera sent.
std::string log_key(CameraId camera);
// "quarantine/orchard/2026/11/22/20261122T150102.123Z-06fk2r8m0q3zt.bin"
std::string quarantine_key(std::string_view folder, const QuarantineName& name);

// What the name of a file ends with that is written to replace another.
inline constexpr std::string_view unfinished_suffix = ".new";

// A camera's directory made from what people call it: "Orchard north" → "orchard-north". Never empty, at most
// max_folder_length bytes of [a-z0-9-], beginning and ending with a letter or digit. Letters outside of ASCII
// are left out, so two names can give one folder: the caller makes it unique.
std::string folder_from_name(std::string_view name);

// Bytes: leaves room for a suffix within what every filesystem and a shell's line can bear.
inline constexpr std::size_t max_folder_length = 48;

}  // namespace heliograph::store
