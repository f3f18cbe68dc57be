#include "server/app/config_openid.hpp"

#include "server/app/config_reader.hpp"

#include <fstream>

namespace heliograph::app {
namespace {

// https://photos.example.org: without a path, so that what is put behind it is the whole of it.
bool is_own_address(std::string_view address) {
  const auto scheme = address.find("://");
  return openid::check_issuer(address).has_value() && scheme != std::string_view::npos &&
         address.find('/', scheme + 3) == std::string_view::npos;
}

std::string host_of(std::string_view url) {
  const auto begin = url.find("://") + 3;
  return std::string(url.substr(begin, url.find_first_of(":/", begin) - begin));
}

bool holds_openid(std::string_view scopes) {
  return (' ' + std::string(scopes) + ' ').find(" openid ") != std::string::npos;
}

}  // namespace

Result<std::optional<OpenIdConfig>> read_openid(const Reader& reader) {
  const toml::node* node = reader.table().get("openid");
  if (node == nullptr) return std::optional<OpenIdConfig>{};
  const toml::table* table = node->as_table();
  const auto wrong = [&reader](const toml::node& where, const std::string& what) {
    return Error{ErrorKind::bad_request, reader.at(where) + what};
  };
  if (table == nullptr) return wrong(*node, "`openid` must be a table: [openid]");
  constexpr std::array<std::string_view, 7> known{"address", "ca_file", "client_id", "client_secret_file",
                                                  "issuer",  "name",    "scopes"};
  if (auto checked = reader.check_keys(*table, known, "openid."); !checked) return checked.error();
  std::array<std::string, known.size()> texts;
  for (std::size_t i = 0; i < known.size(); ++i) {
    auto text = reader.read<std::string>(*table, known[i], "a text in quotes");
    if (!text) return text.error();
    if (*text && (*text)->empty()) {
      return wrong(*table->get(known[i]), "`openid." + std::string(known[i]) + "` is empty");
    }
    texts[i] = std::move(*text).value_or("");
  }
  auto& [address, ca_file, client_id, client_secret_file, issuer, name, scopes] = texts;
  if (issuer.empty() || client_id.empty()) {
    return wrong(*node, "[openid] needs `issuer` and `client_id`, as the provider tells them");
  }
  if (auto good = openid::check_issuer(issuer); !good)
    return wrong(*table->get("issuer"), good.error().detail);
  if (!address.empty() && !is_own_address(address)) {
    return wrong(
        *table->get("address"),
        "`openid.address` is where people reach this server, like https://photos.example.org, without "
        "a path");
  }
  if (!scopes.empty() && !holds_openid(scopes)) {
    return wrong(*table->get("scopes"), "`openid.scopes` must hold `openid`");
  }
  if (name.empty()) name = host_of(issuer);
  if (scopes.empty()) scopes = openid::Client{}.scopes;
  return OpenIdConfig{std::move(issuer), std::move(client_id), std::move(client_secret_file),
                      std::move(name),   std::move(ca_file),   std::move(scopes),
                      std::move(address)};
}

Result<openid::Client> openid_client(const OpenIdConfig& config) {
  openid::Client client{config.issuer, config.client_id, "", config.scopes};
  if (!config.ca_file.empty() && !std::ifstream(config.ca_file)) {
    return Error{ErrorKind::bad_request, "openid.ca_file " + config.ca_file.string() + " cannot be read"};
  }
  if (config.client_secret_file.empty()) return client;
  const std::string where = "openid.client_secret_file " + config.client_secret_file.string();
  std::ifstream file(config.client_secret_file, std::ios::binary);
  std::string secret(max_client_secret + 1, '\0');
  if (!file) return Error{ErrorKind::bad_request, where + " cannot be read"};
  file.read(secret.data(), static_cast<std::streamsize>(secret.size()));
  secret.resize(static_cast<std::size_t>(file.gcount()));
  if (secret.size() > max_client_secret) {
    return Error{ErrorKind::bad_request,
                 where + " is longer than " + std::to_string(max_client_secret) + " bytes: no secret is"};
  }
  secret.erase(secret.find_last_not_of(" \t\r\n") + 1);
  if (secret.empty() || secret.find_first_of("\r\n") != std::string::npos) {
    return Error{ErrorKind::bad_request, where + " must hold the secret, on one line"};
  }
  client.client_secret = std::move(secret);
  return client;
}

}  // namespace heliograph::app
