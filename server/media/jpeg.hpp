// media: pure CPU on pictures: is this a whole JPEG, and what does it look like small.
//
// Bytes in, facts or bytes out. No state is kept between calls and nothing blocks, so any thread may call it;
// thumbnails take milliseconds and belong on a cpu thread, the inspection runs on the net thread while a
// picture arrives. What must not be in it: files, SQL, cameras, anything that knows where a picture came
// from.
//
// This header: the walk over a JPEG's markers, without decoding a pixel: is it whole, and how large is the
// picture.
#pragma once

#include "server/base/error.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace heliograph::media {

struct JpegFacts {
  int width = 0;   // pixels
  int height = 0;  // pixels
  // From the first byte to the last that belongs to the picture. Zero bytes behind the end marker do not:
  // cameras that read their FIFO in whole blocks send them. Anything else there does: phones append a second
  // picture or a film, and a file must come back as it was sent.
  std::uint64_t size_bytes = 0;

  friend bool operator==(const JpegFacts&, const JpegFacts&) = default;
};

// Larger pictures are refused: no camera of ours makes them, and a decoder would want gigabytes. 50
// megapixels.
inline constexpr std::int64_t max_pixels = 50'000'000;
// Pixels along one edge. A JPEG can say 65,535; a viewer's texture can hold 16,384.
inline constexpr int max_edge = 16'384;
// Scans of one picture. Progressive encoders write about ten; a decoder touches every pixel again for each,
// so a small file of thousands would keep it busy for minutes.
inline constexpr int max_scans = 100;

// Reads a JPEG as it arrives, in pieces of any size; how it was cut does not change the outcome. One thread
// at a time. No allocation before it fails.
class JpegInspector {
 public:
  // Unprocessable as soon as the bytes cannot be a JPEG any more (the first dozen have no FF D8, a segment's
  // length is impossible, the frame is too large, …); later calls then return the same error.
  Result<void> feed(std::span<const std::uint8_t> bytes);

  // After the last piece. Unprocessable, with the reason in words a camera's owner understands, when it is no
  // whole JPEG: "the picture was cut off: its end marker (FF D9) is missing after 51200 bytes".
  Result<JpegFacts> finish() const;

  // For whoever looks for a picture among other bytes. How many bytes the picture has up to its end marker,
  // once that came.
  std::optional<std::uint64_t> end() const { return end_; }
  bool failed() const { return error_.has_value(); }
  // Its frame header and the beginning of its data came: this was a picture, whatever becomes of it.
  bool has_data() const { return scans_ > 0; }
  // Whatever comes next is content of a segment, which may hold anything: a thumbnail, for one.
  bool in_segment() const { return !error_ && state_ == State::segment; }

 private:
  enum class State {
    start,        // within FF D8
    no_jpeg,      // gathering the first bytes for the reason
    marker,       // an FF must come
    marker_code,  // after that FF
    length_high,  // of a segment
    length_low,
    segment,      // within its `remaining_` bytes
    scan,         // within entropy-coded data
    scan_marker,  // after an FF there
    behind_end
  };

  std::size_t step(std::span<const std::uint8_t> bytes);
  void take_start(std::uint8_t byte);
  void take_marker(std::uint8_t code);
  void take_length(std::size_t length);
  std::size_t take_segment(std::span<const std::uint8_t> bytes);
  void end_segment();
  void end_frame_header();
  void end_scan_header();
  void fail(std::string reason);
  void fail_length();
  std::string start_reason() const;

  State state_ = State::start;
  std::uint64_t offset_ = 0;              // bytes taken so far
  std::array<std::uint8_t, 12> start_{};  // the first bytes; enough to tell what it is instead
  std::size_t start_size_ = 0;
  std::uint8_t segment_code_ = 0;         // of the segment being read
  std::size_t segment_length_ = 0;        // what it says, its two length bytes included
  std::size_t remaining_ = 0;             // of it, bytes still to come
  std::array<std::uint8_t, 6> header_{};  // its first bytes; zero where it is shorter
  std::size_t header_size_ = 0;
  bool has_frame_ = false;
  int scans_ = 0;
  JpegFacts facts_;
  std::optional<std::uint64_t> end_;
  std::optional<Error> error_;
};

// The same over bytes in memory.
Result<JpegFacts> inspect_jpeg(std::span<const std::uint8_t> bytes);

}  // namespace heliograph::media
