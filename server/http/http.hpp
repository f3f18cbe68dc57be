// http: the only code that speaks HTTP. Listener, sessions, streams (plain and TLS), routes, files,
// server-sent events, WebSockets.
//
// This header is all that handlers see: a request, a body that is pulled, a response that is a value. Asio's
// and Beast's templates are instantiated in asio, await, parser, server, session and stream.cpp; a handler
// costs two seconds to compile and not fifteen. Everything here runs on the net thread, unless it says
// otherwise. What must not be in it: SQL, the layout of the data directory, what a picture is. Routes (api/)
// call the verbs of other modules.
#pragma once

#include "protocol/web_socket.hpp"
#include "server/base/error.hpp"
#include "server/base/time.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>

namespace heliograph::http {

// Named, not type-erased: each coroutine, and each wait, keeps copies of it.
using Executor = boost::asio::io_context::executor_type;
template <class T>
using Task = boost::asio::awaitable<T, Executor>;

enum class Method { get, head, post, put, patch, del, options, other };

// The request's body, pulled piece by piece. Framing (length or chunks), limit and deadlines are kept here.
class Body {
 public:
  virtual ~Body() = default;
  // The next piece, or an empty span at the end. The bytes live in a buffer that all sessions share: use them
  // before the next co_await of any kind. Errors: too_large (beyond the route's limit), timeout (too slow),
  // bad_request (the sender closed early, or broke the chunk framing).
  virtual Task<Result<std::span<const std::uint8_t>>> next() = 0;
  // Bytes that next() has brought so far.
  virtual std::uint64_t received() const = 0;
  // As announced by Content-Length; nullopt when chunked; 0 when there is no body.
  virtual std::optional<std::uint64_t> length() const = 0;
};

struct Request {
  Method method = Method::other;
  std::string path;                                          // percent-decoded, begins with '/'
  std::vector<std::pair<std::string, std::string>> query;    // decoded, in order
  std::vector<std::pair<std::string, std::string>> headers;  // names as sent, in order
  std::vector<std::string> captures;  // what the route's {placeholders} matched, in order
  std::string peer;                   // "203.0.113.7": who asks, also through a trusted proxy
  Body* body = nullptr;               // never null inside a handler
  bool secure = false;                // it came by TLS, to us or to a trusted proxy

  // Gives their memory back, when nobody asks for them any more: an upload keeps its request for as long as
  // its sender takes.
  void drop_headers() { headers = std::vector<std::pair<std::string, std::string>>(); }

  // First value of a header, name in any case; nullopt when missing.
  std::optional<std::string_view> header(std::string_view name) const;
  std::optional<std::string_view> query_value(std::string_view name) const;
};

// How long a response may be kept, and by whom. Part of the response so that nobody forgets it.
enum class Cache {
  never,       // no-store: answers about now
  revalidate,  // no-cache: the page itself
  immutable    // private, a year: bytes that never change under this address
};

// A file to be sent by sendfile. `etag` without quotes.
struct FileBody {
  std::string path;
  std::string etag;
  Timestamp modified;
};

// Bytes that live as long as the program (the embedded dashboard), or as their owner.
struct StaticBody {
  std::span<const std::uint8_t> bytes;
  std::string etag;
  bool gzip = false;  // the bytes are a gzip of the content
  std::shared_ptr<const void> owner{};
};

// Where a stream's producer writes. One coroutine.
class BodyWriter {
 public:
  using Pieces = std::array<std::string_view, 3>;

  virtual ~BodyWriter() = default;
  // Sends them now, as they lie. An error means the reader is gone: return.
  virtual Task<Result<void>> write_all(Pieces pieces) = 0;
  Task<Result<void>> write(std::string_view bytes) { return write_all({bytes}); }
};
using StreamBody = std::function<Task<void>(BodyWriter&)>;

// How a wait for the other side of a connection has ended (stream.hpp).
enum class Io;

// A connection that was a request and is a WebSocket now (RFC 6455, without extensions). One coroutine reads
// and writes; whoever has something for it wakes that. Pings of the other side are answered by themselves.
class WebSocket {
 public:
  virtual ~WebSocket() = default;

  struct Message {
    bool text = false;
    std::string bytes;
  };
  // The next whole message that has come, of `max_bytes` at most; none: it has not, or not all of it. Errors,
  // after each of which the connection is over: unavailable (the other side is gone, or said goodbye),
  // timeout (a message is on its way too slowly), too_large, bad_request (it breaks the protocol).
  virtual Task<Result<std::optional<Message>>> receive(std::size_t max_bytes) = 0;
  // After receive() has returned none: until there may be more, wake() was called, or `limit` has passed. How
  // it ended the next receive() says. This is where an idle connection waits, so it holds little.
  virtual Task<Io> wait(std::chrono::milliseconds limit) = 0;
  // Lets the wait() in hand, or else the next one, return. Net thread.
  virtual void wake() = 0;

  // Each sends it now. An error means that the reader is gone, or takes nothing: return.
  virtual Task<Result<void>> send_text(std::string_view text) = 0;
  virtual Task<Result<void>> send_binary(std::string_view head, std::string_view body) = 0;  // as one message
  virtual Task<Result<void>> ping() = 0;
  // The last that is sent; then return.
  virtual Task<void> close(protocol::SocketClose code, std::string_view reason) = 0;

  // When the last byte came.
  virtual SteadyTime heard_at() const = 0;
  // One of the two has said goodbye.
  virtual bool parted() const = 0;
};
// Runs until the connection is over. The request is gone by then: take along what is needed of it.
using SocketBody = std::function<Task<void>(WebSocket&)>;

struct Response {
  int status = 200;
  std::string content_type;
  Cache cache = Cache::never;
  std::vector<std::pair<std::string, std::string>> headers;  // besides type, length, cache and validators
  std::variant<std::string, FileBody, StaticBody, StreamBody, SocketBody> body;
  // Of a stream, if it is known before: sent as Content-Length. Whoever writes another number of bytes has
  // the connection closed behind them, so that nobody takes it for whole.
  std::optional<std::uint64_t> stream_length;
  // Told as Retry-After; 0: not told. Every answer says another time, this at least and its double at most:
  // cameras that were sent away together must not come back together. Unless it is `exact`: a person waits.
  std::chrono::seconds retry_after{0};
  bool retry_is_exact = false;
  // Of a page: whose pictures it may show besides ours, "https://tiles.example.org"; empty: nobody's.
  std::string pictures_from;
};

Response text_response(int status, std::string text);
Response json_response(int status, std::string json);
// application/problem+json; the kind decides the status (problem_status), the detail is told to the sender.
Response problem_response(const Error& error);
int problem_status(ErrorKind kind);

using Handler = std::function<Task<Response>(Request&)>;

// A GET route answers HEAD too. Of several patterns that fit a path, the first one counts.
struct Route {
  Method method;
  // "/api/v1/images/{id}": a placeholder matches one segment; one like {rest...}, at the end, all that is
  // left.
  std::string pattern;
  std::uint64_t max_body_bytes = 0;  // 0: the route takes no body
  Handler handler;
};

// What a method and a path lead to; decided without calling anything.
struct Match {
  const Route* route = nullptr;  // null: not found, or the method is not allowed
  std::vector<std::string> captures;
  std::vector<Method> allowed;  // of all routes with the first pattern that fits; empty: no such path
};
Match match_route(std::span<const Route> routes, Method method, std::string_view path);

// The path as it may be logged: what stands in the place of a route's {key}, and behind it, is a secret, also
// when the method or the rest fits no route.
std::string path_for_log(std::span<const Route> routes, std::string_view path);

// Splits and decodes a request target ("/a%20b?x=1"); origin and absolute form. bad_request for anything that
// is not one, for escapes that decode to NUL or '/', and for "." and ".." segments.
struct Target {
  std::string path;
  std::vector<std::pair<std::string, std::string>> query;
};
Result<Target> parse_target(std::string_view target);

// The inverse, in origin form: what an encoder makes of it, which need not be what was parsed.
std::string write_target(const Target& target);

}  // namespace heliograph::http
