// What somebody does with their own account: sessions and the password.
#include "server/http/api/accounts_api.hpp"
#include "server/http/api/json_body.hpp"

namespace heliograph::http {
namespace {

std::string sessions_json(const std::vector<catalog::Session>& sessions, SessionId current) {
  JsonWriter json;
  json.object([&] {
    json.key("sessions").array([&] {
      for (const catalog::Session& session : sessions) {
        json.object([&] {
          json.field("id", to_string(session.id));
          json.field("created_at", to_ms(session.created_at));
          json.field("used_at", to_ms(session.used_at));
          json.field("address", session.address);
          json.field("agent", session.agent);
          json.field("current", session.id == current);
        });
      }
    });
  });
  return std::move(json).text();
}

}  // namespace

Task<Response> list_sessions(Services& services, Request&, const Visitor& visitor) {
  Question<std::vector<catalog::Session>> question = [person = *visitor.person](catalog::Catalog& catalog) {
    return catalog::SignIns(catalog).sessions(person);
  };
  const auto sessions = co_await services.catalogs.ask(std::move(question));
  if (!sessions) co_return problem_response(sessions.error());
  co_return json_response(200, sessions_json(*sessions, *visitor.session));
}

Task<Response> end_other_sessions(Services& services, Request& request, const Visitor& visitor) {
  Question<void> question = [tools = tools_of(services), visitor,
                             actor = actor_of(visitor, request)](catalog::Catalog& catalog) -> Result<void> {
    auto ended = catalog::SignIns(catalog).remove_sessions(*visitor.person, *visitor.session);
    if (!ended) return ended;
    return accounts::note(catalog, tools, actor, "sessions-ended", visitor.name);
  };
  const auto ended = co_await services.catalogs.ask(std::move(question));
  co_return ended ? no_content() : problem_response(ended.error());
}

Task<Response> end_session(Services& services, Request& request, const Visitor& visitor) {
  const auto id = read_id<SessionId>(request.captures[0], "session");
  if (!id) co_return problem_response(id.error());
  Question<void> question = [tools = tools_of(services), visitor, id = *id,
                             actor = actor_of(visitor, request)](catalog::Catalog& catalog) -> Result<void> {
    auto ended = catalog::SignIns(catalog).remove_session(*visitor.person, id);
    if (!ended) return ended;
    return accounts::note(catalog, tools, actor, "session-ended", visitor.name);
  };
  const auto ended = co_await services.catalogs.ask(std::move(question));
  co_return ended ? no_content() : problem_response(ended.error());
}

Task<Response> put_password(Services& services, Request& request, const Visitor& visitor) {
  static constexpr std::string_view members[] = {"current", "password"};
  const auto body = co_await read_object(request, members);
  if (!body) co_return problem_response(body.error());
  auto current = text_of(*body, "current");
  if (!current) co_return problem_response(current.error());
  auto password = text_of(*body, "password");
  if (!password) co_return problem_response(password.error());
  const auto known = co_await confirm_password(services, request, visitor, std::move(*current));
  if (!known) co_return problem_response(known.error());
  auto hash = co_await hash_new_password(services, std::move(*password), visitor.name);
  if (!hash) co_return problem_response(hash.error());
  Question<void> question = [tools = tools_of(services), visitor, hash = std::move(*hash),
                             actor = actor_of(visitor, request)](catalog::Catalog& catalog) -> Result<void> {
    auto set = catalog::People(catalog).set_password(*visitor.person, hash, *visitor.session);
    if (!set) return set;
    return accounts::note(catalog, tools, actor, "password-set", visitor.name);
  };
  const auto set = co_await services.catalogs.ask(std::move(question));
  co_return set ? no_content() : problem_response(set.error());
}

}  // namespace heliograph::http
