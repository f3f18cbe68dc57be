// Stream over a socket of lwIP, plain or with TLS, that keeps its deadlines: the socket never blocks,
// select() does. esp_tls is handed a socket that is connected already, because its own way to connect waits
// for the name as long as lwIP likes.
#pragma once

#include "firmware/core/platform/clock.hpp"
#include "firmware/core/platform/stream.hpp"
#include "firmware/core/text.hpp"
#include "firmware/esp32/port/board_trust.hpp"
#include "firmware/esp32/port/name_lookup.hpp"

#include <esp_tls.h>

namespace heliograph::firmware {

// TCP asks a silent peer after so many seconds, so often, so many times: a half-open connection is found
// within two minutes, where a carrier forgets them after a few.
inline constexpr int keep_alive_idle_s = 60;
inline constexpr int keep_alive_interval_s = 20;
inline constexpr int keep_alive_count = 3;

// One task, but for wake(). esp_vfs_eventfd_register() came before. Lives as long as the program.
class SocketStream final : public Stream {
 public:
  // Both outlive this.
  SocketStream(const Clock& clock, const BoardTrust& trust);
  ~SocketStream();

  IoStatus connect(const Address& address, std::int64_t deadline_ms) override;
  IoResult read_some(char* out, std::size_t capacity, std::int64_t deadline_ms) override;
  IoResult write_some(const char* data, std::size_t size, std::int64_t deadline_ms) override;
  void wake() override;
  void close() override;
  std::string_view error_text() const override { return error_.view(); }

 private:
  enum class Until { readable, writable };
  enum class Wakeable { no, yes };  // does wake() end the wait?

  IoStatus connect_to(const AddressText& address, std::uint16_t port, std::int64_t deadline_ms);
  IoStatus open(const AddressText& found, const Address& address, std::int64_t deadline_ms);
  IoStatus shake_hands(const Address& address, std::string_view authority, std::int64_t deadline_ms);
  IoStatus wait(Until until, std::int64_t deadline_ms, Wakeable wakeable);
  template <class Operation>
  IoResult transfer(Until until, std::int64_t deadline_ms, Wakeable wakeable, Operation operation);
  bool take_wake();
  IoStatus fail(std::string_view error);
  IoStatus fail_tls();

  const Clock& clock_;
  const BoardTrust& trust_;
  int trusted_last_ = 0;     // which kind of trust the last handshake succeeded with
  bool distrusted_ = false;  // the last one failed for want of it
  const int wake_;           // eventfd: readable while a wake() was not seen
  NameLookup lookup_;
  int socket_ = -1;
  esp_tls_t* tls_ = nullptr;  // owns the socket, while there is one
  Text<96> error_;
};

}  // namespace heliograph::firmware
