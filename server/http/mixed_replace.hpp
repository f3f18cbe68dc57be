// A film of JPEGs on its way in: multipart/x-mixed-replace, as ffmpeg's mpjpeg, go2rtc and camera firmwares
// write it, read from pieces as they come.
//
// Each part's Content-Length says where its picture ends. So a picture is there with its last byte, not with
// the boundary of the next; and it does not matter which boundary was announced, which cameras get wrong.
// Pure: no I/O. It holds one picture.
#pragma once

#include "server/base/error.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace heliograph::http {

class MixedReplaceReader {
 public:
  // Of pictures of `max_bytes` at most. Each comes behind `room` bytes, for what is to stand before it.
  MixedReplaceReader(std::size_t max_bytes, std::size_t room) : max_bytes_(max_bytes), room_(room) {}

  // Takes bytes from the front of `input`, until a picture is whole; nullopt: the input is used up.
  // bad_request: this is no film, or a part does not say its length; too_large. It stays so.
  Result<std::optional<std::string>> next(std::span<const std::uint8_t>& input);

 private:
  enum class State { boundary, head, picture };

  Result<void> take_line();
  Result<void> take_field();

  const std::size_t max_bytes_;
  const std::size_t room_;
  State state_ = State::boundary;
  std::string line_;                   // what came of it
  std::size_t head_bytes_ = 0;         // of the boundary and the head in hand
  std::optional<std::size_t> length_;  // as the head told it
  std::string picture_;                // with its room
  std::optional<Error> error_;
};

}  // namespace heliograph::http
