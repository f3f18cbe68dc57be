// Makes an image's thumbnail: as a job when the image arrives, and on demand when the file got lost. And
// finds what moved, of two thumbnails.
#pragma once

#include "server/catalog/catalog.hpp"
#include "server/store/store.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
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

// A picture is compared with the one before if that is not older: an hour, at which many cameras look, and
// what a camera that sleeps may be late. Past it shadows have wandered, and each picture would be motion.
inline constexpr std::chrono::minutes longest_comparison{70};

// How much of `now` changed since the picture before, of their thumbnails; in parts per million. None: one
// has no thumbnail, or media::motion_between() cannot tell. Cpu threads only.
std::optional<std::int64_t> find_motion(const store::ImageStore& store, const catalog::FiledImage& before,
                                        const catalog::FiledImage& now);

}  // namespace heliograph::jobs
