// One HTTP/1.1 request after another over one connection, which is kept as long as the server keeps it.
//
// Every exchange ends by a deadline that follows from its size, whatever the peer does: the hangs of two
// hours that field cameras are known for come from clients that wait per call, or not at all. What must not
// be in it: what is sent and what an answer means.
#pragma once

#include "firmware/core/http_response.hpp"
#include "firmware/core/platform/clock.hpp"
#include "firmware/core/platform/stream.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace heliograph::firmware {

// An exchange may take this long, milliseconds (name, TLS handshake, the server's disk) …
inline constexpr std::int64_t exchange_base_ms = 15'000;
// … and its body as long as the slowest link worth using needs: a bad LTE cell, bytes per millisecond (2
// KB/s).
inline constexpr std::int64_t min_rate_bytes_per_ms = 2;
// No byte accepted for this long while sending: the link is dead, milliseconds. TCP itself would try for 15
// minutes.
inline constexpr std::int64_t stall_limit_ms = 10'000;
// A connection that was silent for longer is not used again, milliseconds: carriers forget theirs after a
// minute or so without telling either side, and finding that out costs a whole exchange.
inline constexpr std::int64_t max_idle_ms = 30'000;
// Handed to the stream at once. Small enough that a slow link makes progress visible well within the stall
// limit.
inline constexpr std::size_t slice_size = 4096;

struct HttpRequest {
  std::string_view head;  // request line and headers with the blank line, Content-Length being that of `body`
  const std::uint8_t* body = nullptr;
  std::size_t body_size = 0;
  BodySink* sink = nullptr;     // of the answer's body; null: what HttpResponse keeps is enough
  std::size_t answer_size = 0;  // bytes of that body at most, where it may take its time
};

enum class ExchangeStatus {
  answered,       // the response is whole, or at least its head and what was kept of its body
  no_connection,  // nothing was sent
  lost,           // the connection ended before the answer
  timeout,
  not_http  // what came back is no HTTP response
};

class HttpClient {
 public:
  // `address.host` must outlive the client.
  HttpClient(Stream& stream, const Clock& clock, Address address);

  // Sends the request and reads the response. A connection that was kept may have died unseen: if it ends
  // before the first byte of the response, the request is sent once more over a new one. Only for requests
  // that may arrive twice.
  ExchangeStatus exchange(const HttpRequest& request, HttpResponse& response);

  void close();

  // What the stream said when the last exchange failed.
  std::string_view error_text() const { return stream_.error_text(); }

 private:
  ExchangeStatus attempt(const HttpRequest& request, HttpResponse& response, std::int64_t deadline_ms);
  IoStatus send(const char* data, std::size_t size, HttpResponse& response, std::int64_t deadline_ms);
  IoStatus receive(HttpResponse& response, std::int64_t deadline_ms);

  Stream& stream_;
  const Clock& clock_;
  const Address address_;
  bool connected_ = false;
  std::int64_t last_used_ms_ = 0;  // when the last exchange ended
};

}  // namespace heliograph::firmware
