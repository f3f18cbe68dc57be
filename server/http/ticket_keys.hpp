// The keys of session tickets (RFC 5077, RFC 8446 4.6.1), which do not last: whoever steals one reads, of TLS
// 1.2, what went through the connections that it made tickets for.
//
// Belongs to one server and outlives every context and connection that was made with it, so that tickets hold
// over a change of the certificate. Once connections use it, it belongs to their thread.
#pragma once

#include "server/base/time.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>

struct ssl_ctx_st;

namespace heliograph::http {

// For new tickets; for as long again its tickets are taken. OpenSSL's own last two hours, so that nobody
// notices when it changes.
inline constexpr std::chrono::hours ticket_key_life{12};

class TicketKeys {
 public:
  explicit TicketKeys(SteadyTime now);
  ~TicketKeys();
  TicketKeys(const TicketKeys&) = delete;
  TicketKeys& operator=(const TicketKeys&) = delete;

  // Connections of this context give out and take tickets of these keys.
  void serve(ssl_ctx_st* context);

  // Once the key is as old as it may be, a new one takes its place, and the one before goes: to be called now
  // and then, also while nobody connects.
  void rotate(SteadyTime now);

  struct Key {
    std::array<std::uint8_t, 16> name;
    std::array<std::uint8_t, 32> cipher;
    std::array<std::uint8_t, 32> mac;
  };
  // The one for new tickets; null when the system has no random numbers: then nobody gets a ticket.
  const Key* current() const { return current_ ? &*current_ : nullptr; }
  // The one of that name, if its tickets are still taken.
  const Key* find(std::span<const std::uint8_t, 16> name) const;

 private:
  void renew();
  static void forget(std::optional<Key>& key);

  SteadyTime made_;  // the current one
  std::optional<Key> current_;
  std::optional<Key> previous_;
};

}  // namespace heliograph::http
