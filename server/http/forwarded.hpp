// Who asks, when a proxy asks for them: X-Forwarded-For and X-Forwarded-Proto. Pure.
//
// What a trusted proxy has added is believed, and nothing else: of a list, to which each proxy adds at the
// end, only the part behind the last address that is no proxy's. RFC 7239's Forwarded is not read: a proxy
// that writes the one passes the other on as its client sent it.
#pragma once

#include "server/http/address.hpp"

#include <span>
#include <string>
#include <utility>
#include <vector>

namespace heliograph::http {

struct Caller {
  AddressBytes address{};
  bool secure = false;  // nobody on the way could read it

  friend bool operator==(const Caller&, const Caller&) = default;
};

// Whom a request is from, that came by `connection` with these headers. The connection itself, unless it is a
// trusted proxy's; else the rightmost address of X-Forwarded-For (all its fields are one list) that is no
// trusted proxy's. Something that is no address ends the search: then it is the proxy nearest to it. What
// stands rightmost in X-Forwarded-Proto, "https" or "http", says whether it was secure; anything else leaves
// that to the connection.
Caller caller_of(const Caller& connection, std::span<const std::pair<std::string, std::string>> headers,
                 std::span<const Network> trusted);

}  // namespace heliograph::http
