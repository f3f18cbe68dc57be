// The way in by an OpenID provider, as it is configured: what asks it, and the thread that waits.
#pragma once

#include "server/app/config.hpp"
#include "server/base/worker.hpp"
#include "server/http/api/routes.hpp"
#include "server/openid/openid.hpp"
#include "server/outbound/outbound.hpp"

#include <memory>

namespace heliograph::app {

class OpenIdDoor {
 public:
  // Null: none is configured, and nothing of it is made. The provider is asked when somebody wants in: it
  // need not be there yet. bad_request: the configuration cannot be used. `clock` outlives it.
  static Result<std::unique_ptr<OpenIdDoor>> open(const Config& config, const Clock& clock);

  // What handlers use; `log` and this outlive it.
  http::OpenId services(Log& log);
  // Ends what is asked of the provider, then the thread. Idempotent.
  void stop() {
    http_.stop();
    worker_.stop();
  }

 private:
  OpenIdDoor(const OpenIdConfig& config, openid::Client client, const Clock& clock);

  const OpenIdConfig config_;
  outbound::HttpClient http_;  // the worker's thread
  openid::Provider provider_;  // the worker's thread
  Worker worker_;
};

}  // namespace heliograph::app
