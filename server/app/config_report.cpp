#include "server/app/config_report.hpp"

#include "server/app/units.hpp"

#include <algorithm>
#include <optional>

namespace heliograph::app {
namespace {

using Settings = std::vector<http::EffectiveSetting>;

std::string flag(bool value) {
  return value ? "true" : "false";
}

std::string size(const std::optional<std::uint64_t>& bytes, const char* otherwise) {
  return bytes ? size_text(static_cast<std::int64_t>(*bytes)) : otherwise;
}

std::string or_word(const std::string& text, const char* otherwise) {
  return text.empty() ? otherwise : text;
}

std::string sync_word(store::SyncPolicy policy) {
  switch (policy) {
    case store::SyncPolicy::filesystem:
      return "filesystem";
    case store::SyncPolicy::each_file:
      return "each-file";
    case store::SyncPolicy::unsafe_never:
      break;
  }
  return "never";
}

std::string level_word(LogLevel level) {
  switch (level) {
    case LogLevel::debug:
      return "debug";
    case LogLevel::info:
      return "info";
    case LogLevel::warning:
      return "warning";
    case LogLevel::error:
      break;
  }
  return "error";
}

void add_common(Settings& settings, const Config& config) {
  const char* by_terminal = "text on a terminal, JSON otherwise";
  const std::string format =
      config.log_format ? (*config.log_format == LogFormat::json ? "json" : "text") : by_terminal;
  settings.insert(
      settings.end(),
      {{"data", config.data.string(), "Where pictures and the catalog are."},
       {"listen", to_string(config.listen), "The address that people and cameras reach."},
       {"database",
        config.database.empty() ? "SQLite in the data directory" : without_password(config.database),
        "What the catalog is kept in."},
       {"anonymous_camera", or_word(config.anonymous_camera, "none"),
        "Pictures without a key are filed under this camera; without one they are refused."},
       {"insecure_open", flag(config.insecure_open),
        "Whether everybody who reaches the address may do everything, without a login."},
       {"sync", sync_word(config.sync), "What makes a picture durable before its camera is told so."},
       {"disk_low", size(config.disk.low_bytes, "a tenth of the disk"),
        "Below this much room retention runs early."},
       {"disk_reserve", size(config.disk.reserve_bytes, "a fiftieth of the disk"),
        "Uploads may not reach into this much room."},
       {"log_format", format, "How the log is written."},
       {"log_level", level_word(config.log_level), "What is less than this is not told."}});
}

void add_limits(Settings& settings, const Config& config) {
  const auto& connections = config.limits.connections_per_address;
  settings.insert(settings.end(),
                  {{"limits.waiting_bytes", size_text(static_cast<std::int64_t>(config.backlog.bytes)),
                    "Whole pictures that wait for the disk; beyond it no more is read."},
                   {"limits.connections_per_address",
                    connections ? std::to_string(*connections) : "half of all there is room for",
                    "So that nobody takes every place there is."},
                   {"limits.uploads_per_camera", std::to_string(config.camera.uploads), "In hand at once."},
                   {"limits.images_per_minute", std::to_string(config.camera.images_per_minute),
                    "Of one camera in the long run; 0: any number."},
                   {"limits.image_burst", std::to_string(config.camera.image_burst),
                    "Of one camera at once, before that rate counts."}});
}

void add_map(Settings& settings, const Config& config) {
  settings.insert(settings.end(),
                  {{"map.tiles", or_word(config.map.url, "none"),
                    "Whose pictures lie below the cameras on the map; without any nobody is asked."},
                   {"map.credit", or_word(config.map.credit, "none"), "Who is named beside them."}});
}

void add_openid(Settings& settings, const Config& config) {
  const OpenIdConfig openid = config.openid.value_or(OpenIdConfig{});
  settings.insert(
      settings.end(),
      {{"openid.issuer", or_word(openid.issuer, "none"), "Another way to sign in beside a password."},
       {"openid.client_id", or_word(openid.client_id, "none"), "As what this server is known there."},
       {"openid.client_secret_file", or_word(openid.client_secret_file.string(), "none"),
        "Where the secret is that it knows this server by."},
       {"openid.name", or_word(openid.name, "the issuer's host"), "What the button says."},
       {"openid.address", or_word(openid.address, "as each browser asks"), "Where people come back to."},
       {"openid.ca_file", or_word(openid.ca_file.string(), "none"),
        "Certificates that are believed of it beside the system's."},
       {"openid.scopes", or_word(openid.scopes, "none"), "What it is asked to tell of somebody."}});
}

void add_push(Settings& settings, const Config& config) {
  std::string services;
  for (const std::string& host : config.push.services) services += (services.empty() ? "" : ", ") + host;
  settings.insert(settings.end(), {{"push.contact", or_word(config.push.contact, "this server's own address"),
                                    "Whom a push service writes to that has trouble with this server."},
                                   {"push.services", or_word(services, "none"),
                                    "The push services that are told of alerts for browsers."},
                                   {"push.ca_file", or_word(config.push.ca_file.string(), "none"),
                                    "Certificates that are believed of them beside the system's."}});
}

void add_tls(Settings& settings, const Config& config) {
  const http::TlsFiles tls = config.tls.value_or(http::TlsFiles{});
  settings.insert(
      settings.end(),
      {{"tls.certificate", or_word(tls.certificate, "none"), "The chain that this server shows."},
       {"tls.key", or_word(tls.key, "none"), "The file of the key that belongs to it."},
       {"tls.http", config.plain_listen ? to_string(*config.plain_listen) : "none",
        "Where plain HTTP is answered, with the way to https."},
       {"tls.acme_webroot", or_word(config.acme_webroot.string(), "none"), "Where certbot puts its proofs."},
       {"tls.trust_bundle", or_word(config.trust_bundle.string(), "the system's of Let's Encrypt"),
        "The roots that cameras are given to trust."}});
}

void add_proxies(Settings& settings, const Config& config) {
  const std::size_t count = config.trusted_proxies.size();
  const std::string trusted = count == 1 ? "1 network" : std::to_string(count) + " networks";
  settings.insert(settings.end(),
                  {{"proxies.trusted", count == 0 ? "nobody" : trusted, "Whose word about who asks counts."},
                   {"proxies.proxy_protocol", flag(config.proxy_protocol),
                    "Whether connections to the address begin with a PROXY header."},
                   {"proxies.proxy_protocol_http", flag(config.plain_proxy_protocol),
                    "The same for the address of plain HTTP."}});
}

}  // namespace

std::string without_password(const std::string& address) {
  const auto scheme = address.find("://");
  if (scheme == std::string::npos) return address;
  const auto host = address.find_last_of('@', address.find_first_of("/?", scheme + 3));
  const auto password = address.find(':', scheme + 3);
  std::string shown = address;
  if (host != std::string::npos && password < host) shown.replace(password + 1, host - password - 1, "…");
  // libpq takes one among the parameters too.
  if (const auto parameter = shown.find("password="); parameter != std::string::npos) {
    const auto value = parameter + std::string_view("password=").size();
    shown.replace(value, std::min(shown.find('&', value), shown.size()) - value, "…");
  }
  return shown;
}

std::vector<http::EffectiveSetting> effective_settings(const Config& config) {
  Settings settings;
  add_common(settings, config);
  add_limits(settings, config);
  add_map(settings, config);
  add_openid(settings, config);
  add_push(settings, config);
  add_tls(settings, config);
  add_proxies(settings, config);
  return settings;
}

}  // namespace heliograph::app
