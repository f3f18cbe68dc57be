// What a JPEG says besides its pixels, left out: where and when it was taken, with which board, in whose
// words.
#pragma once

#include "server/base/error.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace heliograph::media {

// Lets a JPEG through without its metadata, in pieces of any size; how it was cut does not change the
// outcome. No pixel is touched. Stays: what decoders need, which is tables, headers and data, JFIF's first
// fields without its thumbnail, Adobe's colour transform, and the ICC profile; and of EXIF the orientation,
// if it is another than upright, because without it the picture would turn. Goes: every other application
// segment and comment (EXIF with its place and thumbnail, XMP, IPTC, a maker's notes), and whatever stands
// behind the end marker, where phones append another picture with all of that. One thread at a time. It holds
// one segment at most, which by its two bytes of length has 64 KiB.
class MetadataFilter {
 public:
  // Appends to `kept` what stays of these bytes. unprocessable as soon as they cannot be a JPEG any more;
  // later calls then return the same error, and append nothing.
  Result<void> feed(std::span<const std::uint8_t> bytes, std::vector<std::uint8_t>& kept);
  // After the last piece. unprocessable: it was cut off.
  Result<void> finish() const;

 private:
  enum class State {
    start,        // FF must come
    start_code,   // then D8
    marker,       // FF must come
    marker_code,  // after that FF
    length_high,  // of a segment
    length_low,
    kept_segment,    // within its `remaining_` bytes, which stay
    looked_segment,  // … which are gathered, to be looked at
    passed_segment,  // … which go
    scan,            // within entropy-coded data
    scan_marker,     // after an FF there
    behind_end
  };

  std::size_t step(std::span<const std::uint8_t> bytes, std::vector<std::uint8_t>& kept);
  void take_marker(std::uint8_t code, std::vector<std::uint8_t>& kept);
  void take_length(std::size_t length, std::vector<std::uint8_t>& kept);
  std::size_t take_segment(std::span<const std::uint8_t> bytes, std::vector<std::uint8_t>& kept);
  void end_segment(std::vector<std::uint8_t>& kept);
  void fail(const char* reason);

  State state_ = State::start;
  std::uint8_t code_ = 0;               // of the segment being read
  std::uint8_t length_high_ = 0;        // of its length
  std::size_t remaining_ = 0;           // of it, bytes still to come
  std::vector<std::uint8_t> gathered_;  // of a looked_segment
  bool knows_orientation_ = false;      // an EXIF segment came: readers go by the first
  std::optional<Error> error_;
};

// 1 to 8, as EXIF numbers them, of the content of an APP1 segment; nullopt: it is no EXIF, or says none.
std::optional<int> exif_orientation(std::span<const std::uint8_t> segment);

}  // namespace heliograph::media
