// Learns in time at which roots its server's certificate will end, so that a camera outlives the authority
// that it was set up with (protocol/README.md, Whom to trust).
//
// In two phases: roots are taken over a connection that is trusted already, and are kept when a connection
// has succeeded that trusts nothing but them. When none does, nothing has changed. Belongs to the agent's
// thread; what must not be in it: how certificates are kept and checked (TrustStore).
#pragma once

#include "firmware/core/http_client.hpp"
#include "firmware/core/http_response.hpp"
#include "firmware/core/platform/storage.hpp"
#include "firmware/core/platform/trust_store.hpp"
#include "firmware/core/text.hpp"
#include "firmware/core/upload_request.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>

namespace heliograph::firmware {

// It asks so often, milliseconds: roots change over months.
inline constexpr std::int64_t roots_interval_ms = std::int64_t{24} * 3'600'000;
// … and so long after nothing came of it.
inline constexpr std::int64_t roots_retry_ms = 3'600'000;
// More bytes of them are not taken; the server gives no more.
inline constexpr std::size_t max_roots = 24 * 1024;

enum class RootsStep {
  prove,      // connect anew and make the next request: the roots are trusted alone
  learnt,     // they are kept
  unchanged,  // the server has the same, or none to give
  useless,    // what it gave does not lead to it, or is no certificate: nothing has changed
  away        // no answer
};

class RootKeeper final : public BodySink {
 public:
  // Both outlive this.
  RootKeeper(TrustStore& trust, Storage& storage) : trust_(trust), storage_(storage) {}

  // After the storage was opened.
  void recover(std::int64_t now_ms);
  // It is time to ask.
  bool is_due(std::int64_t now_ms, std::optional<std::int64_t> wall_ms) const;

  // The next request; the answer's body is to be handed to this.
  void write_request(const Server& server, RequestHead& head) const;
  void take(int status, const ContentRange& range, const char* data, std::size_t size) override;
  // How the exchange ended. Whatever follows is to begin with a new connection, but for `unchanged`.
  RootsStep took(ExchangeStatus status, const HttpResponse& response, std::int64_t now_ms,
                 std::optional<std::int64_t> wall_ms);

 private:
  RootsStep take_roots(const HttpResponse& response);
  RootsStep prove(ExchangeStatus status);
  RootsStep give_up(RootsStep step);
  void save();

  TrustStore& trust_;
  Storage& storage_;
  EntityTag tag_;    // of the roots that were learnt; empty: none were
  EntityTag fresh_;  // of those that are looked at
  std::size_t size_ = 0;
  bool broken_ = false;                      // they cannot be kept
  bool proving_ = false;                     // they are trusted alone
  std::optional<std::int64_t> asked_at_ms_;  // since 1970
  std::int64_t next_ms_ = 0;                 // on the monotonic clock, while the other is not known
};

}  // namespace heliograph::firmware
