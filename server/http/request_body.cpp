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

// With one place where it fails: each would cost every upload that waits for its sender the size of an Error.
Task<Result<std::span<const std::uint8_t>>> RequestBody::next() {
  if (failure_) co_return *failure_;
  Io io = Io::done;
  if (std::exchange(continue_due_, false) && inbox_.empty() && !parser_.done()) {
    io = co_await stream_.write(Stream::Parts{continue_head}, pace_);
  }
  bool starved = inbox_.empty();  // what is there was not enough to go on
  while (io == Io::done && !parser_.done()) {
    const Inbox::Window window = starved ? inbox_.receive(read_size(), pace_) : inbox_.kept();
    io = window.io;
    if (io != Io::done) break;
    if (window.bytes.empty()) {
      io = co_await stream_.readable(pace_);
      continue;
    }
    Result<Bytes> piece = parse(window.bytes);
    if (!piece || !piece->empty()) co_return piece;
    starved = true;
  }
  if (io != Io::done) co_return fail(broken_off(io));
  co_return Bytes{};
}

// The body's bytes in the window; the rest is kept.
Result<RequestBody::Bytes> RequestBody::parse(std::span<char> window) {
  Result<RequestParser::Piece> piece = parser_.read_body(window);
  if (!piece) return fail(piece.error());
  inbox_.give_back(window.subspan(piece->used));
  received_ += piece->bytes.size();
  return piece->bytes;
}

Error RequestBody::fail(Error error) {
  failure_ = std::move(error);
  return *failure_;
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
