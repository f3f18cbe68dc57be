// Somebody's own tokens: programs that act for them.
#include "server/http/api/accounts_api.hpp"
#include "server/http/api/json_body.hpp"

namespace heliograph::http {
namespace {

struct Scope {
  std::string_view name;
  bool catalog::Scopes::* value;
};
constexpr Scope scopes[] = {{"read", &catalog::Scopes::read},
                            {"control", &catalog::Scopes::control},
                            {"ingest", &catalog::Scopes::ingest}};

std::optional<std::int64_t> ms(const std::optional<Timestamp>& time) {
  if (!time) return std::nullopt;
  return to_ms(*time);
}

void write_token_fields(JsonWriter& json, const catalog::ApiToken& token) {
  json.field("id", to_string(token.id));
  json.field("name", token.name);
  json.key("scopes").array([&] {
    for (const Scope& scope : scopes) {
      if (token.scopes.*(scope.value)) json.value(scope.name);
    }
  });
  json.field("created_at", to_ms(token.created_at));
  json.field("expires_at", ms(token.expires_at));
  json.field("used_at", ms(token.used_at));
}

Result<catalog::Scopes> read_scopes(const boost::json::object& body) {
  const Error wrong{ErrorKind::bad_request, "`scopes` must be a list of read, control, ingest"};
  const auto* list = body.if_contains("scopes");
  if (list == nullptr || !list->is_array()) return wrong;
  catalog::Scopes read;
  for (const boost::json::value& one : list->get_array()) {
    const auto* scope = std::ranges::find_if(scopes, [&one](const Scope& known) {
      return one.is_string() && std::string_view(one.get_string()) == known.name;
    });
    if (scope == std::end(scopes)) return wrong;
    read.*(scope->value) = true;
  }
  return read;
}

}  // namespace

Task<Response> list_tokens(Services& services, Request&, const Visitor& visitor) {
  Question<std::vector<catalog::ApiToken>> question = [person = *visitor.person](catalog::Catalog& catalog) {
    return catalog::SignIns(catalog).tokens(person);
  };
  const auto tokens = co_await services.catalogs.ask(std::move(question));
  if (!tokens) co_return problem_response(tokens.error());
  JsonWriter json;
  json.object([&] {
    json.key("tokens").array([&] {
      for (const catalog::ApiToken& token : *tokens) json.object([&] { write_token_fields(json, token); });
    });
  });
  co_return json_response(200, std::move(json).text());
}

Task<Response> make_api_token(Services& services, Request& request, const Visitor& visitor) {
  static constexpr std::string_view members[] = {"name", "scopes", "expires_at"};
  const auto body = co_await read_object(request, members);
  if (!body) co_return problem_response(body.error());
  const auto name = text_of(*body, "name");
  if (!name) co_return problem_response(name.error());
  const auto wanted = read_scopes(*body);
  if (!wanted) co_return problem_response(wanted.error());
  const auto expires = optional_integer_of(*body, "expires_at");
  if (!expires) co_return problem_response(expires.error());
  const auto end = *expires ? std::optional(from_ms(**expires)) : std::nullopt;
  Question<accounts::NewToken> question = [tools = tools_of(services), person = *visitor.person, name = *name,
                                           wanted = *wanted, end,
                                           actor = actor_of(visitor, request)](catalog::Catalog& catalog) {
    return accounts::add_token(catalog, tools, actor, person, name, wanted, end);
  };
  const auto made = co_await services.catalogs.ask(std::move(question));
  if (!made) co_return problem_response(made.error());
  JsonWriter json;
  json.object([&] {
    write_token_fields(json, made->token);
    json.field("token", made->secret);
  });
  co_return json_response(201, std::move(json).text());
}

Task<Response> delete_token(Services& services, Request& request, const Visitor& visitor) {
  const auto id = read_id<TokenId>(request.captures[0], "token");
  if (!id) co_return problem_response(id.error());
  Question<void> question = [tools = tools_of(services), person = *visitor.person, id = *id,
                             actor = actor_of(visitor, request)](catalog::Catalog& catalog) -> Result<void> {
    catalog::SignIns sign_ins(catalog);
    const auto tokens = sign_ins.tokens(person);
    if (!tokens) return tokens.error();
    if (auto removed = sign_ins.remove_token(person, id); !removed) return removed;
    const auto token = std::ranges::find(*tokens, id, &catalog::ApiToken::id);
    return accounts::note(catalog, tools, actor, "token-removed",
                          token == tokens->end() ? to_string(id) : token->name);
  };
  const auto removed = co_await services.catalogs.ask(std::move(question));
  co_return removed ? no_content() : problem_response(removed.error());
}

}  // namespace heliograph::http
