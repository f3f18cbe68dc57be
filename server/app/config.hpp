// What the owner can set: a TOML file, and the options of the command line that override it.
#pragma once

#include "server/app/config_map.hpp"
#include "server/app/config_openid.hpp"
#include "server/app/config_push.hpp"
#include "server/base/error.hpp"
#include "server/base/log.hpp"
#include "server/http/address.hpp"
#include "server/http/api/backlog.hpp"
#include "server/http/api/camera_shares.hpp"
#include "server/http/server.hpp"
#include "server/http/trust.hpp"
#include "server/jobs/retention.hpp"
#include "server/store/store.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace heliograph::app {

struct Endpoint {
  std::string address;     // an IP address, without brackets
  std::uint16_t port = 0;  // 0: any free one

  friend bool operator==(const Endpoint&, const Endpoint&) = default;
};

struct Config {
  std::filesystem::path data = "data";
  Endpoint listen{"127.0.0.1", 8080};
  // A "postgresql://…" address; empty: SQLite in the data directory.
  std::string database;
  // Pictures that come without a key are filed under a camera of this name; empty: they are refused.
  std::string anonymous_camera;
  std::optional<http::TlsFiles> tls;
  // Beside TLS: where plain HTTP is answered, with the way to https (http::plain_routes).
  std::optional<Endpoint> plain_listen;
  // Where an ACME client puts its proofs; empty: nowhere.
  std::filesystem::path acme_webroot;
  // The roots that cameras are given to trust; empty: those of Let's Encrypt that the system has.
  std::filesystem::path trust_bundle;
  // Who may say for whom they ask (http::ServerOptions); and whether they do by the PROXY protocol.
  std::vector<http::Network> trusted_proxies;
  bool proxy_protocol = false;
  bool plain_proxy_protocol = false;  // at plain_listen
  // When the disk counts as nearly full, and what of it is never given to uploads.
  store::WatermarkSettings disk;
  // How long the trash keeps what was thrown away.
  std::chrono::days trash_life = jobs::usual_trash_life;
  http::Limits limits;
  http::BacklogLimits backlog;
  http::CameraLimits camera;
  // Where people may sign in besides; none: with a password only.
  std::optional<OpenIdConfig> openid;
  http::MapTiles map;
  PushConfig push;
  // No login: whoever reaches the address is an administrator.
  bool insecure_open = false;
  store::SyncPolicy sync = store::SyncPolicy::filesystem;
  std::optional<LogFormat> log_format;  // none: text on a terminal, JSON otherwise
  LogLevel log_level = LogLevel::info;
};

// Reads a TOML file over the defaults. bad_request, with the line, for what is no TOML, for a key that does
// not exist (with the one that was probably meant), and for a value of the wrong kind.
Result<Config> read_config(const std::filesystem::path& file);
// The same from text; `name` is what the sentences call it.
Result<Config> parse_config(std::string_view text, std::string_view name);

// "127.0.0.1:8080", "[::1]:8080", ":8080" (every address), "8080" (this machine).
Result<Endpoint> parse_endpoint(std::string_view text);
std::string to_string(const Endpoint& endpoint);

// May the server listen there? bad_request with the reason and the ways out.
Result<void> check_exposure(const Config& config);

// What the catalog is opened with.
std::string database_of(const Config& config);

// What cameras are given to trust; http::TrustBundle says which errors there are.
Result<http::TrustBundle> trust_of(const Config& config);

}  // namespace heliograph::app
