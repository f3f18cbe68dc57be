// Whatever stands in a request's fields, one a line: a session is only found where its cookie stands, each
// kind under its own name; and who names another origin than the host is none of ours.
#include "server/http/api/browser.hpp"
#include "server/http/text.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

using namespace heliograph::http;

void require(bool holds) {
  if (!holds) std::abort();
}

Request read_fields(std::string_view text) {
  Request request;
  while (!text.empty()) {
    const auto [line, rest] = split_once(text, '\n');
    const auto [name, value] = split_once(line, ':');
    request.headers.emplace_back(name, trim(value));
    text = rest;
  }
  return request;
}

bool stands_in_a_cookie(const Request& request, const std::string& pair) {
  for (const auto& [name, value] : request.headers) {
    if (equals_ignoring_case(name, "Cookie") && value.find(pair) != std::string::npos) return true;
  }
  return false;
}

void check_session(Request& request, bool secure) {
  request.secure = secure;
  const auto token = session_in_cookie(request);
  if (!token) return;
  require(token->find(';') == std::string::npos);
  require(stands_in_a_cookie(request, std::string(session_cookie(secure)) + '=' + *token));
  // Alone it is found again, and never under the other kind's name.
  Request alone;
  alone.secure = secure;
  alone.headers.emplace_back("cookie", std::string(session_cookie(secure)) + '=' + *token);
  require(session_in_cookie(alone) == token);
  alone.secure = !secure;
  require(!session_in_cookie(alone));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Request request = read_fields({reinterpret_cast<const char*>(data), size});
  check_session(request, false);
  check_session(request, true);
  if (const auto password = basic_password(request)) {
    require(request.header("Authorization")->size() > password->size());
  }
  const bool ours = check_origin(request).has_value();
  const auto site = request.header("Sec-Fetch-Site");
  const auto origin = request.header("Origin");
  if (site) {
    require(ours == (*site == "same-origin" || *site == "none"));
  } else if (!origin) {
    require(ours);
  } else if (ours) {
    const auto host = request.header("Host").value();
    require(origin->size() >= host.size() + 3);
    require(equals_ignoring_case(origin->substr(origin->size() - host.size()), host));
    require(origin->substr(0, origin->size() - host.size()).ends_with("://"));
  }
  return 0;
}
