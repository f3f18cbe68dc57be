// The first account, and accounts that a link leads to.
#include "server/base/token.hpp"
#include "server/http/api/accounts_api.hpp"
#include "server/http/api/gate.hpp"
#include "server/http/api/json_body.hpp"

namespace heliograph::http {
namespace {

// Guesses at secrets of 178 bits get nowhere by themselves: this keeps them from costing us anything.
constexpr std::string_view link_account = "(link)";

Error no_such_link() {
  return {ErrorKind::not_found, "this link was used already, or is too old; ask for a new one"};
}

Result<void> slow_down(Services& services, const Request& request) {
  const auto wait = services.throttle.begin(link_account, request.peer);
  if (wait.count() > 0)
    return Error{ErrorKind::too_many, "too many wrong links; wait a little", wait, /*retry_is_exact=*/true};
  return {};
}

}  // namespace

Task<Response> set_up(Services& services, Request& request) {
  static constexpr std::string_view members[] = {"token", "name", "password"};
  if (const auto ours = check_origin(request); !ours) co_return problem_response(ours.error());
  const auto body = co_await read_object(request, members);
  if (!body) co_return problem_response(body.error());
  const auto token = text_of(*body, "token");
  if (!token) co_return problem_response(token.error());
  const auto name = text_of(*body, "name");
  if (!name) co_return problem_response(name.error());
  auto password = text_of(*body, "password");
  if (!password) co_return problem_response(password.error());
  if (const auto slow = slow_down(services, request); !slow) co_return problem_response(slow.error());
  if (!services.set_up.token || token_hash(*services.set_up.token) != token_hash(*token)) {
    co_return problem_response(no_such_link());
  }
  services.throttle.succeeded(link_account, request.peer);
  const auto checked = accounts::sign_in_name(*name);
  if (!checked) co_return problem_response(checked.error());
  auto hash = co_await hash_new_password(services, std::move(*password), *checked);
  if (!hash) co_return problem_response(hash.error());
  Question<catalog::Person> question = [tools = tools_of(services), name = *checked, hash = std::move(*hash),
                                        peer = request.peer](catalog::Catalog& catalog) {
    return accounts::add_first_person(catalog, tools, {name, peer}, name, hash);
  };
  auto person = co_await services.catalogs.ask(std::move(question));
  if (!person) co_return problem_response(person.error());
  services.set_up.token.reset();
  co_return co_await answer_with_session(services, request, std::move(*person));
}

Task<Response> look_at_link(Services& services, Request& request) {
  static constexpr std::string_view members[] = {"token"};
  const auto body = co_await read_object(request, members);
  if (!body) co_return problem_response(body.error());
  auto token = text_of(*body, "token");
  if (!token) co_return problem_response(token.error());
  if (const auto slow = slow_down(services, request); !slow) co_return problem_response(slow.error());
  Question<catalog::Person> question = [tools = tools_of(services),
                                        token = std::move(*token)](catalog::Catalog& catalog) {
    return accounts::person_of_link(catalog, tools, token);
  };
  const auto person = co_await services.catalogs.ask(std::move(question));
  if (!person) co_return problem_response(person.error());
  services.throttle.succeeded(link_account, request.peer);
  JsonWriter json;
  json.object([&] {
    json.field("name", person->name);
    json.field("new", !person->has_come());
  });
  co_return json_response(200, std::move(json).text());
}

Task<Response> use_link(Services& services, Request& request) {
  static constexpr std::string_view members[] = {"token", "password"};
  if (const auto ours = check_origin(request); !ours) co_return problem_response(ours.error());
  const auto body = co_await read_object(request, members);
  if (!body) co_return problem_response(body.error());
  const auto token = text_of(*body, "token");
  if (!token) co_return problem_response(token.error());
  auto password = text_of(*body, "password");
  if (!password) co_return problem_response(password.error());
  if (const auto slow = slow_down(services, request); !slow) co_return problem_response(slow.error());
  Question<catalog::Person> whose = [tools = tools_of(services), token = *token](catalog::Catalog& catalog) {
    return accounts::person_of_link(catalog, tools, token);
  };
  const auto invited = co_await services.catalogs.ask(std::move(whose));
  if (!invited) co_return problem_response(invited.error());
  services.throttle.succeeded(link_account, request.peer);
  auto hash = co_await hash_new_password(services, std::move(*password), invited->name);
  if (!hash) co_return problem_response(hash.error());
  Question<catalog::Person> question = [tools = tools_of(services), token = *token, hash = std::move(*hash),
                                        peer = request.peer](catalog::Catalog& catalog) {
    return accounts::set_password_by_link(catalog, tools, {"", peer}, token, hash);
  };
  auto person = co_await services.catalogs.ask(std::move(question));
  if (!person) co_return problem_response(person.error());
  // Whoever reads somebody's mail does not have their phone: a second factor is still asked for.
  if (person->has_second_factor) co_return no_content();
  co_return co_await answer_with_session(services, request, std::move(*person));
}

}  // namespace heliograph::http
