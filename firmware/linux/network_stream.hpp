// Stream over a socket, plain or with TLS, that keeps its deadlines: the socket never blocks, poll() does.
#pragma once

#include "firmware/core/platform/clock.hpp"
#include "firmware/core/platform/stream.hpp"
#include "firmware/linux/file_descriptor.hpp"
#include "firmware/linux/resolver.hpp"
#include "firmware/linux/tls_context.hpp"

#include <memory>
#include <string>

namespace heliograph::firmware {

// Time for one of several addresses of a server, milliseconds: a broken IPv6 route must leave time for IPv4.
inline constexpr std::int64_t address_limit_ms = 5'000;

// One thread, but for wake(). The process must ignore SIGPIPE: OpenSSL writes without MSG_NOSIGNAL.
class NetworkStream final : public Stream {
 public:
  // When `cancel` becomes readable every call fails at once, and goes on failing; -1: never.
  NetworkStream(const Clock& clock, const TlsContext& tls, int cancel);
  ~NetworkStream() { close(); }

  IoStatus connect(const Address& address, std::int64_t deadline_ms) override;
  IoResult read_some(char* out, std::size_t capacity, std::int64_t deadline_ms) override;
  IoResult write_some(const char* data, std::size_t size, std::int64_t deadline_ms) override;
  void wake() override;
  void close() override;
  std::string_view error_text() const override { return error_; }

 private:
  IoStatus connect_to(const SocketAddress& address, std::int64_t deadline_ms);
  IoStatus shake_hands(const std::string& host, std::int64_t deadline_ms);
  enum class Wakeable { no, yes };  // does wake() end the wait?
  IoStatus wait(short events, std::int64_t deadline_ms, Wakeable wakeable = Wakeable::no);
  template <class Operation>
  IoResult transfer(short events, std::int64_t deadline_ms, Wakeable wakeable, Operation operation);
  template <class Operation>
  IoResult transfer_tls(std::int64_t deadline_ms, Wakeable wakeable, Operation operation);
  IoStatus fail(std::string error);
  IoStatus fail_tls(int ssl_error);
  bool cancelled() const;

  const Clock& clock_;
  const TlsContext& tls_context_;
  const int cancel_;
  const FileDescriptor wake_;  // eventfd: readable while a wake() was not seen
  Resolver resolver_;
  FileDescriptor socket_;
  std::unique_ptr<SSL, decltype(&SSL_free)> tls_{nullptr, &SSL_free};
  std::string error_;
};

}  // namespace heliograph::firmware
