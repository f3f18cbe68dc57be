// The header with which a proxy begins a connection that it only passes on: HAProxy's PROXY protocol,
// versions 1 (a line of text) and 2 (binary). Pure.
//
// Written by hand because it is a page of fixed fields, and must take what has come so far: neither Asio nor
// Beast knows it.
#pragma once

#include "server/base/error.hpp"
#include "server/http/address.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace heliograph::http {

// A header is read whole before anything else is. Addresses and what AWS adds take below 100 bytes; a
// client's certificate may add its names. nginx takes as much.
inline constexpr std::size_t max_proxy_header_bytes = 4096;

struct ProxyHeader {
  std::size_t bytes = 0;  // behind them begins what the client said
  // Whom the proxy speaks for; none: for itself (LOCAL, a look at our health), or it does not know (UNKNOWN).
  std::optional<AddressBytes> client;
  bool secure = false;  // the client came to the proxy by TLS (PP2_TYPE_SSL)

  friend bool operator==(const ProxyHeader&, const ProxyHeader&) = default;
};

// The header that `received` begins with; nullopt when more is needed to tell, and then all that was received
// is part of it. bad_request with what is wrong when it begins with none, or is larger than
// max_proxy_header_bytes. Of the extensions of version 2 (TLVs) only PP2_TYPE_SSL is looked at; a checksum is
// not: TCP has one.
Result<std::optional<ProxyHeader>> parse_proxy_header(std::span<const std::uint8_t> received);

}  // namespace heliograph::http
