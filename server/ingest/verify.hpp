// Does a file hold what its row says; does a file hold a picture at all. Used by recovery and by fsck.
#pragma once

#include "server/catalog/catalog.hpp"
#include "server/store/store.hpp"

#include <cstdint>
#include <string>

namespace heliograph::ingest {

// The largest file that is read as an image: more than any upload may have. 64 MiB.
inline constexpr std::uint64_t max_image_bytes = 64ULL * 1024 * 1024;
// The largest file that is read as a thumbnail; ours have 10 KB. 1 MiB.
inline constexpr std::uint64_t max_thumbnail_bytes = 1024ULL * 1024;

// wrong_edges: the bytes are right, but their width or height is not what the row says.
enum class FileState { whole, missing, wrong_size, wrong_hash, wrong_edges, unreadable };
std::string_view to_string(FileState state);

// Reads the whole file.
FileState verify_file(const store::ImageStore& store, const catalog::FiledImage& filed);

// How the thumbnail of a picture is. stale: cut off by a power cut (nobody syncs thumbnails), or older than
// its picture's file.
enum class ThumbnailState { good, missing, stale };
bool is_whole_thumbnail(const store::ImageStore& store, const std::string& key);
ThumbnailState look_at_thumbnail(const store::ImageStore& store, const catalog::FiledImage& filed);

// What a file's own bytes say of it, for a row that is made after the fact: no sender, received when the file
// was last written. unprocessable when it is no whole JPEG (also with bytes behind its end, which we never
// store).
Result<catalog::Image> examine_file(const store::ImageStore& store, const store::FoundImage& found,
                                    CameraId camera);

}  // namespace heliograph::ingest
