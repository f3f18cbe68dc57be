#include "server/http/by_address.hpp"

#include <algorithm>
#include <cstring>
#include <random>

namespace heliograph::http {
namespace {

constexpr AddressBytes mapped_ipv4{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
constexpr AddressBytes ipv6_loopback{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
constexpr std::size_t mapped_prefix_bytes = 12;
constexpr std::size_t network_bytes = 8;
constexpr std::uint8_t ipv4_loopback_network = 127;

bool is_ipv4(const AddressBytes& address) {
  return std::equal(address.begin(), address.begin() + mapped_prefix_bytes, mapped_ipv4.begin());
}

}  // namespace

std::optional<AddressBytes> counted_for(const AddressBytes& peer) {
  if (is_ipv4(peer)) {
    if (peer[mapped_prefix_bytes] == ipv4_loopback_network) return std::nullopt;
    return peer;
  }
  if (peer == ipv6_loopback) return std::nullopt;
  AddressBytes network = peer;
  std::fill(network.begin() + network_bytes, network.end(), std::uint8_t{0});
  return network;
}

std::size_t ConnectionsByAddress::Hash::operator()(const AddressBytes& address) const {
  std::array<char, sizeof(AddressBytes) + sizeof(salt)> salted{};
  std::memcpy(salted.data(), address.data(), address.size());
  std::memcpy(salted.data() + address.size(), &salt, sizeof(salt));
  return std::hash<std::string_view>{}({salted.data(), salted.size()});
}

ConnectionsByAddress::ConnectionsByAddress(std::size_t most)
    : most_(most), open_(0, Hash{std::random_device{}()}) {}

bool ConnectionsByAddress::enter(const AddressBytes& address) {
  const auto entry = open_.try_emplace(address, 0).first;
  if (entry->second < most_) {
    ++entry->second;
    return true;
  }
  if (entry->second == 0) open_.erase(entry);
  return false;
}

void ConnectionsByAddress::leave(const AddressBytes& address) {
  const auto entry = open_.find(address);
  if (entry != open_.end() && --entry->second == 0) open_.erase(entry);
}

}  // namespace heliograph::http
