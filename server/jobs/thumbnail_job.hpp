// Makes an image's thumbnail: as a job when the image arrives, and on demand when the file got lost.
#pragma once

#include "server/catalog/catalog.hpp"
#include "server/store/store.hpp"

namespace heliograph::jobs {

// Reads the image, writes the thumbnail's file, and returns the hash of its bytes: what the picture looks
// like. Replaces what is there. A few milliseconds of CPU: cpu threads only. unprocessable: it cannot be
// decoded, and never will; not_found: the image's file is gone; others may pass.
Result<Sha256Digest> make_thumbnail_file(store::ImageStore& store, const catalog::FiledImage& filed);

}  // namespace heliograph::jobs
