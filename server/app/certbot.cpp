#include "server/app/certbot.hpp"

#include "server/http/text.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <charconv>
#include <netinet/in.h>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace heliograph::app {
namespace {

// RFC 1035: of a whole name, and of what stands between its dots.
constexpr std::size_t max_name_bytes = 253;
constexpr std::size_t max_label_bytes = 63;

constexpr std::string_view how_to_install =
    "Debian's is too old. Install the current one beside it, as root:\n"
    "  apt-get install python3-venv\n"
    "  python3 -m venv /opt/certbot\n"
    "  /opt/certbot/bin/pip install certbot\n"
    "and run this again.";

std::string_view take_until(std::string_view& rest, char separator) {
  const auto [first, after] = http::split_once(rest, separator);
  rest = after;
  return first;
}

std::optional<int> number(std::string_view text) {
  int value = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failed != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool is_address(const std::string& text) {
  std::array<unsigned char, sizeof(in6_addr)> parsed{};
  return ::inet_pton(AF_INET, text.c_str(), parsed.data()) == 1 ||
         ::inet_pton(AF_INET6, text.c_str(), parsed.data()) == 1;
}

bool is_label(std::string_view label) {
  const auto is_letter_or_digit = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  };
  return !label.empty() && label.size() <= max_label_bytes && label.front() != '-' && label.back() != '-' &&
         std::ranges::all_of(label, [&](char c) { return is_letter_or_digit(c) || c == '-'; });
}

bool is_host_name(std::string_view name) {
  if (name.size() > max_name_bytes || name.find('.') == std::string_view::npos) return false;
  std::string_view rest = name;
  while (!rest.empty()) {
    if (!is_label(take_until(rest, '.'))) return false;
  }
  return name.back() != '.';
}

Error wrong(std::string detail) {
  return {ErrorKind::bad_request, std::move(detail)};
}

std::vector<std::string> where(const HttpsFolder& folder) {
  return {"--config-dir",       folder.path,  "--work-dir",
          folder.path / "work", "--logs-dir", folder.path / "logs"};
}

}  // namespace

std::optional<CertbotVersion> parse_certbot_version(std::string_view said) {
  std::string_view rest = http::split_once(said, '\n').first;
  if (take_until(rest, ' ') != "certbot") return std::nullopt;
  const auto major = number(take_until(rest, '.'));
  const auto minor = number(take_until(rest, '.'));
  if (!major || !minor) return std::nullopt;
  return CertbotVersion{*major, *minor};
}

std::vector<std::string> certbot_places(std::string_view path) {
  std::vector<std::string> places;
  const auto add = [&places](std::string folder) {
    std::string place = std::move(folder) + "/certbot";
    if (std::ranges::find(places, place) == places.end()) places.push_back(std::move(place));
  };
  while (!path.empty()) {
    // What is found is run by root's timer: never what lies wherever somebody happens to stand.
    if (const std::string_view folder = take_until(path, ':'); folder.starts_with('/')) {
      add(std::string(folder));
    }
  }
  for (const char* folder : {"/opt/certbot/bin", "/usr/local/bin", "/snap/bin", "/usr/bin"}) add(folder);
  return places;
}

Result<std::string> choose_certbot(std::span<const Certbot> found) {
  for (const Certbot& certbot : found) {
    if (certbot.version && *certbot.version >= oldest_certbot) return certbot.program;
  }
  const std::string wanted =
      fmt::format("certbot {}.{} or later", oldest_certbot.major, oldest_certbot.minor);
  if (found.empty()) {
    return wrong(fmt::format("{} is needed, which fetches the certificate, and there is none here. {}",
                             wanted, how_to_install));
  }
  std::vector<std::string> old;
  for (const Certbot& certbot : found) {
    old.push_back(certbot.version ? fmt::format("{} is {}.{}", certbot.program, certbot.version->major,
                                                certbot.version->minor)
                                  : certbot.program + " does not say which it is");
  }
  return wrong(fmt::format("{} is needed; {}. {}", wanted, fmt::join(old, ", "), how_to_install));
}

Result<void> check_order(const CertificateOrder& order) {
  if (order.names.empty() == order.addresses.empty()) {
    return wrong("a certificate is either for names (--domain) or for addresses (--ip)");
  }
  for (const std::string& name : order.names) {
    if (is_address(name)) return wrong("\"" + name + "\" is an address: give it with --ip");
    if (!is_host_name(name)) {
      return wrong("\"" + name + "\" is no name of a host that the world knows, such as photos.example.org");
    }
  }
  for (const std::string& address : order.addresses) {
    if (!is_address(address)) {
      return wrong("\"" + address + "\" is no address, such as 192.0.2.10 or 2001:db8::1");
    }
  }
  if (!order.server.starts_with("https://")) {
    return wrong("\"" + order.server + "\" is no ACME directory: its address begins with https://");
  }
  return {};
}

std::vector<std::string> obtain_command(const std::string& certbot, const HttpsFolder& folder,
                                        const CertificateOrder& order) {
  std::vector<std::string> command{certbot, "certonly", "--non-interactive", "--agree-tos", "--no-eff-email"};
  const auto add = [&command](std::initializer_list<std::string> words) {
    command.insert(command.end(), words);
  };
  const auto places = where(folder);
  command.insert(command.end(), places.begin(), places.end());
  add({"--server", order.server, "--webroot", "--webroot-path", order.webroot});
  // Always the same name, so that the configuration need not change with the names in it.
  add({"--cert-name", "heliograph", "--renew-with-new-domains"});
  // A tenth of RSA's work for a camera.
  add({"--key-type", "ecdsa", "--elliptic-curve", "secp256r1"});
  order.email.empty() ? add({"--register-unsafely-without-email"}) : add({"--email", order.email});
  if (!order.profile.empty()) add({"--preferred-profile", order.profile});
  add({order.replace ? "--force-renewal" : "--keep-until-expiring"});
  for (const std::string& name : order.names) add({"--domain", name});
  for (const std::string& address : order.addresses) add({"--ip-address", address});
  return command;
}

std::vector<std::string> renew_command(const std::string& certbot, const HttpsFolder& folder) {
  // The timer has spread the machines already.
  std::vector<std::string> command{certbot, "renew", "--quiet", "--no-random-sleep-on-renew"};
  const auto places = where(folder);
  command.insert(command.end(), places.begin(), places.end());
  return command;
}

std::string server_of(std::string_view renewal_settings) {
  while (!renewal_settings.empty()) {
    std::string_view line = take_until(renewal_settings, '\n');
    if (http::trim(take_until(line, '=')) == "server") return std::string(http::trim(line));
  }
  return {};
}

}  // namespace heliograph::app
