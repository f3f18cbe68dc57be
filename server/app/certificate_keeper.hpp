// Keeps a running server's certificate the one that its files hold, and warns when nobody renews it, or when
// cameras would not trust it.
#pragma once

#include "server/base/log.hpp"
#include "server/base/time.hpp"
#include "server/http/server.hpp"
#include "server/http/trust.hpp"

#include <atomic>
#include <cstdint>
#include <optional>

namespace heliograph::app {

// Is it time to warn? ACME clients renew when a third of a certificate's life is left; when only a fifth is,
// they have failed for a while: 18 days before the end of 90, a day before the end of six.
bool is_overdue(const http::Certificate& certificate, Timestamp now);

// Main thread.
class CertificateKeeper {
 public:
  // All outlive this. `trust`: what cameras are given to trust; null: nothing. Before the server is started
  // with these files: what is written meanwhile is then seen.
  CertificateKeeper(http::Server& server, http::TlsFiles files, const http::TrustBundle* trust,
                    const Clock& clock, Log& log);

  // Has the server take over what was renewed since the last look. What cannot be used is told once, and
  // tried again at the next look: an ACME client writes two files, one after the other.
  void look();

  // What cameras may be given to trust now. Null unless the certificate in use ends there: a camera that took
  // it could not speak to us any more. Any thread.
  const http::TrustBundle* published() const { return published_ ? trust_ : nullptr; }

 private:
  // Tells one state of both files from another.
  struct State {
    std::int64_t certificate_ns = 0;  // when it was written
    std::int64_t key_ns = 0;

    friend bool operator==(const State&, const State&) = default;
  };
  State state_of_files() const;
  void take_over();
  void judge();
  void warn();

  http::Server& server_;
  const http::TlsFiles files_;
  const http::TrustBundle* const trust_;
  const Clock& clock_;
  Log& log_;
  State used_;
  std::optional<State> refused_;
  std::optional<SteadyTime> warned_at_;
  std::atomic<bool> published_{false};
};

}  // namespace heliograph::app
