// One request, parsed from pieces as they come: the header into a Request, the body into views.
//
// Boost.Beast knows the grammar; this class adds what it leaves open and what it lets pass: repeated and
// listed lengths, codings other than chunked, folded lines, a missing Host, the total size of a header that
// arrives in pieces. Does no I/O and keeps no bytes: what it has not used, the caller offers again with more
// behind it.
#pragma once

#include "server/base/error.hpp"
#include "server/http/http.hpp"
#include "server/http/limits.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

namespace heliograph::http {

// Why a request is not even looked up: it cannot be understood, or not be trusted to mean one thing.
struct Refusal {
  int status = 400;
  std::string title;
  std::string detail;
};

class RequestParser {
 public:
  explicit RequestParser(const Limits& limits);
  ~RequestParser();
  RequestParser(const RequestParser&) = delete;
  RequestParser& operator=(const RequestParser&) = delete;

  // Takes bytes of the header and returns how many were used. Stops behind its end, or at a refusal. Empty
  // lines before the first byte of the request are skipped (some cameras end a body with a line end too
  // many).
  std::size_t read_head(std::span<const char> bytes);

  // The first byte of the request line was seen.
  bool started() const;
  bool head_done() const;
  // Null, unless read_head met one; the connection cannot go on after it.
  const Refusal* refusal() const;

  // What was read. After head_done():
  Request& request();
  bool keep_alive() const;  // HTTP/1.1 and not "close": older clients get one request per connection
  bool is_http10() const;
  bool expects_continue() const;
  bool chunked() const;
  std::optional<std::uint64_t> body_length() const;  // nullopt: chunked; 0: none

  // The whole request, header and body, was read.
  bool done() const;
  // Of a body with a length: what is still to come. 0 when chunked.
  std::uint64_t body_remaining() const;
  // To be called before the first read_body.
  void limit_body(std::uint64_t bytes);

  struct Piece {
    std::span<const std::uint8_t> bytes;  // lies in the window; may be empty while only framing has come
    std::size_t used = 0;                 // of the window
  };
  // Takes bytes of the body. Chunks of one window are joined in place, so that a sender of tiny chunks costs
  // one write to disk per read and not one per byte. Errors: too_large (a limit was given and passed),
  // bad_request (broken framing).
  Result<Piece> read_body(std::span<char> window);

 private:
  class Machine;
  std::unique_ptr<Machine> machine_;
};

}  // namespace heliograph::http
