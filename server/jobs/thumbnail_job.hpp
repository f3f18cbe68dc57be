// Makes an image's thumbnail: as a job when the image arrives, and on demand when the file got lost.
#pragma once

#include "server/catalog/catalog.hpp"
#include "server/store/store.hpp"

#include <cstdint>
#include <vector>

namespace heliograph::jobs {

struct MadeThumbnail {
  Sha256Digest hash{};                    // of its file's bytes: what the picture looks like
  std::vector<std::uint8_t> placeholder;  // a ThumbHash
};

// Reads the image and writes the thumbnail's file. Replaces what is there. A few milliseconds of CPU: cpu
// threads only. unprocessable: it cannot be decoded, and never will; not_found: the image's file is gone;
// others may pass.
Result<MadeThumbnail> make_thumbnail_file(store::ImageStore& store, const catalog::FiledImage& filed);

}  // namespace heliograph::jobs
