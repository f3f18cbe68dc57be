// Somebody's own second factor: begun, confirmed with a code, removed.
#include "server/accounts/second_factor.hpp"
#include "server/http/api/accounts_api.hpp"
#include "server/http/api/json_body.hpp"

namespace heliograph::http {
namespace {

std::string begun_json(const catalog::SecondFactor& factor, const Request& request, const Visitor& visitor) {
  // Somebody with accounts on two servers tells them apart by it.
  const std::string issuer = "Heliograph " + std::string(request.header("Host").value_or(""));
  JsonWriter json;
  json.object([&] {
    json.field("secret", accounts::totp_text(factor.secret));
    json.field("uri", accounts::totp_uri(factor.secret, issuer, visitor.name));
  });
  return std::move(json).text();
}

std::string codes_json(const std::vector<std::string>& codes) {
  JsonWriter json;
  json.object([&] {
    json.key("recovery_codes").array([&] {
      for (const std::string& code : codes) json.value(code);
    });
  });
  return std::move(json).text();
}

// The first code of a factor that was begun: from now on it is asked for.
Result<void> confirm(catalog::Catalog& catalog, accounts::Tools tools, const accounts::Actor& actor,
                     PersonId person, const std::string& code,
                     const std::vector<std::string>& recovery_codes) {
  catalog::SignIns sign_ins(catalog);
  auto factor = sign_ins.second_factor(person);
  if (!factor) return factor.error();
  if (!*factor) return Error{ErrorKind::conflict, "no second factor was begun"};
  if ((*factor)->in_use) return Error{ErrorKind::conflict, "there is a second factor already"};
  const auto step = accounts::totp_step((*factor)->secret, code, tools.clock.now());
  if (!step) return Error{ErrorKind::bad_request, "this code is wrong; are the phone's date and time right?"};
  (*factor)->in_use = true;
  (*factor)->last_step = *step;
  std::vector<Sha256Digest> hashes;
  for (const std::string& one : recovery_codes) hashes.push_back(accounts::recovery_code_hash(one));
  // The codes first: a factor without them could lock its owner out.
  if (auto set = sign_ins.set_recovery_codes(person, hashes); !set) return set;
  if (auto set = sign_ins.set_second_factor(person, *factor); !set) return set;
  return accounts::note(catalog, tools, actor, "second-factor-added", actor.name);
}

}  // namespace

Task<Response> begin_second_factor(Services& services, Request& request, const Visitor& visitor) {
  static constexpr std::string_view members[] = {"password"};
  const auto body = co_await read_object(request, members);
  if (!body) co_return problem_response(body.error());
  auto password = text_of(*body, "password");
  if (!password) co_return problem_response(password.error());
  const auto known = co_await confirm_password(services, request, visitor, std::move(*password));
  if (!known) co_return problem_response(known.error());
  const catalog::SecondFactor fresh{accounts::make_totp_secret(), false, 0};
  Question<void> question = [person = *visitor.person, fresh](catalog::Catalog& catalog) -> Result<void> {
    catalog::SignIns sign_ins(catalog);
    const auto factor = sign_ins.second_factor(person);
    if (!factor) return factor.error();
    if (*factor && (*factor)->in_use) return Error{ErrorKind::conflict, "there is a second factor already"};
    return sign_ins.set_second_factor(person, fresh);
  };
  const auto begun = co_await services.catalogs.ask(std::move(question));
  if (!begun) co_return problem_response(begun.error());
  co_return json_response(200, begun_json(fresh, request, visitor));
}

Task<Response> confirm_second_factor(Services& services, Request& request, const Visitor& visitor) {
  static constexpr std::string_view members[] = {"code"};
  const auto body = co_await read_object(request, members);
  if (!body) co_return problem_response(body.error());
  const auto code = text_of(*body, "code");
  if (!code) co_return problem_response(code.error());
  const std::vector<std::string> recovery_codes = accounts::make_recovery_codes();
  Question<void> question = [tools = tools_of(services), person = *visitor.person, code = *code,
                             recovery_codes, actor = actor_of(visitor, request)](catalog::Catalog& catalog) {
    return confirm(catalog, tools, actor, person, code, recovery_codes);
  };
  const auto confirmed = co_await services.catalogs.ask(std::move(question));
  if (!confirmed) co_return problem_response(confirmed.error());
  co_return json_response(200, codes_json(recovery_codes));
}

Task<Response> remove_second_factor(Services& services, Request& request, const Visitor& visitor) {
  static constexpr std::string_view members[] = {"password"};
  const auto body = co_await read_object(request, members);
  if (!body) co_return problem_response(body.error());
  auto password = text_of(*body, "password");
  if (!password) co_return problem_response(password.error());
  const auto known = co_await confirm_password(services, request, visitor, std::move(*password));
  if (!known) co_return problem_response(known.error());
  Question<void> question = [tools = tools_of(services), person = *visitor.person,
                             actor = actor_of(visitor, request)](catalog::Catalog& catalog) -> Result<void> {
    auto removed = catalog::SignIns(catalog).set_second_factor(person, std::nullopt);
    if (!removed) return removed;
    return accounts::note(catalog, tools, actor, "second-factor-removed", actor.name);
  };
  const auto removed = co_await services.catalogs.ask(std::move(question));
  co_return removed ? no_content() : problem_response(removed.error());
}

}  // namespace heliograph::http
