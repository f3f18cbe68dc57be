// Setting out to the provider. By POST, because a page of another site must not send anybody there: to be
// connected to somebody else's account, or signed in as them.
#include "server/base/token.hpp"
#include "server/http/api/accounts_api.hpp"
#include "server/http/api/gate.hpp"
#include "server/http/api/json_body.hpp"
#include "server/http/api/openid_attempt.hpp"

namespace heliograph::http {
namespace {

Error no_provider() {
  return {ErrorKind::conflict, "this server knows no OpenID provider"};
}

Result<std::string> read_go_on(const boost::json::object& body) {
  auto go_on = optional_text_of(body, "go_on");
  if (!go_on) return go_on.error();
  if (!*go_on) return std::string("/");
  if (is_own_path(**go_on)) return std::move(**go_on);
  return Error{ErrorKind::bad_request, "`go_on` must be a path of this server, such as /?page=account"};
}

// Answers with the address that the browser goes to, and gives it the attempt to carry.
Task<Response> set_out(Services& services, const Request& request, OpenIdAttempt attempt) {
  const OpenId& openid = *services.openid;
  auto redirect_uri = callback_uri(request, openid.address);
  if (!redirect_uri) co_return problem_response(redirect_uri.error());
  attempt.secrets = openid::make_attempt();
  attempt.begun_at = services.clock.now();
  std::function<Result<std::string>()> work = [&provider = openid.provider, secrets = attempt.secrets,
                                               redirect_uri = std::move(*redirect_uri)] {
    return provider.authorization_url(secrets, redirect_uri);
  };
  const auto url = co_await run_on<std::string>(openid.worker, openid::patience, std::move(work));
  if (!url) {
    openid.log.warning("the OpenID provider cannot be asked", {{"why", url.error().detail}});
    co_return problem_response({ErrorKind::unavailable, openid.name + " does not answer as it should; the "
                                                                      "server's log says why"});
  }
  JsonWriter json;
  json.object([&] { json.field("url", *url); });
  Response response = json_response(200, std::move(json).text());
  response.headers.emplace_back("Set-Cookie", write_cookie(request, attempt_cookie(request.secure),
                                                           write_attempt(attempt), openid::attempt_life));
  co_return response;
}

}  // namespace

Task<Response> begin_openid(Services& services, Request& request) {
  static constexpr std::string_view members[] = {"go_on", "link"};
  if (const auto ours = check_origin(request); !ours) co_return problem_response(ours.error());
  const auto body = co_await read_object(request, members);
  if (!body) co_return problem_response(body.error());
  auto go_on = read_go_on(*body);
  if (!go_on) co_return problem_response(go_on.error());
  auto link = optional_text_of(*body, "link");
  if (!link) co_return problem_response(link.error());
  if (*link && !token_well_formed(token_prefix::link, **link)) {
    co_return problem_response({ErrorKind::bad_request, "`link` must be the secret of an invitation"});
  }
  if (!services.login || !services.openid) co_return problem_response(no_provider());
  OpenIdAttempt attempt{.go_on = std::move(*go_on), .link = std::move(*link).value_or("")};
  co_return co_await set_out(services, request, std::move(attempt));
}

Task<Response> connect_openid(Services& services, Request& request, const Visitor& visitor) {
  static constexpr std::string_view members[] = {"password", "go_on"};
  const auto body = co_await read_object(request, members);
  if (!body) co_return problem_response(body.error());
  auto password = text_of(*body, "password");
  if (!password) co_return problem_response(password.error());
  auto go_on = read_go_on(*body);
  if (!go_on) co_return problem_response(go_on.error());
  if (!services.openid) co_return problem_response(no_provider());
  // A browser left open must not become a way in for whoever finds it.
  const auto known = co_await confirm_password(services, request, visitor, std::move(*password));
  if (!known) co_return problem_response(known.error());
  OpenIdAttempt attempt{.go_on = std::move(*go_on), .person = visitor.person};
  co_return co_await set_out(services, request, std::move(attempt));
}

}  // namespace heliograph::http
