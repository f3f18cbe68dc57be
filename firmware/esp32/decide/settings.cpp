#include "firmware/esp32/decide/settings.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace heliograph::firmware {

namespace {

// A passphrase is this long at least, or absent: an open network.
constexpr std::size_t min_password = 8;

bool printable(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < ' ' || byte == 0x7f;
  });
}

template <class Number>
bool read_number(std::string_view text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return !text.empty() && error == std::errc() && end == text.data() + text.size();
}

bool host_valid(std::string_view host) {
  if (host.empty() || host.size() > max_host_length) return false;
  return std::all_of(host.begin(), host.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == ':';
  });
}

bool path_valid(std::string_view path) {
  return path.size() <= max_base_path_length && std::all_of(path.begin(), path.end(), [](char c) {
           return c > ' ' && c <= '~' && c != '?' && c != '#';
         });
}

bool take_prefix(std::string_view& text, std::string_view prefix) {
  if (text.substr(0, prefix.size()) != prefix) return false;
  text.remove_prefix(prefix.size());
  return true;
}

// What stands before `end`, which is taken off with it; none: it is not there.
std::optional<std::string_view> take_until(std::string_view& text, char end) {
  const std::size_t at = text.find(end);
  if (at == std::string_view::npos) return std::nullopt;
  const std::string_view before = text.substr(0, at);
  text.remove_prefix(at + 1);
  return before;
}

template <std::size_t capacity>
bool set(Text<capacity>& out, std::string_view value) {
  out = Text<capacity>(value);
  return !out.truncated();
}

void write_line(std::string_view name, std::string_view value, BoardSettingsText& text) {
  if (!value.empty()) text.append(name).append(' ').append(value).append('\n');
}

// False: it is no value of that name.
bool take_value(std::string_view name, std::string_view value, Settings& settings) {
  if (name == "wifi") return set(settings.wifi.name, value);
  if (name == "password") return set(settings.wifi.password, value);
  if (name == "wifi-before") return set(settings.wifi_before.name, value);
  if (name == "password-before") return set(settings.wifi_before.password, value);
  if (name == "wifi-starts") return read_number(value, settings.wifi_starts);
  if (name == "server") return read_server_address(value, settings.server);
  if (name == "key") return set(settings.key, value);
  if (name == "claimed") settings.claimed = value == "yes";
  if (name == "apn") return set(settings.apn, value);
  if (name == "pin") return set(settings.pin, value);
  return true;
}

}  // namespace

bool wifi_access_valid(std::string_view name, std::string_view password) {
  const bool named = !name.empty() && name.size() <= decltype(WifiAccess::name)::max_size;
  const bool open = password.empty();
  const bool long_enough =
      password.size() >= min_password && password.size() <= decltype(WifiAccess::password)::max_size;
  return named && printable(name) && (open || long_enough) && printable(password);
}

bool read_server_address(std::string_view text, ServerAddress& address) {
  ServerAddress read;
  if (take_prefix(text, "http://")) {
    read.tls = false;
    read.port = 80;
  } else {
    take_prefix(text, "https://");
  }
  std::string_view path;
  if (const std::size_t slash = text.find('/'); slash != std::string_view::npos) {
    path = text.substr(slash);
    text = text.substr(0, slash);
    while (!path.empty() && path.back() == '/') path.remove_suffix(1);
  }
  std::string_view port;
  if (take_prefix(text, "[")) {  // an IPv6 address
    const auto host = take_until(text, ']');
    if (!host || (!text.empty() && !take_prefix(text, ":"))) return false;
    port = text;
    text = *host;
  } else if (const std::size_t colon = text.find(':'); colon != std::string_view::npos) {
    port = text.substr(colon + 1);
    text = text.substr(0, colon);
    if (port.empty()) return false;
  }
  if (!port.empty() && (!read_number(port, read.port) || read.port == 0)) return false;
  if (!host_valid(text) || !path_valid(path)) return false;
  read.host = Text<max_host_length>(text);
  read.base_path = Text<max_base_path_length>(path);
  address = read;
  return true;
}

void write_settings(const Settings& settings, BoardSettingsText& text) {
  text.clear();
  write_line("wifi", settings.wifi.name.view(), text);
  write_line("password", settings.wifi.password.view(), text);
  write_line("wifi-before", settings.wifi_before.name.view(), text);
  write_line("password-before", settings.wifi_before.password.view(), text);
  if (settings.wifi_starts > 0) text.append("wifi-starts ").append_number(settings.wifi_starts).append('\n');
  if (!settings.server.empty()) {
    const bool v6 = settings.server.host.view().find(':') != std::string_view::npos;
    text.append("server ").append(settings.server.tls ? "https://" : "http://");
    text.append(v6 ? "[" : "").append(settings.server.host.view()).append(v6 ? "]:" : ":");
    text.append_number(settings.server.port).append(settings.server.base_path.view()).append('\n');
  }
  write_line("key", settings.key.view(), text);
  if (settings.claimed) text.append("claimed yes\n");
  write_line("apn", settings.apn.view(), text);
  write_line("pin", settings.pin.view(), text);
}

bool read_board_settings(std::string_view text, Settings& settings) {
  Settings read;
  while (!text.empty()) {
    auto line = take_until(text, '\n');
    if (!line) return false;
    const auto name = take_until(*line, ' ');
    if (!name || !printable(*line) || !take_value(*name, *line, read)) return false;
  }
  settings = read;
  return true;
}

void propose_wifi(Settings& settings, const WifiAccess& access) {
  // One that is itself on trial is nothing to go back to.
  if (settings.wifi_before.empty()) settings.wifi_before = settings.wifi;
  settings.wifi = access;
  settings.wifi_starts = 0;
}

void keep_wifi(Settings& settings) {
  settings.wifi_before = WifiAccess{};
  settings.wifi_starts = 0;
}

void revert_wifi(Settings& settings) {
  if (!settings.wifi_before.empty()) settings.wifi = settings.wifi_before;
  keep_wifi(settings);
}

}  // namespace heliograph::firmware
