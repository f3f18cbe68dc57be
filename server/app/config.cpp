#include "server/app/config.hpp"

#include "server/app/config_openid.hpp"
#include "server/app/config_reader.hpp"
#include "server/app/units.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <functional>
#include <iterator>
#include <sstream>
#include <vector>

#include <toml++/toml.h>

namespace heliograph::app {
namespace {

// The plain listener beside TLS, and what it is for.
Result<void> read_plain(const Reader& reader, const toml::table& table, Config& config) {
  const auto http = reader.read<std::string>(table, "http", "an address to listen on, in quotes");
  if (!http) return http.error();
  const auto webroot = reader.read<std::string>(table, "acme_webroot", "the path of a directory");
  if (!webroot) return webroot.error();
  if (*webroot && !*http) {
    return Error{ErrorKind::bad_request,
                 reader.at(*table.get("acme_webroot")) +
                     "`acme_webroot` needs `http = \":80\"`: that is where proofs are fetched"};
  }
  if (!*http) return {};
  auto endpoint = parse_endpoint(**http);
  if (!endpoint)
    return Error{ErrorKind::bad_request, reader.at(*table.get("http")) + endpoint.error().detail};
  config.plain_listen = std::move(*endpoint);
  config.acme_webroot = webroot->value_or("");
  return {};
}

Result<void> read_tls(const Reader& reader, Config& config) {
  const toml::node* node = reader.table().get("tls");
  if (node == nullptr) return {};
  const toml::table* table = node->as_table();
  if (table == nullptr)
    return Error{ErrorKind::bad_request, reader.at(*node) + "`tls` must be a table: [tls]"};
  constexpr std::array<std::string_view, 5> known{"acme_webroot", "certificate", "http", "key",
                                                  "trust_bundle"};
  if (auto checked = reader.check_keys(*table, known, "tls."); !checked) return checked.error();
  const auto certificate = reader.read<std::string>(*table, "certificate", "the path of a PEM file");
  if (!certificate) return certificate.error();
  const auto key = reader.read<std::string>(*table, "key", "the path of a PEM file");
  if (!key) return key.error();
  if (!*certificate || !*key) {
    return Error{ErrorKind::bad_request, reader.at(*node) + "[tls] needs both `certificate` and `key`"};
  }
  const auto trust = reader.read<std::string>(*table, "trust_bundle", "the path of a PEM file");
  if (!trust) return trust.error();
  config.trust_bundle = trust->value_or("");
  if (auto plain = read_plain(reader, *table, config); !plain) return plain;
  config.tls = http::TlsFiles{**certificate, **key, /*may_come_later=*/!config.acme_webroot.empty()};
  return {};
}

Result<void> read_proxies(const Reader& reader, Config& config) {
  const toml::node* node = reader.table().get("proxies");
  if (node == nullptr) return {};
  const toml::table* table = node->as_table();
  if (table == nullptr)
    return Error{ErrorKind::bad_request, reader.at(*node) + "`proxies` must be a table: [proxies]"};
  constexpr std::array<std::string_view, 3> known{"proxy_protocol", "proxy_protocol_http", "trusted"};
  if (auto checked = reader.check_keys(*table, known, "proxies."); !checked) return checked;
  const toml::array* trusted = table->get_as<toml::array>("trusted");
  if (trusted == nullptr || trusted->empty()) {
    return Error{ErrorKind::bad_request,
                 reader.at(*node) +
                     "[proxies] needs `trusted`, a list of their addresses: [\"10.0.0.5\", \"10.1.0.0/24\"]"};
  }
  for (const toml::node& entry : *trusted) {
    const auto text = entry.value_exact<std::string>();
    const auto network = http::Network::parse(text.value_or(""));
    if (!network)
      return Error{ErrorKind::bad_request, reader.at(entry) + "in `trusted` " + network.error().detail};
    config.trusted_proxies.push_back(*network);
  }
  const auto protocol = reader.read<bool>(*table, "proxy_protocol", "true or false");
  if (!protocol) return protocol.error();
  config.proxy_protocol = protocol->value_or(false);
  const auto plain = reader.read<bool>(*table, "proxy_protocol_http", "true or false");
  if (!plain) return plain.error();
  config.plain_proxy_protocol = plain->value_or(false);
  if (config.plain_proxy_protocol && !config.plain_listen) {
    return Error{ErrorKind::bad_request,
                 reader.at(*table->get("proxy_protocol_http")) +
                     "`proxy_protocol_http` is of the listener that `http` of [tls] names"};
  }
  return {};
}

// A whole number from `least` to `most`, if the key is there.
template <class T, class Into>
Result<void> read_number(const Reader& reader, const toml::table& table, std::string_view key, T least,
                         T most, Into& into) {
  const std::string kind = "a whole number from " + std::to_string(least) + " to " + std::to_string(most);
  const auto number = reader.read<std::int64_t>(table, key, kind);
  if (!number) return number.error();
  if (!*number) return {};
  if (**number < static_cast<std::int64_t>(least) || **number > static_cast<std::int64_t>(most)) {
    return Error{ErrorKind::bad_request,
                 reader.at(*table.get(key)) + "`" + std::string(key) + "` must be " + kind};
  }
  into = static_cast<T>(**number);
  return {};
}

Result<void> read_limits(const Reader& reader, Config& config) {
  const toml::node* node = reader.table().get("limits");
  if (node == nullptr) return {};
  const toml::table* table = node->as_table();
  if (table == nullptr)
    return Error{ErrorKind::bad_request, reader.at(*node) + "`limits` must be a table: [limits]"};
  constexpr std::array<std::string_view, 5> known{"connections_per_address", "image_burst",
                                                  "images_per_minute", "uploads_per_camera", "waiting_bytes"};
  if (auto checked = reader.check_keys(*table, known, "limits."); !checked) return checked;
  const auto bytes = reader.read<std::string>(*table, "waiting_bytes", "a text in quotes");
  if (!bytes) return bytes.error();
  if (*bytes) {
    const auto size = parse_size(**bytes);
    if (!size)
      return Error{ErrorKind::bad_request, reader.at(*table->get("waiting_bytes")) + size.error().detail};
    config.backlog.bytes = *size;
  }
  constexpr std::size_t most = 1'000'000;  // more than one machine has of anything here
  constexpr auto most_images = static_cast<std::uint32_t>(most);
  auto read = read_number<std::size_t>(reader, *table, "connections_per_address", 1, most,
                                       config.limits.connections_per_address);
  if (read)
    read = read_number<std::size_t>(reader, *table, "uploads_per_camera", 1, most, config.camera.uploads);
  if (read) {
    read = read_number<std::uint32_t>(reader, *table, "images_per_minute", 0, most_images,
                                      config.camera.images_per_minute);
  }
  if (read) {
    read =
        read_number<std::uint32_t>(reader, *table, "image_burst", 1, most_images, config.camera.image_burst);
  }
  return read;
}

template <class T, std::size_t N>
Result<T> choose(const std::array<std::pair<std::string_view, T>, N>& choices, const std::string& text,
                 std::string_view key) {
  std::string allowed;
  for (const auto& [name, value] : choices) {
    if (name == text) return value;
    allowed += (allowed.empty() ? "" : ", ") + std::string(name);
  }
  return Error{ErrorKind::bad_request, "`" + std::string(key) + "` must be one of " + allowed};
}

Result<void> take_size(const std::string& text, std::optional<std::uint64_t>& into) {
  const auto size = parse_size(text);
  if (!size) return size.error();
  into = *size;
  return {};
}

Result<Config> config_from(const Reader& reader) {
  constexpr std::array<std::string_view, 17> known{
      "anonymous_camera", "data",   "database",   "disk_low",  "disk_reserve", "insecure_open",
      "limits",           "listen", "log_format", "log_level", "map",          "openid",
      "proxies",          "push",   "sync",       "tls",       "trash_days"};
  const toml::table& table = reader.table();
  if (auto checked = reader.check_keys(table, known, ""); !checked) return checked.error();
  Config config;
  const std::pair<std::string_view, std::function<Result<void>(const std::string&)>> texts[] = {
      {"data",
       [&](const std::string& text) {
         config.data = text;
         return Result<void>();
       }},
      {"database",
       [&](const std::string& text) {
         config.database = text;
         return Result<void>();
       }},
      {"anonymous_camera",
       [&](const std::string& text) {
         config.anonymous_camera = text;
         return Result<void>();
       }},
      {"disk_low", [&](const std::string& text) { return take_size(text, config.disk.low_bytes); }},
      {"disk_reserve", [&](const std::string& text) { return take_size(text, config.disk.reserve_bytes); }},
      {"listen",
       [&](const std::string& text) -> Result<void> {
         auto endpoint = parse_endpoint(text);
         if (!endpoint) return endpoint.error();
         config.listen = std::move(*endpoint);
         return {};
       }},
      {"sync",
       [&](const std::string& text) -> Result<void> {
         constexpr std::array<std::pair<std::string_view, store::SyncPolicy>, 2> policies{
             {{"filesystem", store::SyncPolicy::filesystem}, {"each-file", store::SyncPolicy::each_file}}};
         const auto policy = choose(policies, text, "sync");
         if (!policy) return policy.error();
         config.sync = *policy;
         return {};
       }},
      {"log_format",
       [&](const std::string& text) -> Result<void> {
         constexpr std::array<std::pair<std::string_view, LogFormat>, 2> formats{
             {{"text", LogFormat::text}, {"json", LogFormat::json}}};
         const auto format = choose(formats, text, "log_format");
         if (!format) return format.error();
         config.log_format = *format;
         return {};
       }},
      {"log_level",
       [&](const std::string& text) -> Result<void> {
         constexpr std::array<std::pair<std::string_view, LogLevel>, 4> levels{
             {{"debug", LogLevel::debug},
              {"info", LogLevel::info},
              {"warning", LogLevel::warning},
              {"error", LogLevel::error}}};
         const auto level = choose(levels, text, "log_level");
         if (!level) return level.error();
         config.log_level = *level;
         return {};
       }},
  };
  for (const auto& [key, take] : texts) {
    const auto text = reader.read<std::string>(table, key, "a text in quotes");
    if (!text) return text.error();
    if (!*text) continue;
    if (auto taken = take(**text); !taken) {
      return Error{ErrorKind::bad_request, reader.at(*table.get(key)) + taken.error().detail};
    }
  }
  const auto insecure_open = reader.read<bool>(table, "insecure_open", "true or false");
  if (!insecure_open) return insecure_open.error();
  config.insecure_open = insecure_open->value_or(false);
  std::int64_t trash_days = config.trash_life.count();
  if (auto read =
          read_number<std::int64_t>(reader, table, "trash_days", 1, catalog::max_keep_days, trash_days);
      !read)
    return read.error();
  config.trash_life = std::chrono::days{trash_days};
  if (auto limits = read_limits(reader, config); !limits) return limits.error();
  if (auto tls = read_tls(reader, config); !tls) return tls.error();
  if (auto proxies = read_proxies(reader, config); !proxies) return proxies.error();
  auto openid = read_openid(reader);
  if (!openid) return openid.error();
  config.openid = std::move(*openid);
  auto map = read_map(reader);
  if (!map) return map.error();
  config.map = std::move(*map);
  auto push = read_push(reader);
  if (!push) return push.error();
  config.push = std::move(*push);
  return config;
}

}  // namespace

Result<Config> read_config(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) {
    return Error{ErrorKind::bad_request, "the configuration " + file.string() + " cannot be read"};
  }
  std::ostringstream text;
  text << stream.rdbuf();
  return parse_config(text.str(), file.string());
}

Result<Config> parse_config(std::string_view text, std::string_view name) try {
  const toml::table table = toml::parse(text);
  return config_from(Reader(table, std::string(name)));
} catch (const toml::parse_error& failure) {
  return Error{ErrorKind::bad_request, std::string(name) + ":" + std::to_string(failure.source().begin.line) +
                                           ": " + std::string(failure.description())};
}

Result<Endpoint> parse_endpoint(std::string_view text) {
  const Error wrong{ErrorKind::bad_request,
                    "an address to listen on looks like 127.0.0.1:8080, [::1]:8080, or :8080; \"" +
                        std::string(text) + "\" does not"};
  std::string_view address = "127.0.0.1";
  std::string_view port = text;
  if (const auto colon = text.rfind(':'); colon != std::string_view::npos) {
    address = text.substr(0, colon);
    port = text.substr(colon + 1);
    if (address.empty()) {
      address = "0.0.0.0";
    } else if (address.front() == '[') {
      if (address.size() < 3 || address.back() != ']') return wrong;
      address = address.substr(1, address.size() - 2);
    } else if (address.find(':') != std::string_view::npos) {
      return wrong;
    }
  }
  Endpoint endpoint{std::string(address), 0};
  const char* end = port.data() + port.size();
  const auto [stopped, failed] = std::from_chars(port.data(), end, endpoint.port);
  if (port.empty() || failed != std::errc{} || stopped != end) return wrong;
  return endpoint;
}

std::string to_string(const Endpoint& endpoint) {
  const bool v6 = endpoint.address.find(':') != std::string::npos;
  return (v6 ? "[" + endpoint.address + "]" : endpoint.address) + ":" + std::to_string(endpoint.port);
}

Result<void> check_exposure(const Config& config) {
  if (config.insecure_open || config.tls || http::is_loopback(config.listen.address)) return {};
  if (!config.trusted_proxies.empty()) return {};  // TLS ends there; what comes past them is refused
  return Error{
      ErrorKind::bad_request,
      "refusing to listen on " + to_string(config.listen) +
          " without TLS: passwords and keys could be read on the way. Give it a certificate ([tls], see "
          "docs/https.md), name the proxy in front that has one ([proxies], see docs/behind-a-proxy.md), "
          "listen "
          "on 127.0.0.1 and reach it by an SSH tunnel, or do without a login altogether with "
          "--insecure-open"};
}

std::string database_of(const Config& config) {
  return config.database.empty() ? (config.data / "heliograph.sqlite").string() : config.database;
}

Result<http::TrustBundle> trust_of(const Config& config) {
  return config.trust_bundle.empty() ? http::TrustBundle::of_lets_encrypt()
                                     : http::TrustBundle::read(config.trust_bundle);
}

}  // namespace heliograph::app
