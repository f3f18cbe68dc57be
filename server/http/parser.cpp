#include "server/http/parser.hpp"

#include "server/http/text.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

namespace heliograph::http {
namespace {

namespace beast = boost::beast;
using beast::error_code;
using beast::string_view;
using beast::http::field;
using beast::http::verb;

constexpr int http_1_0 = 10;

// "0\r\n\r\n": so much must still come wherever a chunk may begin. Beast 1.81 asserts that it has seen it
// when it looks at the last chunk for the second time, so it is not shown less.
constexpr std::size_t shortest_chunked_end = 5;

Method method_from(verb name) {
  switch (name) {
    case verb::get:
      return Method::get;
    case verb::head:
      return Method::head;
    case verb::post:
      return Method::post;
    case verb::put:
      return Method::put;
    case verb::patch:
      return Method::patch;
    case verb::delete_:
      return Method::del;
    case verb::options:
      return Method::options;
    default:
      return Method::other;
  }
}

// Beast joins the lines of a folded value in a buffer of its own, or lets it begin on a later line. A value
// that stands where it should begins at the first byte behind its name that is no blank.
bool is_folded(string_view name, string_view value) {
  const char* expected = name.data() + name.size() + 1;      // behind the ':'
  while (*expected == ' ' || *expected == '\t') ++expected;  // ends at the value or at its line end
  return value.data() != expected;
}

bool is_control(char c) {
  return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f;
}

}  // namespace

class RequestParser::Machine final : public beast::http::basic_parser<true> {
 public:
  explicit Machine(const Limits& limits) : limits_(limits) {
    header_limit(static_cast<std::uint32_t>(limits.header_bytes));
    body_limit(boost::none);  // until the route is known
  }

  std::size_t read_head(std::span<const char> bytes);
  Result<Piece> read_body(std::span<char> window);

  Request request;
  std::unique_ptr<const Refusal> refusal;
  bool expects_continue = false;
  int version = 0;

 private:
  void on_request_impl(verb method, string_view, string_view target, int http_version,
                       error_code& ec) override;
  void on_field_impl(field name, string_view name_text, string_view value, error_code& ec) override;
  void on_header_impl(error_code& ec) override;
  std::size_t on_body_impl(string_view body, error_code&) override { return join(body); }
  std::size_t on_chunk_body_impl(std::uint64_t left, string_view body, error_code&) override {
    chunk_left_ = left - body.size();
    return join(body);
  }
  void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
  void on_chunk_header_impl(std::uint64_t size, string_view extensions, error_code& ec) override;
  void on_finish_impl(error_code&) override {}
  void on_response_impl(int, string_view, int, error_code&) override {}

  void refuse(int status, std::string title, std::string detail, error_code& ec) {
    refusal = std::make_unique<Refusal>(status, std::move(title), std::move(detail));
    ec = beast::http::error::bad_field;  // any: it only makes Beast stop
  }
  void refuse(std::string detail, error_code& ec) { refuse(400, "bad-request", std::move(detail), ec); }
  void refuse_head_for(error_code ec);
  std::size_t join(string_view body);

  const Limits& limits_;
  std::size_t head_bytes_ = 0;
  bool has_length_ = false;
  bool has_host_ = false;
  std::uint64_t chunk_left_ = 0;
  std::span<char> window_;  // during read_body
  std::span<char> joined_;  // the body bytes found in it so far
};

std::size_t RequestParser::Machine::read_head(std::span<const char> bytes) {
  std::size_t used = 0;
  if (!got_some()) {
    while (used < bytes.size() && (bytes[used] == '\r' || bytes[used] == '\n')) ++used;
  }
  while (used < bytes.size() && !is_header_done() && !refusal) {
    error_code ec;
    const std::size_t taken = put(boost::asio::const_buffer(bytes.data() + used, bytes.size() - used), ec);
    used += taken;
    head_bytes_ += taken;
    if (ec == beast::http::error::need_more) break;
    if (ec && !refusal) refuse_head_for(ec);
  }
  // Beast only limits what it is shown at once.
  const std::size_t seen = head_bytes_ + (is_header_done() ? 0 : bytes.size() - used);
  if (!refusal && seen > limits_.header_bytes) refuse_head_for(beast::http::error::header_limit);
  return used;
}

void RequestParser::Machine::refuse_head_for(error_code ec) {
  if (ec == beast::http::error::header_limit) {
    refuse(431, "header-too-large",
           "the request's header is larger than " + std::to_string(limits_.header_bytes) + " bytes", ec);
  } else if (ec == beast::http::error::bad_version) {
    refuse(505, "version-not-supported", "this server speaks HTTP/1.1 and HTTP/1.0", ec);
  } else {
    refuse("the request's header is malformed: " + ec.message(), ec);
  }
}

void RequestParser::Machine::on_request_impl(verb method, string_view, string_view target, int http_version,
                                             error_code& ec) {
  version = http_version;
  request.method = method_from(method);
  if (request.method == Method::other) {
    return refuse(501, "not-implemented", "this server does not know this method", ec);
  }
  Result<Target> parsed = http::parse_target(target);  // Beast has a private one
  if (!parsed) return refuse(parsed.error().detail, ec);
  request.path = std::move(parsed->path);
  request.query = std::move(parsed->query);
}

void RequestParser::Machine::on_field_impl(field name, string_view name_text, string_view value,
                                           error_code& ec) {
  if (is_header_done()) {  // a trailer: nothing of ours reads them, but they say where the body ends
    if (is_folded(name_text, value)) ec = beast::http::error::bad_field;
    return;
  }
  if (request.headers.size() >= limits_.header_fields) {
    return refuse(431, "header-too-large",
                  "the request has more than " + std::to_string(limits_.header_fields) + " fields", ec);
  }
  if (is_folded(name_text, value))
    return refuse("a header field is folded over lines, which HTTP gave up", ec);

  // Two ways to see where a request ends are two ways to smuggle another one past a proxy.
  if (name == field::content_length) {
    if (std::exchange(has_length_, true)) return refuse("the request has more than one Content-Length", ec);
    if (value.contains(',')) return refuse("the Content-Length is a list", ec);
  } else if (name == field::transfer_encoding) {
    if (version == http_1_0) return refuse("HTTP/1.0 has no Transfer-Encoding", ec);
    if (!equals_ignoring_case(value, "chunked")) {
      return refuse(501, "not-implemented", "the only Transfer-Encoding this server knows is chunked", ec);
    }
  } else if (name == field::host) {
    if (std::exchange(has_host_, true)) return refuse("the request has more than one Host", ec);
  } else if (name == field::expect) {
    if (!equals_ignoring_case(value, "100-continue")) {
      return refuse(417, "expectation-failed", "the only Expect this server knows is 100-continue", ec);
    }
    expects_continue = version != http_1_0;
  }
  request.headers.emplace_back(name_text, value);
}

void RequestParser::Machine::on_header_impl(error_code& ec) {
  if (!has_host_ && version != http_1_0) refuse("the request has no Host, which HTTP/1.1 asks for", ec);
  request.headers.shrink_to_fit();  // an upload keeps them for as long as its sender takes
}

Result<RequestParser::Piece> RequestParser::Machine::read_body(std::span<char> window) {
  window_ = window;
  joined_ = {};
  std::size_t used = 0;
  while (used < window.size() && !is_done()) {
    if (chunked() && chunk_left_ == 0 && window.size() - used < shortest_chunked_end) break;
    error_code ec;
    used += put(boost::asio::const_buffer(window.data() + used, window.size() - used), ec);
    if (ec == beast::http::error::need_more) {
      // Only a chunk's header or the trailer can be cut off; a sender must not make us keep an endless one.
      if (window.size() - used <= limits_.header_bytes) break;
      return Error{ErrorKind::bad_request,
                   "a chunk's header is larger than " + std::to_string(limits_.header_bytes) + " bytes"};
    }
    if (ec == beast::http::error::body_limit)
      return Error{ErrorKind::too_large, "the body is larger than allowed here"};
    if (ec) return Error{ErrorKind::bad_request, "the body's chunks are malformed: " + ec.message()};
  }
  return Piece{{reinterpret_cast<const std::uint8_t*>(joined_.data()), joined_.size()}, used};
}

// Beast takes a line end in a quoted extension for a part of it. Who ends a line at any LF sees the chunk
// begin there, and so another request behind it.
void RequestParser::Machine::on_chunk_header_impl(std::uint64_t size, string_view extensions,
                                                  error_code& ec) {
  if (std::ranges::any_of(extensions, is_control)) ec = beast::http::error::bad_chunk_extension;
  chunk_left_ = size;
}

std::size_t RequestParser::Machine::join(string_view body) {
  const auto at = static_cast<std::size_t>(body.data() - window_.data());
  const std::span<char> found = window_.subspan(at, body.size());
  if (joined_.empty()) {
    joined_ = found;
  } else {
    std::memmove(joined_.data() + joined_.size(), found.data(), found.size());
    joined_ = {joined_.data(), joined_.size() + found.size()};
  }
  return body.size();
}

RequestParser::RequestParser(const Limits& limits) : machine_(std::make_unique<Machine>(limits)) {}
RequestParser::~RequestParser() = default;

std::size_t RequestParser::read_head(std::span<const char> bytes) {
  return machine_->read_head(bytes);
}
bool RequestParser::started() const {
  return machine_->got_some();
}
bool RequestParser::head_done() const {
  return machine_->is_header_done();
}
const Refusal* RequestParser::refusal() const {
  return machine_->refusal.get();
}
Request& RequestParser::request() {
  return machine_->request;
}
bool RequestParser::keep_alive() const {
  return !is_http10() && machine_->keep_alive();
}
bool RequestParser::is_http10() const {
  return machine_->version == http_1_0;
}
bool RequestParser::expects_continue() const {
  return machine_->expects_continue;
}
bool RequestParser::chunked() const {
  return machine_->chunked();
}

std::optional<std::uint64_t> RequestParser::body_length() const {
  if (machine_->chunked()) return std::nullopt;
  return machine_->content_length().value_or(0);
}

bool RequestParser::done() const {
  return machine_->is_done();
}

std::uint64_t RequestParser::body_remaining() const {
  return done() ? 0 : machine_->content_length_remaining().value_or(0);
}

void RequestParser::limit_body(std::uint64_t bytes) {
  machine_->body_limit(bytes);
}

Result<RequestParser::Piece> RequestParser::read_body(std::span<char> window) {
  return machine_->read_body(window);
}

}  // namespace heliograph::http
