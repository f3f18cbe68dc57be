// How many connections each address has open, so that one of them cannot have all.
#pragma once

#include "server/http/address.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <unordered_map>

namespace heliograph::http {

// Whom a connection is counted for: an IPv4 address, or the network of 64 bits of an IPv6 one, of which a
// subscriber has all addresses. None: it comes from this machine, where a reverse proxy is everybody.
std::optional<AddressBytes> counted_for(const AddressBytes& peer);

// Holds an entry for each address that has a connection. Net thread.
class ConnectionsByAddress {
 public:
  // `most` of one address.
  explicit ConnectionsByAddress(std::size_t most);

  // Counts one more, unless the address has its share: false.
  bool enter(const AddressBytes& address);
  // One that entered has ended.
  void leave(const AddressBytes& address);

  std::size_t addresses() const { return open_.size(); }

 private:
  // Salted: who chooses his addresses must not be able to choose those that fall together.
  struct Hash {
    std::uint32_t salt;
    std::size_t operator()(const AddressBytes& address) const;
  };

  const std::size_t most_;
  std::unordered_map<AddressBytes, std::size_t, Hash> open_;
};

}  // namespace heliograph::http
