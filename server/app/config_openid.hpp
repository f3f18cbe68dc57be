// The table [openid]: the provider that people may sign in with.
#pragma once

#include "server/base/error.hpp"
#include "server/openid/openid.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace heliograph::app {

class Reader;  // config_reader.hpp

struct OpenIdConfig {
  std::string issuer;
  std::string client_id;
  std::filesystem::path client_secret_file;  // empty: a public client
  std::string name;                          // what the button says
  std::filesystem::path ca_file;             // empty: the system's roots alone
  std::string scopes;
  std::string address;  // where people reach this server; empty: as each of them asks

  friend bool operator==(const OpenIdConfig&, const OpenIdConfig&) = default;
};

// nullopt: there is no such table. bad_request, with the line.
Result<std::optional<OpenIdConfig>> read_openid(const Reader& reader);

// With the secret, which is read from its file. bad_request: that cannot be read, or holds no secret.
Result<openid::Client> openid_client(const OpenIdConfig& config);

// Bytes of a secret. Providers' have 100 at most.
inline constexpr std::size_t max_client_secret = 1024;

}  // namespace heliograph::app
