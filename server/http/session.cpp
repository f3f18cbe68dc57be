#include "server/http/session.hpp"

#include "server/http/parser.hpp"
#include "server/http/proxy_protocol.hpp"
#include "server/http/request_body.hpp"
#include "server/http/response.hpp"

#include <exception>
#include <utility>

namespace heliograph::http {
namespace {

Response nothing_here(const std::string& path) {
  return problem_response({ErrorKind::not_found, "there is nothing at " + path});
}

Response refusal_of(const RequestParser& parser) {
  if (const Refusal* refusal = parser.refusal())
    return problem(refusal->status, refusal->title, refusal->detail);
  return problem_response({ErrorKind::timeout, "the request's header came too slowly"});
}

Response body_too_large(const Route& route) {
  if (route.max_body_bytes == 0)
    return problem_response({ErrorKind::too_large, "this address takes no body"});
  return problem_response(
      {ErrorKind::too_large,
       "a body sent here may have " + std::to_string(route.max_body_bytes) + " bytes at most"});
}

void tell(Request& request, const Caller& caller) {
  request.peer = to_text(caller.address);
  request.secure = caller.secure;
}

}  // namespace

Session::Session(Context& context, const Door& door, Socket socket, ssl_ctx_st* tls, const AddressBytes& peer)
    : context_(context),
      door_(door),
      stream_(std::move(socket), tls, context.scratch(), context.clock),
      inbox_(stream_, context.scratch()),
      caller_{peer, tls != nullptr} {}

void Session::stop() {
  if (phase_ != Phase::busy) abort();
}

void Session::abort() {
  if (std::exchange(aborted_, true)) return;
  cancel_.emit(boost::asio::cancellation_type::terminal);
}

Task<void> Session::run() {
  phase_ = Phase::busy;
  bool open = !door_.proxy_protocol || co_await read_proxy_header();
  if (open) {
    Pace pace = Pace::within(context_.limits.handshake_time);
    open = co_await stream_.handshake(pace) == Io::done;
  }
  while (open) {
    open = co_await next_request();
    if (open) open = co_await serve_request();
    if (socket_) co_await run_socket();
  }
  co_await stream_.finish(context_.limits);
}

// What belongs to it is taken from the socket, and no byte of what follows.
Task<bool> Session::read_proxy_header() {
  Pace pace = Pace::within(context_.limits.header_time);
  std::string header;
  for (;;) {
    const auto [io, seen] = stream_.peek(context_.scratch().first(max_proxy_header_bytes));
    if (io == Io::closed) co_return false;
    const std::size_t before = header.size();
    header.append(context_.scratch().data(), seen);
    const auto parsed =
        parse_proxy_header({reinterpret_cast<const std::uint8_t*>(header.data()), header.size()});
    if (!parsed) {
      context_.log.warning("a proxy's connection was closed",
                           {{"peer", to_text(caller_.address)}, {"why", parsed.error().detail}});
      co_return false;
    }
    const std::optional<ProxyHeader>& whole = *parsed;
    stream_.skip(whole ? whole->bytes - before : seen);
    if (whole) {
      caller_.address = whole->client.value_or(caller_.address);
      caller_.secure = caller_.secure || whole->secure;
      co_return true;
    }
    const Io waited = co_await stream_.readable(pace);
    if (waited == Io::late) ++context_.counters.timeouts;
    if (waited != Io::done) co_return false;
  }
}

// Waits without holding anything.
Task<bool> Session::next_request() {
  if (context_.stopping) co_return false;
  if (!inbox_.empty()) co_return true;
  phase_ = Phase::idle;
  Pace pace = Pace::within(context_.limits.idle_time);
  const Io waited = co_await stream_.readable(pace);
  phase_ = Phase::busy;
  co_return waited == Io::done;
}

Task<bool> Session::serve_request() {
  RequestParser parser(context_.limits);
  const Io read = co_await read_head(parser);
  if (!parser.started()) co_return read == Io::done;  // a goodbye, or an empty line
  if (read == Io::late) ++context_.counters.timeouts;
  if (parser.refusal() || read == Io::late) co_return co_await refuse(parser);
  if (read == Io::closed) co_return false;
  co_return co_await answer(parser);
}

Task<Io> Session::read_head(RequestParser& parser) {
  Pace pace = Pace::within(context_.limits.header_time);
  bool starved = inbox_.empty();  // what is there was not enough to go on
  for (;;) {
    const Inbox::Window window = starved ? inbox_.receive(context_.limits.header_bytes, pace) : inbox_.kept();
    if (window.io != Io::done) co_return window.io;
    if (window.bytes.empty()) {
      const Io waited = co_await stream_.readable(pace);
      if (waited != Io::done) co_return waited;
      continue;
    }
    const std::size_t used = parser.read_head(window.bytes);
    inbox_.give_back(window.bytes.subspan(used));
    if (parser.head_done() || parser.refusal() || !parser.started()) co_return Io::done;
    starved = true;
  }
}

// A header that was not understood, or did not come in time. What follows cannot be understood either.
Task<bool> Session::refuse(RequestParser& parser) {
  ++context_.counters.requests;
  Exchange exchange{parser.request(), /*keep_alive=*/false, parser.is_http10(), context_.clock.steady()};
  tell(exchange.request, caller_);  // its headers may be cut off in the middle
  co_await send(exchange, refusal_of(parser));
  log_access(exchange);
  co_return false;
}

Task<bool> Session::answer(RequestParser& parser) {
  ++context_.counters.requests;
  Exchange exchange{parser.request(), parser.keep_alive(), parser.is_http10(), context_.clock.steady()};
  RequestBody body(stream_, inbox_, parser, context_.limits);
  tell(exchange.request, caller_of(caller_, exchange.request.headers, context_.options.trusted_proxies));
  exchange.request.body = &body;
  Response response;
  try {
    const Route* route = find_route(parser, exchange.request, response);
    if (route) response = co_await route->handler(exchange.request);
  } catch (...) {
    if (aborted_) throw;
    response = answer_fault(exchange.request, std::current_exception());
  }

  if (body.failure() && body.failure()->kind == ErrorKind::timeout) ++context_.counters.timeouts;
  const bool in_step =
      !body.unasked() && !body.failure() && body.remaining() <= context_.limits.refused_body_bytes;
  exchange.keep_alive = exchange.keep_alive && in_step && !context_.stopping;
  const Io sent = co_await send(exchange, response);
  if (sent == Io::late) ++context_.counters.timeouts;
  log_access(exchange);
  if (sent != Io::done || !exchange.keep_alive) co_return false;
  co_return co_await discard(body);
}

// Null when there is none that takes this: then `refusal` is the answer.
const Route* Session::find_route(RequestParser& parser, Request& request, Response& refusal) const {
  Match match = match_route(door_.routes, request.method, request.path);
  if (!match.route) {
    refusal = match.allowed.empty() ? nothing_here(request.path) : method_not_allowed(match.allowed);
    return nullptr;
  }
  const Route& route = *match.route;
  const bool empty = request.body->length() == 0;
  const bool too_large = request.body->length().value_or(0) > route.max_body_bytes;
  if (too_large || (!empty && route.max_body_bytes == 0)) {
    refusal = body_too_large(route);
    return nullptr;
  }
  parser.limit_body(route.max_body_bytes);
  request.captures = std::move(match.captures);
  return &route;
}

// To what a handler threw.
Response Session::answer_fault(const Request& request, const std::exception_ptr& thrown) const {
  context_.log.error("a request handler threw",
                     {{"path", path_for_log(door_.routes, request.path)}, {"error", fault_of(thrown)}});
  return problem_response({ErrorKind::internal, "the server met a fault of its own, which is in its log"});
}

// Reads what is left of a body that nobody wanted, so that the next request is found behind it.
Task<bool> Session::discard(RequestBody& body) {
  std::uint64_t discarded = 0;
  while (!body.finished()) {
    if (discarded > context_.limits.refused_body_bytes) co_return false;
    const auto piece = co_await body.next();
    if (!piece) co_return false;
    discarded += piece->size();
  }
  co_return true;
}

void Session::log_access(const Exchange& exchange) const {
  const auto took = std::chrono::duration<double, std::milli>(context_.clock.steady() - exchange.began);
  context_.log.debug("request", {{"method", to_string(exchange.request.method)},
                                 {"path", path_for_log(door_.routes, exchange.request.path)},
                                 {"status", exchange.status},
                                 {"bytes", exchange.body_bytes},
                                 {"ms", took.count()},
                                 {"peer", exchange.request.peer}});
}

}  // namespace heliograph::http
