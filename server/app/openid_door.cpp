#include "server/app/openid_door.hpp"

#include <utility>

namespace heliograph::app {
namespace {

// Sign-ins that wait for the provider: more than come in at once, and few enough that the last of them does
// not wait longer than its browser. Who is one too many is told to try again.
constexpr std::size_t max_waiting_sign_ins = 16;

}  // namespace

OpenIdDoor::OpenIdDoor(const OpenIdConfig& config, openid::Client client, const Clock& clock)
    : config_(config),
      http_(config.ca_file),
      provider_(
          std::move(client), [this](const outbound::HttpRequest& request) { return http_.send(request); },
          clock),
      worker_("openid", 1, max_waiting_sign_ins) {}

Result<std::unique_ptr<OpenIdDoor>> OpenIdDoor::open(const Config& config, const Clock& clock) {
  if (!config.openid) return std::unique_ptr<OpenIdDoor>();
  if (config.insecure_open) {
    return Error{ErrorKind::bad_request,
                 "[openid] is for a server with a login; this one is open to everybody "
                 "(insecure_open)"};
  }
  auto client = openid_client(*config.openid);
  if (!client) return client.error();
  return std::unique_ptr<OpenIdDoor>(new OpenIdDoor(*config.openid, std::move(*client), clock));
}

http::OpenId OpenIdDoor::services(Log& log) {
  return {provider_, worker_, config_.issuer, config_.name, config_.address, log};
}

}  // namespace heliograph::app
