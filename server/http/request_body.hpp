// The body of one request, pulled through the parser.
#pragma once

#include "server/http/http.hpp"
#include "server/http/inbox.hpp"
#include "server/http/parser.hpp"
#include "server/http/stream.hpp"

namespace heliograph::http {

class RequestBody final : public Body {
 public:
  RequestBody(Stream& stream, Inbox& inbox, RequestParser& parser, const Limits& limits);

  Task<Result<std::span<const std::uint8_t>>> next() override;
  std::uint64_t received() const override { return received_; }
  std::optional<std::uint64_t> length() const override { return parser_.body_length(); }

  // The sender waits for leave that it will not get any more: whether a body follows is anybody's guess.
  bool unasked() const { return continue_due_ && !parser_.done(); }
  // Nothing follows that belongs to this request.
  bool finished() const { return parser_.done(); }
  // At least so much does.
  std::uint64_t remaining() const { return parser_.body_remaining(); }
  // What next() said, and says again: the rest cannot be told from what follows it.
  const std::optional<Error>& failure() const { return failure_; }

 private:
  using Bytes = std::span<const std::uint8_t>;

  Result<Bytes> parse(std::span<char> window);
  Error fail(Error error);
  std::size_t read_size() const;
  Error broken_off(Io io) const;

  Stream& stream_;
  Inbox& inbox_;
  RequestParser& parser_;
  const Limits& limits_;
  Pace pace_;
  bool continue_due_;
  std::uint64_t received_ = 0;
  std::optional<Error> failure_;
};

}  // namespace heliograph::http
