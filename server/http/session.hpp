// One connection, from its handshake to its goodbye: one coroutine, read top to bottom.
#pragma once

#include "server/http/context.hpp"
#include "server/http/forwarded.hpp"
#include "server/http/head.hpp"
#include "server/http/http.hpp"
#include "server/http/inbox.hpp"
#include "server/http/stream.hpp"

#include <cstdint>
#include <exception>
#include <string>

#include <boost/asio/cancellation_signal.hpp>

struct ssl_ctx_st;

namespace heliograph::http {

class RequestBody;
class RequestParser;

class Session {
 public:
  // `context` and `door` outlive it.
  Session(Context& context, const Door& door, Socket socket, ssl_ctx_st* tls, const AddressBytes& peer);

  // Must run under slot(). Throws only operation_aborted, after abort().
  Task<void> run();
  boost::asio::cancellation_slot slot() { return cancel_.slot(); }

  // Sweeper: ends a wait that has lasted too long.
  void expire(SteadyTime now) { stream_.expire(now); }
  // At once if it is idle or streams without end; else the request in hand is finished, and is the last.
  void stop();
  // At once, whatever it does.
  void abort();
  bool aborted() const { return aborted_; }

 private:
  enum class Phase { idle, busy, streaming };

  // One request and its answer, while it is made.
  struct Exchange {
    Request& request;
    bool keep_alive;
    bool http10;
    SteadyTime began;
    int status = 0;
    std::uint64_t body_bytes = 0;  // sent
  };

  // session.cpp: how requests are read. A bool says whether the connection goes on.
  Task<bool> read_proxy_header();
  Task<bool> next_request();
  Task<bool> serve_request();
  Task<Io> read_head(RequestParser& parser);
  Task<bool> refuse(RequestParser& parser);
  Task<bool> answer(RequestParser& parser);
  const Route* find_route(RequestParser& parser, Request& request, Response& refusal) const;
  Response answer_fault(const Request& request, const std::exception_ptr& thrown) const;
  Task<bool> discard(RequestBody& body);
  void log_access(const Exchange& exchange) const;

  // reply.cpp: how responses are written. By a reference that outlives the task: a copy would be held by
  // every request that waits for its body.
  Task<Io> send(Exchange& exchange, const Response& response);
  Task<Io> send_text(Exchange& exchange, const Response& response, std::string_view text);
  Task<Io> send_static(Exchange& exchange, const Response& response, const StaticBody& body);
  Task<Io> send_file(Exchange& exchange, const Response& response, const FileBody& body);
  Task<Io> send_stream(Exchange& exchange, const Response& response, const StreamBody& produce);
  Task<Io> send_upgrade(Exchange& exchange, const Response& response, const SocketBody& serve);
  Task<bool> run_producer(const StreamBody& produce, BodyWriter& writer);
  Task<void> run_socket();
  static std::string fault_of(const std::exception_ptr& thrown);
  std::string head(Exchange& exchange, const Response& response, HeadFacts facts);
  static HeadFacts entity_facts(const Exchange& exchange, const Response& response, const Entity& entity);
  Pace write_pace() const;

  Context& context_;
  const Door& door_;
  Stream stream_;
  Inbox inbox_;
  Caller caller_;  // as the connection tells it; a request's headers may know better
  boost::asio::cancellation_signal cancel_;
  Phase phase_ = Phase::idle;
  bool aborted_ = false;
  SocketBody socket_;  // set by the request that made this connection a WebSocket
};

}  // namespace heliograph::http
