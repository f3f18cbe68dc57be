// A sign-in that is on its way to the provider and back. The browser carries it, in a cookie of ten minutes:
// the server keeps nothing of strangers, and a callback that somebody else has begun finds no cookie of its
// own. What its holder changes in it is theirs alone. Pure.
#pragma once

#include "server/base/id.hpp"
#include "server/http/http.hpp"
#include "server/openid/openid.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace heliograph::http {

struct OpenIdAttempt {
  openid::Attempt secrets;
  Timestamp begun_at;
  std::string go_on = "/";         // where the browser is sent afterwards
  std::string link;                // of the invitation that is taken up; empty: none
  std::optional<PersonId> person;  // who wants to be connected; none: somebody wants to come in

  friend bool operator==(const OpenIdAttempt&, const OpenIdAttempt&) = default;
};

// Of the cookie; as session_cookie().
std::string_view attempt_cookie(bool secure);
std::string write_attempt(const OpenIdAttempt& attempt);
// nullopt: it is none, or too old.
std::optional<OpenIdAttempt> read_attempt(std::string_view text, Timestamp now);

// A path of this server that a browser cannot take for another one's address ("//elsewhere", "/\elsewhere",
// and what it makes of "/<tab>/elsewhere"). Without a fragment.
bool is_own_path(std::string_view text);

// Where the provider sends the browser back to. `address`: of this server; empty: as the request asked for
// it, which a page of another site cannot choose, and which the provider holds against its own list.
// bad_request: the request names no host.
Result<std::string> callback_uri(const Request& request, std::string_view address);

// Bytes of a path to go on at. The dashboard's have 100.
inline constexpr std::size_t max_go_on_length = 512;

}  // namespace heliograph::http
