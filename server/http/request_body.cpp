#include "server/http/request_body.hpp"

#include "server/http/head.hpp"

#include <algorithm>
#include <utility>

namespace heliograph::http {
namespace {

// As much as a pull may bring when no more than the body can come.
constexpr std::size_t largest_read_bytes = 256 * 1024;
// Where a chunked body ends is not known before. What was read behind it stays with the connection, so this
// is small.
constexpr std::size_t chunked_read_bytes = 16 * 1024;

}  // namespace

RequestBody::RequestBody(Stream& stream, Inbox& inbox, RequestParser& parser, const Limits& limits)
    : stream_(stream),
      inbox_(inbox),
      parser_(parser),
      limits_(limits),
      pace_(limits.body_silence, limits.body_grace, limits.body_bytes_per_s),
      continue_due_(parser.expects_continue()) {}

Task<Result<std::span<const std::uint8_t>>> RequestBody::next() {
  if (failure_) co_return *failure_;
  Result<Bytes> piece = co_await pull();
  if (!piece) failure_ = piece.error();
  co_return piece;
}

Task<Result<RequestBody::Bytes>> RequestBody::pull() {
  if (std::exchange(continue_due_, false) && inbox_.empty() && !parser_.done()) {
    const Stream::Parts go_on{continue_head};
    const Io written = co_await stream_.write(go_on, pace_);
    if (written != Io::done) co_return broken_off(written);
  }
  bool starved = inbox_.empty();  // what is there was not enough to go on
  while (!parser_.done()) {
    Inbox::Window window;
    if (starved) {
      window = co_await inbox_.more(read_size(), pace_);
    } else {
      window = inbox_.kept();
    }
    if (window.io != Io::done) co_return broken_off(window.io);

    Result<RequestParser::Piece> piece = parser_.read_body(window.bytes);
    if (!piece) co_return piece.error();
    inbox_.give_back(window.bytes.subspan(piece->used));
    received_ += piece->bytes.size();
    if (!piece->bytes.empty()) co_return piece->bytes;
    starved = true;
  }
  co_return Bytes{};
}

std::size_t RequestBody::read_size() const {
  if (parser_.chunked()) return chunked_read_bytes;
  return static_cast<std::size_t>(std::min<std::uint64_t>(parser_.body_remaining(), largest_read_bytes));
}

Error RequestBody::broken_off(Io io) const {
  std::string progress = "after " + std::to_string(received_);
  if (const auto length = parser_.body_length()) progress += " of " + std::to_string(*length);
  if (io == Io::late)
    return {ErrorKind::timeout, "the body came too slowly: given up " + progress + " bytes"};
  return {ErrorKind::bad_request, "the connection ended " + progress + " bytes of the body"};
}

}  // namespace heliograph::http
