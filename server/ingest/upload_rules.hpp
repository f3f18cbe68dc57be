// What is decided about resumable uploads. Pure.
#pragma once

#include "server/catalog/catalog.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace heliograph::ingest {

struct UploadRules {
  // A camera sends one picture after the other; the rest are ones it has forgotten over a restart.
  std::size_t open_per_camera = 8;
  // Announced bytes of all that are open: a picture of 100 KB from each of 10,000 cameras.
  std::int64_t open_bytes = 1024LL * 1024 * 1024;
  // A camera that lost its network in the evening finds it again in the morning. Moves on with every piece.
  std::chrono::hours open_life{24};
  // An answer that got lost is asked for within minutes. A name is remembered for ever without a row here.
  std::chrono::minutes finished_life{10};
};

// Whether another upload may begin.
struct Room {
  bool granted = false;
  // So many of the camera's own go first: a camera that comes again and again has given them up.
  std::size_t evicted = 0;

  friend bool operator==(const Room&, const Room&) = default;
};

// `own`: what the camera's open uploads announced, in the order in which they go. `open_bytes`: all cameras',
// these included.
Room make_room(const UploadRules& rules, std::span<const std::int64_t> own, std::int64_t open_bytes,
               std::int64_t wanted_bytes);

enum class Verdict {
  keep,
  remove_file,  // its bytes are an image by now, or nobody's
  remove        // row and file
};

// What becomes of an upload when the sweep comes by; `row` is empty when there is only a file.
Verdict judge(const std::optional<catalog::Upload>& row, Timestamp now);

}  // namespace heliograph::ingest
