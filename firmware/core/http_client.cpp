#include "firmware/core/http_client.hpp"

#include <algorithm>

namespace heliograph::firmware {

namespace {

// Bytes read at once; a receipt with its headers fits.
constexpr std::size_t read_size = 1024;

}  // namespace

HttpClient::HttpClient(Stream& stream, const Clock& clock, Address address)
    : stream_(stream), clock_(clock), address_(address) {}

void HttpClient::close() {
  stream_.close();
  connected_ = false;
}

ExchangeStatus HttpClient::exchange(const HttpRequest& request, HttpResponse& response) {
  const std::int64_t deadline_ms =
      clock_.mono_ms() + exchange_base_ms +
      static_cast<std::int64_t>(request.body_size + request.answer_size) / min_rate_bytes_per_ms;
  if (clock_.mono_ms() - last_used_ms_ > max_idle_ms) close();
  for (;;) {
    const bool reused = connected_;
    const ExchangeStatus status = attempt(request, response, deadline_ms);
    const bool stale = reused && status == ExchangeStatus::lost && response.untouched();
    if (status != ExchangeStatus::answered || !response.keep_alive()) close();
    last_used_ms_ = clock_.mono_ms();
    if (!stale) return status;
  }
}

ExchangeStatus HttpClient::attempt(const HttpRequest& request, HttpResponse& response,
                                   std::int64_t deadline_ms) {
  response.clear(request.sink);
  if (!connected_) {
    const IoStatus status = stream_.connect(address_, deadline_ms);
    if (status == IoStatus::timeout) return ExchangeStatus::timeout;
    if (status != IoStatus::ok) return ExchangeStatus::no_connection;
    connected_ = true;
  }

  IoStatus status = send(request.head.data(), request.head.size(), response, deadline_ms);
  if (status == IoStatus::ok && !response.head_complete()) {
    status = send(reinterpret_cast<const char*>(request.body), request.body_size, response, deadline_ms);
  }
  if (status == IoStatus::timeout) return ExchangeStatus::timeout;
  const bool sent_whole = status == IoStatus::ok && !response.head_complete();

  // Also when sending failed: a server that refuses a picture by its first bytes answers, and then hangs up.
  if (status == IoStatus::failed) status = IoStatus::ok;
  while (status == IoStatus::ok && !response.done() && !response.failed())
    status = receive(response, deadline_ms);

  // A head is an answer, even when the rest never comes: its status says what became of the picture.
  if (response.head_complete()) {
    if (!sent_whole) close();
    return ExchangeStatus::answered;
  }
  if (status == IoStatus::timeout) return ExchangeStatus::timeout;
  return status == IoStatus::ok ? ExchangeStatus::not_http : ExchangeStatus::lost;
}

// Stops early, with ok, when the head of a response arrives: the server has made up its mind.
IoStatus HttpClient::send(const char* data, std::size_t size, HttpResponse& response,
                          std::int64_t deadline_ms) {
  while (size > 0) {
    const std::int64_t now_ms = clock_.mono_ms();
    const IoStatus early = receive(response, now_ms);
    if (early != IoStatus::ok && early != IoStatus::timeout) return early;
    if (response.head_complete() || response.failed()) return IoStatus::ok;

    const std::int64_t slice_deadline_ms = std::min(deadline_ms, now_ms + stall_limit_ms);
    const IoResult written = stream_.write_some(data, std::min(size, slice_size), slice_deadline_ms);
    if (written.status != IoStatus::ok) return written.status;
    data += written.size;
    size -= written.size;
  }
  return IoStatus::ok;
}

IoStatus HttpClient::receive(HttpResponse& response, std::int64_t deadline_ms) {
  char bytes[read_size];
  const IoResult read = stream_.read_some(bytes, sizeof bytes, deadline_ms);
  if (read.status == IoStatus::ok) {
    response.feed(bytes, read.size);
  } else if (read.status == IoStatus::closed) {
    response.end_of_stream();
  }
  return read.status;
}

}  // namespace heliograph::firmware
