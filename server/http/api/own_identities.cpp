// What somebody signs in with besides a password.
#include "server/accounts/identities.hpp"
#include "server/http/api/accounts_api.hpp"

namespace heliograph::http {

Task<Response> list_identities(Services& services, Request&, const Visitor& visitor) {
  Question<std::vector<catalog::Identity>> question = [person = *visitor.person](catalog::Catalog& catalog) {
    return catalog::Identities(catalog).of(person);
  };
  const auto identities = co_await services.catalogs.ask(std::move(question));
  if (!identities) co_return problem_response(identities.error());
  JsonWriter json;
  json.object([&] {
    json.key("identities").array([&] {
      for (const catalog::Identity& identity : *identities) {
        json.object([&] {
          json.field("id", to_string(identity.id));
          json.field("issuer", identity.issuer);
          json.field("label", identity.label);
          json.field("created_at", to_ms(identity.created_at));
          json.field("in_use", services.openid && services.openid->issuer == identity.issuer);
        });
      }
    });
  });
  co_return json_response(200, std::move(json).text());
}

Task<Response> delete_identity(Services& services, Request& request, const Visitor& visitor) {
  const auto id = read_id<IdentityId>(request.captures[0], "connected account");
  if (!id) co_return problem_response(id.error());
  Question<void> question =
      [tools = tools_of(services), person = *visitor.person, id = *id, actor = actor_of(visitor, request),
       issuer = services.openid ? services.openid->issuer : std::string()](catalog::Catalog& catalog) {
        return accounts::disconnect(catalog, tools, actor, person, id, issuer);
      };
  const auto gone = co_await services.catalogs.ask(std::move(question));
  co_return gone ? no_content() : problem_response(gone.error());
}

}  // namespace heliograph::http
