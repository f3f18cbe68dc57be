// What a port owes the core about the network: one connection at a time, and never a wait without an end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace heliograph::firmware {

struct Address {
  std::string_view host;  // a name or an IP address, without brackets
  std::uint16_t port = 0;
  bool tls = true;
};

enum class IoStatus {
  ok,
  closed,   // the other side ended the connection in order
  timeout,  // the deadline passed first; the connection stands
  failed    // refused, reset, not trusted, no such name, …: error_text() says it
};

struct IoResult {
  IoStatus status = IoStatus::failed;
  std::size_t size = 0;  // bytes moved; more than zero exactly when status is ok
};

// Owned by one thread, but for wake(). Deadlines are values of Clock::mono_ms(); one that has passed already
// means "what is possible without waiting". No call outlives its deadline by more than 100 ms: not in name
// lookup, not in a TLS handshake, not towards a peer that is half open.
class Stream {
 public:
  // Closes what was open, looks up the name, connects and, with tls, shakes hands and verifies the
  // certificate and its name. ok, timeout or failed.
  virtual IoStatus connect(const Address& address, std::int64_t deadline_ms) = 0;

  // Waits for the first bytes and returns those that are there. `capacity` > 0.
  virtual IoResult read_some(char* out, std::size_t capacity, std::int64_t deadline_ms) = 0;

  // Waits until at least one byte was taken. `size` > 0.
  virtual IoResult write_some(const char* data, std::size_t size, std::int64_t deadline_ms) = 0;

  // Ends the read_some in hand, or else the next one on this connection, with timeout. Any thread; not from a
  // signal or interrupt handler.
  virtual void wake() = 0;

  // Idempotent. Does not wait.
  virtual void close() = 0;

  // What went wrong in the last call that returned failed or timeout, for a person: "connection refused".
  // Valid until the next call.
  virtual std::string_view error_text() const = 0;

 protected:
  ~Stream() = default;
};

}  // namespace heliograph::firmware
