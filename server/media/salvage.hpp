// A whole picture among bytes that are none: noise before its start marker, or the first half of another one.
#pragma once

#include "server/media/jpeg.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace heliograph::media {

struct FoundPicture {
  std::uint64_t offset = 0;  // of its first byte
  JpegFacts facts;           // its size_bytes ends with the end marker

  friend bool operator==(const FoundPicture&, const FoundPicture&) = default;
};

// Walks at a time. Noise has a start marker every 16 MB, and a walk through noise ends after a few hundred
// bytes.
inline constexpr std::size_t max_candidates = 4;
// The smallest frame that the sensors of this field know is 96 × 96.
inline constexpr std::int64_t min_salvaged_pixels = 96 * 96;
// With subsampled colours, 256 pixels of one colour take 4 bytes. Four times as many pixels a byte are no
// picture but an end marker that noise had by chance.
inline constexpr std::int64_t max_pixels_per_byte = 256;

// Looks for pictures in bytes that come in pieces of any size; how they were cut does not change the outcome.
// The bytes are passed once and nothing is kept of them, so the work is bounded by max_candidates walks over
// them. One thread at a time. No allocation but for the reasons of walks that fail.
//
// Good is a picture that is whole from start to end marker, has enough pixels and bytes to be one, and is no
// part of another: the thumbnail in the EXIF data of a picture that was cut off is not what the camera meant
// to send. Of several the one with the most pixels is taken, of equals the first.
class PictureFinder {
 public:
  void feed(std::span<const std::uint8_t> bytes);
  // After the last piece. Once.
  std::optional<FoundPicture> finish();

 private:
  // A start marker, and the walk from it.
  struct Candidate {
    // ended: what stands behind it has still to be seen. part: that went on with another picture.
    enum class State { free, walking, ended, part, good };
    State state = State::free;
    std::uint64_t start = 0;
    JpegInspector inspector;
    unsigned inside = 0;    // a bit for each candidate in one of whose segments it began
    bool after_ff = false;  // ended: behind it stood an FF, and the next byte decides
  };

  std::optional<std::size_t> next_start(std::span<const std::uint8_t> bytes, std::size_t from) const;
  void advance(std::span<const std::uint8_t> bytes);
  void walk(Candidate& candidate, std::span<const std::uint8_t> bytes);
  void look_behind(Candidate& candidate, std::span<const std::uint8_t> bytes);
  void begin();
  void settle();
  void forget(Candidate& candidate);
  void release(Candidate& candidate, bool with_what_is_inside);
  void take(const Candidate& candidate);

  std::array<Candidate, max_candidates> candidates_;
  std::array<std::uint8_t, 2> last_{};  // the two bytes before the piece in hand
  std::uint64_t offset_ = 0;            // bytes taken so far
  std::optional<FoundPicture> best_;
};

}  // namespace heliograph::media
