#include "server/http/proxy_protocol.hpp"

#include "server/http/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <string_view>

namespace heliograph::http {
namespace {

using Bytes = std::span<const std::uint8_t>;
using Parsed = Result<std::optional<ProxyHeader>>;

constexpr std::string_view text_signature = "PROXY ";
constexpr std::string_view line_end = "\r\n";
// "PROXY UNKNOWN", two IPv6 addresses and two ports at their longest, and the line end.
constexpr std::size_t max_line_bytes = 107;

constexpr std::array<std::uint8_t, 12> binary_signature{'\r', '\n', '\r', '\n', 0,   '\r',
                                                        '\n', 'Q',  'U',  'I',  'T', '\n'};
constexpr std::size_t fixed_bytes = 16;  // signature, version and command, family, length
constexpr std::uint8_t version_2 = 0x20;
constexpr std::uint8_t local = 0x0;
constexpr std::uint8_t proxied = 0x1;
constexpr std::size_t ssl_fixed_bytes = 5;  // flags, and whether the client's certificate was good
constexpr std::uint8_t type_ssl = 0x20;
constexpr std::uint8_t client_ssl = 0x01;

Error malformed(std::string_view what) {
  return {ErrorKind::bad_request, "its PROXY header " + std::string(what)};
}

std::size_t big_endian(Bytes two) {
  return static_cast<std::size_t>(two[0]) << 8U | two[1];
}

bool is_port(std::string_view text) {
  std::uint16_t port = 0;
  const char* end = text.data() + text.size();
  const auto [stopped, failed] = std::from_chars(text.data(), end, port);
  return failed == std::errc{} && stopped == end && (text == "0" || text.front() != '0');
}

// "TCP4 203.0.113.7 10.0.0.1 4711 443", without the line's beginning and end.
Parsed parse_line(std::string_view line, std::size_t bytes) {
  const auto [family, addresses] = split_once(line, ' ');
  if (family == "UNKNOWN") return std::optional(ProxyHeader{bytes, std::nullopt, false});
  const bool v6 = family == "TCP6";
  if (!v6 && family != "TCP4") return malformed("is of a family that there is not");
  const auto [source_text, behind_source] = split_once(addresses, ' ');
  const auto [target_text, ports] = split_once(behind_source, ' ');
  const auto [source_port, target_port] = split_once(ports, ' ');
  for (const std::string_view text : {source_text, target_text}) {
    if (!parse_address(text) || (text.find(':') != std::string_view::npos) != v6) {
      return malformed("holds what is no address of its family");
    }
  }
  if (!is_port(source_port) || !is_port(target_port)) return malformed("holds what is no port");
  return std::optional(ProxyHeader{bytes, parse_address(source_text), false});
}

Parsed parse_text(std::string_view received) {
  const std::string_view window = received.substr(0, max_line_bytes);
  const auto end = window.find(line_end);
  if (end == std::string_view::npos) {
    if (window.size() == max_line_bytes) return malformed("has no end");
    return std::optional<ProxyHeader>{};
  }
  return parse_line(window.substr(text_signature.size(), end - text_signature.size()), end + line_end.size());
}

// Whether one of the extensions says that the client came by TLS.
Result<bool> parse_extensions(Bytes extensions) {
  constexpr std::size_t head_bytes = 3;  // type, length
  bool secure = false;
  while (!extensions.empty()) {
    if (extensions.size() < head_bytes) return malformed("ends in the middle of an extension");
    const std::uint8_t type = extensions[0];
    const std::size_t length = big_endian(extensions.subspan(1, 2));
    extensions = extensions.subspan(head_bytes);
    if (length > extensions.size()) return malformed("ends in the middle of an extension");
    const Bytes value = extensions.first(length);
    extensions = extensions.subspan(length);
    if (type != type_ssl) continue;
    if (length < ssl_fixed_bytes) return malformed("has an extension about TLS that says nothing");
    secure = (value[0] & client_ssl) != 0;
  }
  return secure;
}

// What stands in front of the extensions: two addresses and two ports.
struct Family {
  std::uint8_t code;
  std::size_t bytes;
};
constexpr Family unspecified{0x00, 0};
constexpr Family tcp4{0x11, 12};
constexpr Family tcp6{0x21, 36};
constexpr Family unix_stream{0x31, 216};

Parsed parse_binary(Bytes received) {
  const std::uint8_t command = received[12];
  const std::uint8_t family_code = received[13];
  const std::size_t bytes = fixed_bytes + big_endian(received.subspan(14, 2));
  if (command != (version_2 | local) && command != (version_2 | proxied)) {
    return malformed("is of a version or a command that there is not");
  }
  if (bytes > max_proxy_header_bytes) return malformed("is too large");
  if (received.size() < bytes) return std::optional<ProxyHeader>{};
  // What else it says is to be ignored then.
  if (command == (version_2 | local)) return std::optional(ProxyHeader{bytes, std::nullopt, false});

  constexpr std::array families{unspecified, tcp4, tcp6, unix_stream};
  const auto* family = std::ranges::find(families, family_code, &Family::code);
  if (family == families.end()) return malformed("is of a family that there is not");
  const Bytes payload = received.subspan(fixed_bytes, bytes - fixed_bytes);
  if (payload.size() < family->bytes) return malformed("is shorter than its addresses");
  ProxyHeader header{bytes, std::nullopt, false};
  if (family_code == tcp4.code) header.client = from_ipv4(payload.first<4>());
  if (family_code == tcp6.code) {
    header.client.emplace();
    std::ranges::copy(payload.first(header.client->size()), header.client->begin());
  }
  const auto secure = parse_extensions(payload.subspan(family->bytes));
  if (!secure) return secure.error();
  header.secure = *secure;
  return std::optional(header);
}

// Whether what was received begins as the signature does, as far as there is so much of it.
template <class Signature>
bool may_begin(Bytes received, const Signature& signature) {
  const std::size_t known = std::min(received.size(), signature.size());
  return std::equal(received.begin(), received.begin() + static_cast<std::ptrdiff_t>(known),
                    signature.begin());
}

}  // namespace

Parsed parse_proxy_header(Bytes received) {
  if (may_begin(received, text_signature)) {
    if (received.size() < text_signature.size()) return std::optional<ProxyHeader>{};
    return parse_text({reinterpret_cast<const char*>(received.data()), received.size()});
  }
  if (!may_begin(received, binary_signature)) return malformed("is missing");
  if (received.size() < fixed_bytes) return std::optional<ProxyHeader>{};
  return parse_binary(received);
}

}  // namespace heliograph::http
