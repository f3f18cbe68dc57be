// Coming back from the provider. It is a person's browser that asks: what went wrong is said by the
// dashboard, to which it is sent with a word behind the #.
#include "server/accounts/identities.hpp"
#include "server/http/api/accounts_api.hpp"
#include "server/http/api/gate.hpp"
#include "server/http/api/openid_attempt.hpp"

namespace heliograph::http {
namespace {

// Whoever makes up codes has us ask the provider about each: slowed like guesses at passwords.
constexpr std::string_view openid_account = "(openid)";

Response go_to(std::string address) {
  Response response;
  response.status = 303;
  response.headers.emplace_back("Location", std::move(address));
  return response;
}

Response leave(const std::string& go_on, std::string_view word) {
  return go_to(go_on + "#openid=" + std::string(word));
}

// web/src/session/openid.ts has a sentence for each word.
std::string_view word_of(const Error& error) {
  switch (error.kind) {
    case ErrorKind::unavailable:
    case ErrorKind::timeout:
    case ErrorKind::internal:
      return "provider";
    case ErrorKind::unauthorized:
      return "expired";
    default:
      return "refused";
  }
}

struct Back {
  OpenIdAttempt attempt;
  openid::Returned returned;
  std::string redirect_uri;
};

Task<Result<openid::Identity>> ask_provider(const OpenId& openid, Back back) {
  std::function<Result<openid::Identity>()> work = [&provider = openid.provider, back = std::move(back)] {
    return provider.identify(back.attempt.secrets, back.returned, back.redirect_uri);
  };
  co_return co_await run_on<openid::Identity>(openid.worker, openid::patience, std::move(work));
}

// Whoever has come in, or a word for why not.
Task<Response> come_in(Services& services, const Request& request, OpenIdAttempt attempt,
                       accounts::Outside outside) {
  const bool invited = !attempt.link.empty();
  Question<catalog::Person> question = [tools = tools_of(services), peer = request.peer, link = attempt.link,
                                        outside = std::move(outside)](catalog::Catalog& catalog) {
    return link.empty() ? accounts::person_of_outside(catalog, tools, peer, outside)
                        : accounts::take_up_invitation(catalog, tools, peer, link, outside);
  };
  const auto person = co_await services.catalogs.ask(std::move(question));
  if (!person) {
    if (person.error().kind == ErrorKind::conflict) co_return leave(attempt.go_on, "taken");
    if (person.error().kind != ErrorKind::not_found) co_return leave(attempt.go_on, "busy");
    co_return leave(attempt.go_on, invited ? "link" : "unknown");
  }
  const auto session = co_await begin_browser_session(services, request, *person);
  if (!session) co_return leave(attempt.go_on, "busy");
  Response response = go_to(attempt.go_on);
  response.headers.emplace_back("Set-Cookie", session->cookie);
  co_return response;
}

// To whoever began it, if they are still signed in here.
Task<Response> connect(Services& services, const Request& request, OpenIdAttempt attempt,
                       accounts::Outside outside) {
  const auto token = session_in_cookie(request);
  if (!token) co_return leave(attempt.go_on, "changed");
  Question<void> question = [tools = tools_of(services), token = *token, person = attempt.person,
                             peer = request.peer,
                             outside = std::move(outside)](catalog::Catalog& catalog) -> Result<void> {
    const auto visitor = accounts::visitor_by_session(catalog, tools.clock, token);
    if (!visitor) return visitor.error();
    if (visitor->person != person) return Error{ErrorKind::forbidden, "somebody else is signed in now"};
    return accounts::connect(catalog, tools, {visitor->name, peer}, *person, outside);
  };
  const auto connected = co_await services.catalogs.ask(std::move(question));
  if (connected) co_return leave(attempt.go_on, "connected");
  switch (connected.error().kind) {
    case ErrorKind::conflict:
      co_return leave(attempt.go_on, "taken");
    case ErrorKind::unauthorized:
    case ErrorKind::forbidden:
      co_return leave(attempt.go_on, "changed");
    default:
      co_return leave(attempt.go_on, "busy");
  }
}

Task<Response> finish(Services& services, const Request& request, OpenIdAttempt attempt) {
  const OpenId& openid = *services.openid;
  if (const auto error = request.query_value("error")) {
    co_return leave(attempt.go_on, *error == "access_denied" ? "denied" : "provider");
  }
  const auto code = request.query_value("code");
  auto redirect_uri = callback_uri(request, openid.address);
  if (!code || code->empty() || !redirect_uri) co_return leave(attempt.go_on, "provider");
  if (services.throttle.begin(openid_account, request.peer).count() > 0)
    co_return leave(attempt.go_on, "busy");
  const auto issuer = request.query_value("iss");
  Back back{attempt,
            {std::string(*code), issuer ? std::optional(std::string(*issuer)) : std::nullopt},
            std::move(*redirect_uri)};
  auto identity = co_await ask_provider(openid, std::move(back));
  if (!identity) {
    openid.log.warning("a sign-in with OpenID failed",
                       {{"why", identity.error().detail}, {"peer", request.peer}});
    co_return leave(attempt.go_on, word_of(identity.error()));
  }
  services.throttle.succeeded(openid_account, request.peer);
  accounts::Outside outside{std::move(identity->issuer), std::move(identity->subject),
                            std::move(identity->label)};
  if (attempt.person) {
    co_return co_await connect(services, request, std::move(attempt), std::move(outside));
  }
  co_return co_await come_in(services, request, std::move(attempt), std::move(outside));
}

}  // namespace

Task<Response> finish_openid(Services& services, Request& request) {
  const std::string_view name = attempt_cookie(request.secure);
  const auto cookie = cookie_value(request, name);
  auto attempt = cookie ? read_attempt(*cookie, services.clock.now()) : std::nullopt;
  // Of whoever began in another browser, or was sent here by another site, there is no such attempt.
  if (!services.login || !services.openid || !attempt ||
      request.query_value("state") != attempt->secrets.state) {
    co_return leave("/", "expired");
  }
  Response response = co_await finish(services, request, std::move(*attempt));
  // Whatever came of it, it is over.
  response.headers.emplace_back("Set-Cookie", write_cookie(request, name, "", std::chrono::seconds{0}));
  co_return response;
}

}  // namespace heliograph::http
