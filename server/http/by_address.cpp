#include "server/http/by_address.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <random>
#include <string_view>

namespace heliograph::http {
namespace {

constexpr std::size_t network_bytes = 8;

}  // namespace

std::optional<AddressBytes> counted_for(const AddressBytes& peer) {
  if (is_loopback(peer)) return std::nullopt;
  if (is_ipv4(peer)) return peer;
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
