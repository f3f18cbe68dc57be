#include "server/http/mixed_replace.hpp"

#include "server/http/multipart.hpp"
#include "server/http/text.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace heliograph::http {

Result<std::optional<std::string>> MixedReplaceReader::next(std::span<const std::uint8_t>& input) {
  while (!error_ && !input.empty()) {
    if (state_ == State::picture) {
      const std::size_t missing = room_ + *length_ - picture_.size();
      const auto bytes = input.first(std::min(missing, input.size()));
      picture_.append(bytes.begin(), bytes.end());
      input = input.subspan(bytes.size());
      if (bytes.size() < missing) break;
      state_ = State::boundary;
      return std::optional(std::exchange(picture_, {}));
    }
    const auto c = static_cast<char>(input.front());
    input = input.subspan(1);
    if (++head_bytes_ > max_part_head_bytes) {
      error_ = Error{ErrorKind::bad_request, "the head of a picture is larger than " +
                                                 std::to_string(max_part_head_bytes) + " bytes"};
    } else if (c != '\n') {
      line_ += c;
    } else if (const auto taken = take_line(); !taken) {
      error_ = taken.error();
    }
  }
  if (error_) return *error_;
  return std::optional<std::string>{};
}

// Without its line feed; the carriage return may be missing.
Result<void> MixedReplaceReader::take_line() {
  if (line_.ends_with('\r')) line_.pop_back();
  Result<void> taken;
  if (state_ == State::boundary) {
    if (line_.starts_with("--")) {
      state_ = State::head;
      length_.reset();
    } else if (!line_.empty()) {
      taken = Error{ErrorKind::bad_request,
                    "a film's pictures stand behind lines that begin with \"--\", and this does not"};
    }
  } else if (!line_.empty()) {
    taken = take_field();
  } else if (!length_) {
    taken = Error{ErrorKind::bad_request, "each picture of a film must say its Content-Length"};
  } else {
    state_ = State::picture;
    head_bytes_ = 0;
    picture_.assign(room_, '\0');
  }
  line_.clear();
  return taken;
}

Result<void> MixedReplaceReader::take_field() {
  const auto [name, value] = split_once(line_, ':');
  if (!equals_ignoring_case(trim(name), "Content-Length")) return {};
  const std::string_view digits = trim(value);
  std::size_t length = 0;
  const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), length);
  const bool number = failed == std::errc{} && end == digits.data() + digits.size();
  if (failed == std::errc::result_out_of_range || (number && length > max_bytes_)) {
    return Error{ErrorKind::too_large,
                 "a picture of a film may have " + std::to_string(max_bytes_) + " bytes at most"};
  }
  if (!number || length == 0) {
    return Error{ErrorKind::bad_request, "the Content-Length of a picture must be a number above 0"};
  }
  length_ = length;
  return {};
}

}  // namespace heliograph::http
