#include "server/http/address.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <charconv>

namespace heliograph::http {
namespace {

constexpr std::array<std::uint8_t, 12> mapped_ipv4{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
constexpr AddressBytes ipv6_loopback{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
constexpr std::uint8_t ipv4_loopback_network = 127;
constexpr std::size_t address_bits = 128;

AddressBytes cut(AddressBytes address, std::size_t bits) {
  for (std::size_t i = 0; i < address.size(); ++i) {
    const std::size_t kept = bits > i * 8 ? std::min<std::size_t>(bits - i * 8, 8) : 0;
    address[i] = static_cast<std::uint8_t>(address[i] & (0xff00U >> kept));
  }
  return address;
}

Error wrong(std::string_view text, const std::string& why) {
  return {ErrorKind::bad_request, "\"" + std::string(text) + "\" " + why};
}

}  // namespace

std::optional<AddressBytes> parse_address(std::string_view text) {
  if (text.size() >= INET6_ADDRSTRLEN || text.find('\0') != std::string_view::npos) return std::nullopt;
  const std::string terminated(text);
  AddressBytes v6{};
  if (::inet_pton(AF_INET6, terminated.c_str(), v6.data()) == 1) return v6;
  std::array<std::uint8_t, 4> v4{};
  if (::inet_pton(AF_INET, terminated.c_str(), v4.data()) == 1) return from_ipv4(v4);
  return std::nullopt;
}

std::string to_text(const AddressBytes& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const bool v4 = is_ipv4(address);
  ::inet_ntop(v4 ? AF_INET : AF_INET6, address.data() + (v4 ? mapped_ipv4.size() : 0), text.data(),
              text.size());
  return text.data();
}

AddressBytes from_ipv4(std::span<const std::uint8_t, 4> bytes) {
  AddressBytes address{};
  std::ranges::copy(mapped_ipv4, address.begin());
  std::ranges::copy(bytes, address.begin() + mapped_ipv4.size());
  return address;
}

bool is_ipv4(const AddressBytes& address) {
  return std::ranges::equal(std::span(address).first<mapped_ipv4.size()>(), mapped_ipv4);
}

bool is_loopback(const AddressBytes& address) {
  if (is_ipv4(address)) return address[mapped_ipv4.size()] == ipv4_loopback_network;
  return address == ipv6_loopback;
}

bool is_loopback(std::string_view text) {
  const auto address = parse_address(text);
  return address && is_loopback(*address);
}

Result<Network> Network::parse(std::string_view text) {
  const std::size_t slash = text.find('/');
  const auto address = parse_address(text.substr(0, slash));
  if (!address) {
    return wrong(
        text, "is neither an address nor a network: they look like 10.0.0.5, 10.0.0.0/24 or 2001:db8::/32");
  }
  if (slash == std::string_view::npos) return Network(*address, address_bits);
  const std::string_view digits = text.substr(slash + 1);
  // By how it is written: ::ffff:10.0.0.0/104 is IPv6's way to say 10.0.0.0/8.
  const bool v4 = text.substr(0, slash).find(':') == std::string_view::npos;
  const std::size_t most = v4 ? 32 : address_bits;
  std::size_t bits = 0;
  const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
  if (failed != std::errc{} || end != digits.data() + digits.size() || bits > most) {
    return wrong(text, "must end with a number of bits, from /1 to /" + std::to_string(most));
  }
  if (bits == 0) return wrong(text, "is everybody: name the addresses");
  if (v4) bits += address_bits - 32;
  const AddressBytes first = cut(*address, bits);
  if (first != *address) {
    return wrong(text, "has bits set behind its prefix: is " + to_text(first) +
                           std::string(text.substr(slash)) + " meant, or one address?");
  }
  return Network(first, bits);
}

bool Network::contains(const AddressBytes& address) const {
  // Else a short prefix of IPv6 would hold all of IPv4.
  return is_ipv4(address) == is_ipv4(first_) && cut(address, bits_) == first_;
}

bool is_in(std::span<const Network> networks, const AddressBytes& address) {
  return std::ranges::any_of(networks, [&](const Network& network) { return network.contains(address); });
}

}  // namespace heliograph::http
