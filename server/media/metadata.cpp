#include "server/media/metadata.hpp"

#include "server/media/jpeg_markers.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>

namespace heliograph::media {
namespace {

using namespace marker;
using Bytes = std::span<const std::uint8_t>;

// What the segments begin with that may stay.
constexpr std::string_view jfif{"JFIF\0", 5};
constexpr std::string_view exif{"Exif\0\0", 6};
constexpr std::string_view icc{"ICC_PROFILE\0", 12};
constexpr std::string_view adobe{"Adobe", 5};

// Up to the size of JFIF's thumbnail; up to Adobe's colour transform.
constexpr std::size_t jfif_bytes = 12;
constexpr std::size_t adobe_bytes = 12;

constexpr int upright = 1;

bool begins_with(Bytes segment, std::string_view name) {
  return segment.size() >= name.size() && std::memcmp(segment.data(), name.data(), name.size()) == 0;
}

void append(std::vector<std::uint8_t>& kept, Bytes bytes) {
  kept.insert(kept.end(), bytes.begin(), bytes.end());
}

void append_segment(std::vector<std::uint8_t>& kept, std::uint8_t code, Bytes content) {
  const std::size_t length = content.size() + 2;
  const std::array<std::uint8_t, 4> head{0xFF, code, static_cast<std::uint8_t>(length >> 8U),
                                         static_cast<std::uint8_t>(length)};
  append(kept, head);
  append(kept, content);
}

// EXIF that says nothing but how the picture is to be turned.
void append_orientation(std::vector<std::uint8_t>& kept, int orientation) {
  std::array<std::uint8_t, 32> content{
      'E',  'x',  'i', 'f', 0, 0,        // name
      'M',  'M',  0,   42,  0, 0, 0, 8,  // big-endian; its directory is at 8
      0,    1,                           // one entry:
      0x01, 0x12, 0,   3,   0, 0, 0, 1, 0, static_cast<std::uint8_t>(orientation),
      0,    0,              // Orientation, a short
      0,    0,    0,   0};  // no other directory
  append_segment(kept, app1, content);
}

// Numbers of a TIFF file, in its byte order; zero outside of it.
class Tiff {
 public:
  Tiff(Bytes bytes, bool big_endian) : bytes_(bytes), big_endian_(big_endian) {}

  std::uint32_t number(std::size_t at, std::size_t size) const {
    if (at > bytes_.size() || size > bytes_.size() - at) return 0;
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < size; ++i) {
      value = value << 8U | bytes_[at + (big_endian_ ? i : size - 1 - i)];
    }
    return value;
  }
  std::size_t size() const { return bytes_.size(); }

 private:
  Bytes bytes_;
  bool big_endian_;
};

// The content of a segment that may stay, appended as far as it does.
void append_what_stays(std::vector<std::uint8_t>& kept, std::uint8_t code, Bytes content) {
  if (code == app0 && begins_with(content, jfif) && content.size() >= jfif_bytes + 2) {
    std::array<std::uint8_t, jfif_bytes + 2> bare{};  // whose thumbnail has no pixels
    std::copy_n(content.begin(), jfif_bytes, bare.begin());
    append_segment(kept, code, bare);
  } else if (code == app2 && begins_with(content, icc)) {
    append_segment(kept, code, content);
  } else if (code == app14 && begins_with(content, adobe) && content.size() >= adobe_bytes) {
    append_segment(kept, code, content.first(adobe_bytes));
  }
}

}  // namespace

std::optional<int> exif_orientation(std::span<const std::uint8_t> segment) {
  constexpr std::uint32_t orientation_tag = 0x0112;
  constexpr std::uint32_t short_type = 3;
  constexpr std::size_t entry_bytes = 12;
  if (!begins_with(segment, exif)) return std::nullopt;
  const Bytes tiff_bytes = segment.subspan(exif.size());
  const bool big_endian = begins_with(tiff_bytes, "MM");
  if (!big_endian && !begins_with(tiff_bytes, "II")) return std::nullopt;
  const Tiff tiff(tiff_bytes, big_endian);
  if (tiff.number(2, 2) != 42) return std::nullopt;
  const std::size_t directory = tiff.number(4, 4);
  const std::size_t entries = tiff.number(directory, 2);
  for (std::size_t i = 0; i < entries; ++i) {
    const std::size_t at = directory + 2 + i * entry_bytes;
    if (at >= tiff.size()) break;
    if (tiff.number(at, 2) != orientation_tag) continue;
    if (tiff.number(at + 2, 2) != short_type || tiff.number(at + 4, 4) != 1) return std::nullopt;
    const auto orientation = static_cast<int>(tiff.number(at + 8, 2));
    if (orientation < upright || orientation > 8) return std::nullopt;
    return orientation;
  }
  return std::nullopt;
}

Result<void> MetadataFilter::feed(std::span<const std::uint8_t> bytes, std::vector<std::uint8_t>& kept) {
  while (!bytes.empty() && !error_) bytes = bytes.subspan(step(bytes, kept));
  if (error_) return *error_;
  return {};
}

Result<void> MetadataFilter::finish() const {
  if (error_) return *error_;
  if (state_ == State::behind_end) return {};
  return Error{ErrorKind::unprocessable, "the picture was cut off: its end marker (FF D9) is missing"};
}

// Takes at least one byte and at most all, and says how many.
std::size_t MetadataFilter::step(std::span<const std::uint8_t> bytes, std::vector<std::uint8_t>& kept) {
  const std::uint8_t byte = bytes.front();
  switch (state_) {
    case State::start:
    case State::marker:
      if (byte != 0xFF) fail("there is something else where a marker should stand");
      state_ = state_ == State::start ? State::start_code : State::marker_code;
      return 1;
    case State::start_code:
      if (byte == soi) {
        append(kept, std::array<std::uint8_t, 2>{0xFF, soi});
        state_ = State::marker;
      } else {
        fail("this is no JPEG");
      }
      return 1;
    case State::marker_code:
      if (byte != fill) take_marker(byte, kept);
      return 1;
    case State::length_high:
      length_high_ = byte;
      state_ = State::length_low;
      return 1;
    case State::length_low:
      take_length(std::size_t{length_high_} << 8U | byte, kept);
      return 1;
    case State::kept_segment:
    case State::looked_segment:
    case State::passed_segment:
      return take_segment(bytes, kept);
    case State::scan: {
      const void* found = std::memchr(bytes.data(), 0xFF, bytes.size());
      const auto data =
          found == nullptr ? bytes.size()
                           : static_cast<std::size_t>(static_cast<const std::uint8_t*>(found) - bytes.data());
      append(kept, bytes.first(data));
      if (found == nullptr) return data;
      state_ = State::scan_marker;
      return data + 1;
    }
    case State::scan_marker:
      if (byte == stuffed || is_restart(byte)) {
        append(kept, std::array<std::uint8_t, 2>{0xFF, byte});
        state_ = State::scan;
      } else if (byte != fill) {
        take_marker(byte, kept);
      }
      return 1;
    case State::behind_end:
      break;
  }
  return bytes.size();
}

void MetadataFilter::take_marker(std::uint8_t code, std::vector<std::uint8_t>& kept) {
  if (code == eoi) {
    append(kept, std::array<std::uint8_t, 2>{0xFF, eoi});
    state_ = State::behind_end;
  } else if (is_segment(code)) {
    code_ = code;
    state_ = State::length_high;
  } else {
    fail("the picture is damaged: there is a marker that no JPEG has there");
  }
}

void MetadataFilter::take_length(std::size_t length, std::vector<std::uint8_t>& kept) {
  if (length < 2) return fail("the picture is damaged: a segment has an impossible length");
  remaining_ = length - 2;
  if (!is_note(code_)) {
    append(kept, std::array<std::uint8_t, 4>{0xFF, code_, length_high_, static_cast<std::uint8_t>(length)});
    state_ = State::kept_segment;
  } else {
    const bool looked_at = code_ == app0 || code_ == app1 || code_ == app2 || code_ == app14;
    state_ = looked_at ? State::looked_segment : State::passed_segment;
  }
  if (remaining_ == 0) end_segment(kept);
}

std::size_t MetadataFilter::take_segment(std::span<const std::uint8_t> bytes,
                                         std::vector<std::uint8_t>& kept) {
  const Bytes taken = bytes.first(std::min(remaining_, bytes.size()));
  if (state_ == State::kept_segment) append(kept, taken);
  if (state_ == State::looked_segment) append(gathered_, taken);
  remaining_ -= taken.size();
  if (remaining_ == 0) end_segment(kept);
  return taken.size();
}

void MetadataFilter::end_segment(std::vector<std::uint8_t>& kept) {
  if (state_ == State::looked_segment && code_ == app1) {
    if (!knows_orientation_ && begins_with(gathered_, exif)) {
      knows_orientation_ = true;
      const int orientation = exif_orientation(gathered_).value_or(upright);
      if (orientation != upright) append_orientation(kept, orientation);
    }
  } else if (state_ == State::looked_segment) {
    append_what_stays(kept, code_, gathered_);
  }
  gathered_.clear();
  state_ = code_ == sos ? State::scan : State::marker;
}

void MetadataFilter::fail(const char* reason) {
  error_ = Error{ErrorKind::unprocessable, reason};
}

}  // namespace heliograph::media
