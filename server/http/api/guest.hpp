// Somebody who has opened a share: what they show, and what is asked on their behalf.
#pragma once

#include "server/accounts/sharing.hpp"
#include "server/http/api/accounts_api.hpp"
#include "server/http/api/browser.hpp"

#include <functional>
#include <string_view>
#include <utility>

namespace heliograph::http {

// The cookie that holds the opening. Not of the whole host, which __Host- would ask for.
inline std::string_view opening_cookie(bool secure) {
  return secure ? "__Secure-heliograph-share" : "heliograph-share";
}

template <class T>
using ShareQuestion = std::function<Result<T>(catalog::Catalog&, const catalog::FiledShare&)>;

// Asks about the share that stands first in the path. not_found: it has not been opened, or shows nothing any
// more.
template <class T>
Task<Result<T>> ask_as_guest(Services& services, const Request& request, ShareQuestion<T> question) {
  Question<T> asked = [&clock = services.clock, login = services.login,
                       id = parse_id<ShareId>(request.captures[0]).value_or(ShareId{}),
                       opening = cookie_value(request, opening_cookie(request.secure)).value_or(""),
                       question = std::move(question)](catalog::Catalog& catalog) -> Result<T> {
    const auto filed = accounts::share_by_opening(catalog, clock, login, id, opening);
    if (!filed) return filed.error();
    return question(catalog, *filed);
  };
  co_return co_await services.catalogs.ask(std::move(asked));
}

}  // namespace heliograph::http
