// The second half of Session: how a response is written.
#include "server/http/response.hpp"
#include "server/http/session.hpp"
#include "server/http/socket_session.hpp"
#include "server/http/upgrade.hpp"

#include <array>
#include <cerrno>
#include <charconv>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace heliograph::http {
namespace {

// What is no file (a folder, a pipe) has the name of one and nothing to be sent; and nobody waits for its
// writer.
class OpenFile {
 public:
  explicit OpenFile(const std::string& path)
      : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {}
  ~OpenFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  int descriptor() const { return descriptor_; }

  Result<std::uint64_t> size(const std::string& path) const {
    struct stat facts{};
    if (descriptor_ < 0 || ::fstat(descriptor_, &facts) != 0) return error_from_errno(errno, "read " + path);
    if (!S_ISREG(facts.st_mode)) return Error{ErrorKind::not_found, path + " is no file"};
    return static_cast<std::uint64_t>(facts.st_size);
  }

 private:
  int descriptor_;
};

std::string_view as_text(std::span<const std::uint8_t> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// A piece for a reader of HTTP/1.1 is a chunk; one of HTTP/1.0 takes the bytes as they are.
class StreamWriter final : public BodyWriter {
 public:
  StreamWriter(Stream& stream, bool chunked, Pace pace) : stream_(stream), chunked_(chunked), pace_(pace) {}

  Task<Result<void>> write_all(Pieces pieces) override {
    const std::size_t bytes = pieces[0].size() + pieces[1].size() + pieces[2].size();
    if (bytes == 0) co_return Result<void>{};  // an empty chunk would be the end
    std::array<char, 18> size{};               // 16 hexadecimal digits and a line end
    Stream::Parts parts{pieces[0], pieces[1], pieces[2]};
    if (chunked_) {
      char* end = std::to_chars(size.data(), size.data() + 16, bytes, 16).ptr;
      *end++ = '\r';
      *end++ = '\n';
      parts = {std::string_view(size.data(), end), pieces[0], pieces[1], pieces[2], "\r\n"};
    }
    co_return co_await send(parts, bytes);
  }

  Task<Result<void>> finish() {
    if (!chunked_) co_return Result<void>{};
    const Stream::Parts last_chunk{"0\r\n\r\n"};
    co_return co_await send(last_chunk, 0);
  }

  Io io() const { return io_; }
  std::uint64_t written() const { return written_; }

 private:
  Task<Result<void>> send(Stream::Parts parts, std::size_t payload) {
    Pace pace = pace_;  // anew for each piece: a stream may last for days
    if (io_ == Io::done) io_ = co_await stream_.write(parts, pace);
    if (io_ != Io::done) co_return Error{ErrorKind::unavailable, "the reader is gone"};
    written_ += payload;
    co_return Result<void>{};
  }

  Stream& stream_;
  const bool chunked_;
  const Pace pace_;
  Io io_ = Io::done;
  std::uint64_t written_ = 0;
};

}  // namespace

Pace Session::write_pace() const {
  const Limits& limits = context_.limits;
  return {limits.write_silence, limits.write_silence, limits.body_bytes_per_s};
}

// Writes the head. Every answer passes here once.
std::string Session::head(Exchange& exchange, const Response& response, HeadFacts facts) {
  facts.close = !exchange.keep_alive;
  facts.secure = exchange.request.secure;
  facts.date = context_.date();
  facts.retry_after = told_retry_after(response, context_.chance());
  if (facts.status == 204 || facts.status == 304) facts.framing = Framing::none;
  exchange.status = facts.status;
  context_.counters.count_response(facts.status);
  return response_head(response, facts);
}

Task<Io> Session::send(Exchange& exchange, const Response& response) {
  if (const auto* text = std::get_if<std::string>(&response.body)) {
    return send_text(exchange, response, *text);
  }
  if (const auto* bytes = std::get_if<StaticBody>(&response.body)) {
    return send_static(exchange, response, *bytes);
  }
  if (const auto* file = std::get_if<FileBody>(&response.body)) {
    return send_file(exchange, response, *file);
  }
  if (const auto* socket = std::get_if<SocketBody>(&response.body)) {
    return send_upgrade(exchange, response, *socket);
  }
  return send_stream(exchange, response, std::get<StreamBody>(response.body));
}

Task<Io> Session::send_text(Exchange& exchange, const Response& response, std::string_view text) {
  HeadFacts facts;
  facts.status = response.status;
  facts.length = text.size();
  const std::string lines = head(exchange, response, facts);
  const bool head_only = exchange.request.method == Method::head;
  const Stream::Parts parts{lines, head_only ? std::string_view{} : text};
  Pace pace = write_pace();
  const Io io = co_await stream_.write(parts, pace);
  if (io == Io::done) exchange.body_bytes = parts[1].size();
  co_return io;
}

HeadFacts Session::entity_facts(const Exchange& exchange, const Response& response, const Entity& entity) {
  const bool whole = response.status != 200;  // conditions are about what a plain GET would bring
  const Delivery delivery =
      whole ? Delivery{response.status, 0, entity.size} : decide_delivery(exchange.request, entity);
  HeadFacts facts;
  facts.status = delivery.status;
  facts.length = delivery.length;
  facts.offset = delivery.offset;
  facts.entity = entity;
  return facts;
}

Task<Io> Session::send_static(Exchange& exchange, const Response& response, const StaticBody& body) {
  const Entity entity{body.etag, std::nullopt, body.bytes.size()};
  HeadFacts facts = entity_facts(exchange, response, entity);
  if (facts.status == 416) co_return co_await send(exchange, range_not_satisfiable(entity.size));
  facts.gzip = body.gzip;
  const std::string lines = head(exchange, response, facts);
  const bool head_only = exchange.request.method == Method::head;
  const std::string_view wanted = as_text(body.bytes).substr(facts.offset, head_only ? 0 : facts.length);
  const Stream::Parts parts{lines, wanted};
  Pace pace = write_pace();
  const Io io = co_await stream_.write(parts, pace);
  if (io == Io::done) exchange.body_bytes = wanted.size();
  co_return io;
}

Task<Io> Session::send_file(Exchange& exchange, const Response& response, const FileBody& body) {
  const OpenFile file(body.path);
  const Result<std::uint64_t> size = file.size(body.path);
  if (!size) {
    // The path is ours to know: the reader is told what it means.
    context_.log.warning("a file to be sent cannot be read", {{"error", size.error().detail}});
    const bool gone = size.error().kind == ErrorKind::not_found;
    const Error error{size.error().kind,
                      gone ? "the file is not there any more" : "the file cannot be read now"};
    co_return co_await send(exchange, problem_response(error));
  }
  const Entity entity{body.etag, body.modified, *size};
  const HeadFacts facts = entity_facts(exchange, response, entity);
  if (facts.status == 416) co_return co_await send(exchange, range_not_satisfiable(entity.size));
  const std::string lines = head(exchange, response, facts);
  const std::uint64_t length = exchange.request.method == Method::head ? 0 : facts.length;
  Pace pace = write_pace();
  const Io io = co_await stream_.write_file(lines, file.descriptor(), facts.offset, length, pace);
  if (io == Io::done) exchange.body_bytes = length;
  co_return io;
}

Task<Io> Session::send_stream(Exchange& exchange, const Response& response, const StreamBody& produce) {
  const bool chunked = !response.stream_length && !exchange.http10;
  if (exchange.http10) exchange.keep_alive = false;
  HeadFacts facts;
  facts.status = response.status;
  facts.framing = chunked ? Framing::chunked : Framing::until_close;
  if (response.stream_length) {
    facts.framing = Framing::length;
    facts.length = *response.stream_length;
  }
  const std::string lines = head(exchange, response, facts);
  const Stream::Parts parts{lines};
  Pace pace = write_pace();
  const Io io = co_await stream_.write(parts, pace);
  if (io != Io::done || exchange.request.method == Method::head) co_return io;

  StreamWriter writer(stream_, chunked, write_pace());
  const bool produced = co_await run_producer(produce, writer);
  exchange.body_bytes = writer.written();
  const bool whole = response.stream_length.value_or(writer.written()) == writer.written();
  // Without the last chunk, or short of its length: the reader must not take it for whole.
  if (!produced || !whole) co_return Io::closed;
  co_await writer.finish();
  co_return writer.io();
}

// The connection goes on as a WebSocket once the request and all that was made for it are gone: what links
// cost while nothing happens is what counts.
Task<Io> Session::send_upgrade(Exchange& exchange, const Response& response, const SocketBody& serve) {
  Result<std::string> accept = accept_upgrade(exchange.request);
  if (!accept) {
    Response refusal = problem(426, "upgrade-required", accept.error().detail);
    refusal.headers.emplace_back("Upgrade", "websocket");
    refusal.headers.emplace_back("Sec-WebSocket-Version", "13");
    co_return co_await send(exchange, refusal);
  }
  Response switching = response;
  switching.headers.emplace_back("Upgrade", "websocket");
  switching.headers.emplace_back("Connection", "Upgrade");
  switching.headers.emplace_back("Sec-WebSocket-Accept", std::move(*accept));
  HeadFacts facts;
  facts.status = 101;
  facts.framing = Framing::none;
  exchange.keep_alive = true;  // in its way
  const std::string lines = head(exchange, switching, facts);
  Pace pace = write_pace();
  const Stream::Parts parts{lines};
  const Io io = co_await stream_.write(parts, pace);
  exchange.keep_alive = false;
  if (io == Io::done) socket_ = serve;
  co_return io;
}

Task<void> Session::run_socket() {
  if (context_.stopping) co_return;
  SocketSession socket(stream_, inbox_, context_.limits, context_.clock);
  std::exception_ptr thrown;
  phase_ = Phase::streaming;
  try {
    co_await socket_(socket);
  } catch (...) {
    if (aborted_) throw;
    thrown = std::current_exception();
  }
  phase_ = Phase::busy;
  socket_ = nullptr;
  if (!thrown) co_return;
  context_.log.error("the handler of a WebSocket threw", {{"error", fault_of(thrown)}});
  co_await socket.close(protocol::SocketClose::going_away, "the server met a fault of its own");
}

Task<bool> Session::run_producer(const StreamBody& produce, BodyWriter& writer) {
  if (context_.stopping) co_return false;
  std::exception_ptr thrown;
  phase_ = Phase::streaming;
  try {
    co_await produce(writer);
  } catch (...) {
    if (aborted_) throw;
    thrown = std::current_exception();
  }
  phase_ = Phase::busy;
  if (thrown) context_.log.error("the producer of a stream threw", {{"error", fault_of(thrown)}});
  co_return !thrown;
}

std::string Session::fault_of(const std::exception_ptr& thrown) {
  try {
    std::rethrow_exception(thrown);
  } catch (const std::exception& exception) {
    return exception.what();
  } catch (...) {
    return "not a std::exception";
  }
}

}  // namespace heliograph::http
