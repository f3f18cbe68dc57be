#include "server/media/jpeg.hpp"

#include "server/media/jpeg_markers.hpp"

#include <algorithm>
#include <cstring>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace heliograph::media {
namespace {

using namespace marker;

int big_endian(std::uint8_t high, std::uint8_t low) {
  return high << 8 | low;
}

}  // namespace

Result<void> JpegInspector::feed(std::span<const std::uint8_t> bytes) {
  while (!bytes.empty() && !error_) {
    const std::size_t taken = step(bytes);
    offset_ += taken;
    bytes = bytes.subspan(taken);
  }
  if (error_) return *error_;
  return {};
}

Result<JpegFacts> JpegInspector::finish() const {
  if (error_) return *error_;
  if (state_ == State::behind_end) return facts_;
  if (offset_ == 0) return Error{ErrorKind::unprocessable, "the picture is empty: no byte arrived"};
  if (state_ == State::no_jpeg || (state_ == State::start && start_[0] != 0xFF)) {
    return Error{ErrorKind::unprocessable, start_reason()};
  }
  return Error{
      ErrorKind::unprocessable,
      fmt::format("the picture was cut off: its end marker (FF D9) is missing after {} bytes", offset_)};
}

// Takes at least one byte and at most all, and says how many.
std::size_t JpegInspector::step(std::span<const std::uint8_t> bytes) {
  const std::uint8_t byte = bytes.front();
  switch (state_) {
    case State::start:
    case State::no_jpeg:
      take_start(byte);
      return 1;
    case State::marker:
      if (byte == 0xFF) {
        state_ = State::marker_code;
      } else {
        fail(fmt::format("at byte {} a marker should stand (FF), but there is {:02X}", offset_, byte));
      }
      return 1;
    case State::marker_code:
      if (byte != fill) take_marker(byte);
      return 1;
    case State::length_high:
      segment_length_ = byte;
      state_ = State::length_low;
      return 1;
    case State::length_low:
      take_length(segment_length_ << 8U | byte);
      return 1;
    case State::segment:
      return take_segment(bytes);
    case State::scan: {
      const void* found = std::memchr(bytes.data(), 0xFF, bytes.size());
      if (found == nullptr) return bytes.size();
      state_ = State::scan_marker;
      return static_cast<std::size_t>(static_cast<const std::uint8_t*>(found) - bytes.data()) + 1;
    }
    case State::scan_marker:
      if (byte == stuffed || is_restart(byte)) {
        state_ = State::scan;
      } else if (byte != fill) {
        take_marker(byte);
      }
      return 1;
    case State::behind_end:
      break;
  }
  const auto last = std::find_if(bytes.rbegin(), bytes.rend(), [](std::uint8_t b) { return b != 0; });
  const auto belonging = static_cast<std::size_t>(bytes.rend() - last);
  if (belonging > 0) facts_.size_bytes = offset_ + belonging;
  return bytes.size();
}

void JpegInspector::take_start(std::uint8_t byte) {
  start_[start_size_++] = byte;
  if (state_ == State::start && start_size_ == 2) {
    state_ = start_[0] == 0xFF && start_[1] == soi ? State::marker : State::no_jpeg;
  } else if (start_size_ == start_.size()) {
    fail(start_reason());
  }
}

void JpegInspector::take_marker(std::uint8_t code) {
  const std::uint64_t at = offset_ - 1;  // of its FF
  if (code == eoi) {
    if (scans_ == 0) return fail("it holds no picture: its end marker (FF D9) comes before any picture data");
    state_ = State::behind_end;
    facts_.size_bytes = offset_ + 1;
    end_ = facts_.size_bytes;
  } else if (code == soi) {
    fail(fmt::format("a part of the picture was lost: another one begins at byte {}, before its end marker",
                     at));
  } else if (is_segment(code)) {
    segment_code_ = code;
    state_ = State::length_high;
  } else {
    fail(fmt::format("the picture is damaged: at byte {} stands FF {:02X}, which no JPEG has there", at,
                     code));
  }
}

void JpegInspector::take_length(std::size_t length) {
  segment_length_ = length;
  if (length < 2) return fail_length();
  remaining_ = length - 2;
  header_ = {};
  header_size_ = 0;
  state_ = State::segment;
  if (remaining_ == 0) end_segment();
}

std::size_t JpegInspector::take_segment(std::span<const std::uint8_t> bytes) {
  const std::size_t taken = std::min(remaining_, bytes.size());
  const std::size_t kept = std::min(taken, header_.size() - header_size_);
  std::copy_n(bytes.begin(), kept, header_.begin() + static_cast<std::ptrdiff_t>(header_size_));
  header_size_ += kept;
  remaining_ -= taken;
  if (remaining_ == 0) end_segment();
  return taken;
}

void JpegInspector::end_segment() {
  if (is_frame_header(segment_code_)) {
    end_frame_header();
  } else if (segment_code_ == sos) {
    end_scan_header();
  } else {
    state_ = State::marker;
  }
}

// Precision, height, width, number of components, and three bytes for each of them (T.81 §B.2.2).
void JpegInspector::end_frame_header() {
  const int components = header_[5];
  if (segment_length_ != 8U + 3U * static_cast<unsigned>(components)) return fail_length();
  if (has_frame_) return fail("it has two frame headers, so it is not one picture");
  if (segment_code_ > sof2) {
    return fail(fmt::format(
        "its coding (SOF{}: lossless, hierarchical or arithmetic) is one that browsers do not read",
        segment_code_ - sof0));
  }
  if (header_[0] != 8) return fail(fmt::format("it has {} bits a sample; only 8 can be shown", header_[0]));
  if (components != 1 && components != 3) {
    return fail(fmt::format("it has {} components; only 1 (grey) and 3 (colour) can be shown", components));
  }
  facts_.height = big_endian(header_[1], header_[2]);
  facts_.width = big_endian(header_[3], header_[4]);
  const std::int64_t pixels = std::int64_t{facts_.width} * facts_.height;
  if (pixels == 0) return fail(fmt::format("it says it is {} × {} pixels", facts_.width, facts_.height));
  if (std::max(facts_.width, facts_.height) > max_edge || pixels > max_pixels) {
    return fail(fmt::format("it is too large: {} × {} pixels; the limits are {} along an edge and {} in all",
                            facts_.width, facts_.height, max_edge, max_pixels));
  }
  has_frame_ = true;
  state_ = State::marker;
}

// Number of components, two bytes for each of them, and three for the coefficients' range (T.81 §B.2.3).
void JpegInspector::end_scan_header() {
  const unsigned components = header_[0];
  if (components < 1 || components > 4 || segment_length_ != 6U + 2U * components) return fail_length();
  if (!has_frame_) return fail("its frame header (SOF) is missing, so nobody knows the picture's size");
  if (++scans_ > max_scans) return fail(fmt::format("it has more than {} scans", max_scans));
  state_ = State::scan;
}

void JpegInspector::fail(std::string reason) {
  error_ = Error{ErrorKind::unprocessable, std::move(reason)};
}

void JpegInspector::fail_length() {
  fail(fmt::format(
      "the picture is damaged: its segment FF {:02X} says that it is {} bytes long, which cannot be",
      segment_code_, segment_length_));
}

std::string JpegInspector::start_reason() const {
  const auto start = std::span(start_).first(start_size_);
  const auto is_text = [](std::uint8_t b) {
    return (b >= 0x20 && b < 0x7F) || b == '\t' || b == '\r' || b == '\n';
  };
  if (std::ranges::all_of(start, is_text)) {
    return fmt::format("this is no JPEG: it begins with text ({:?})",
                       std::string_view(reinterpret_cast<const char*>(start.data()), start.size()));
  }
  if (std::ranges::all_of(start, [](std::uint8_t b) { return b == 0; })) {
    return "this is no JPEG: it begins with zero bytes, as a buffer does that no picture was written to";
  }
  return fmt::format(
      "this is no JPEG, or the start of the frame was lost: it begins with {:02X}, not with FF D8",
      fmt::join(start, " "));
}

Result<JpegFacts> inspect_jpeg(std::span<const std::uint8_t> bytes) {
  JpegInspector inspector;
  if (const auto fed = inspector.feed(bytes); !fed) return fed.error();
  return inspector.finish();
}

}  // namespace heliograph::media
