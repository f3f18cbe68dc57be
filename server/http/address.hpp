// Addresses of IPv4 and IPv6 as values, and networks of them. Pure; any thread.
#pragma once

#include "server/base/error.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace heliograph::http {

// An IPv6 address; IPv4 as it is mapped into IPv6, so that an address is the same however a socket tells it.
using AddressBytes = std::array<std::uint8_t, 16>;

// "203.0.113.7", "2001:db8::7"; nullopt for any other text, also for one with a port or a zone.
std::optional<AddressBytes> parse_address(std::string_view text);
std::string to_text(const AddressBytes& address);

AddressBytes from_ipv4(std::span<const std::uint8_t, 4> bytes);
bool is_ipv4(const AddressBytes& address);
// 127.0.0.0/8 and ::1: nobody but this machine.
bool is_loopback(const AddressBytes& address);
// The same of what a Request calls its peer; false for what is no address.
bool is_loopback(std::string_view text);

// All addresses that begin with the same bits.
class Network {
 public:
  // "10.1.0.0/16", "2001:db8::/32", or one address. bad_request with the reason for any other text, for one
  // with bits behind its prefix (a mistake in one of the two), and for a prefix of no bits: everybody is no
  // network.
  static Result<Network> parse(std::string_view text);

  bool contains(const AddressBytes& address) const;

 private:
  Network(const AddressBytes& first, std::size_t bits) : first_(first), bits_(bits) {}

  AddressBytes first_;
  std::size_t bits_;  // of the 128
};

bool is_in(std::span<const Network> networks, const AddressBytes& address);

}  // namespace heliograph::http
