#include "server/http/api/accounts_api.hpp"

#include "server/accounts/password.hpp"
#include "server/http/api/gate.hpp"

namespace heliograph::http {
namespace {

// A hash takes 30 ms; so long a queue of them is bounded by the worker.
constexpr std::chrono::seconds hashing_deadline{10};

}  // namespace

Task<Result<std::string>> hash_new_password(Services& services, std::string password, std::string name) {
  if (auto good = accounts::check_new_password(password, name); !good) co_return good.error();
  std::function<Result<std::string>()> work = [password = std::move(password)] {
    return accounts::hash_password(password);
  };
  co_return co_await run_on<std::string>(services.hashing, hashing_deadline, std::move(work));
}

Task<Result<bool>> verify_password(Services& services, std::string hash, std::string password) {
  if (password.size() > accounts::max_password_length) co_return false;
  std::function<Result<bool>()> work = [hash = std::move(hash),
                                        password = std::move(password)]() -> Result<bool> {
    return accounts::is_password(hash, password);
  };
  co_return co_await run_on<bool>(services.hashing, hashing_deadline, std::move(work));
}

Task<Result<void>> confirm_password(Services& services, const Request& request, const Visitor& visitor,
                                    std::string password) {
  const auto wait = services.throttle.begin(visitor.name, request.peer);
  if (wait.count() > 0)
    co_return Error{ErrorKind::too_many, "too many wrong passwords; wait a little", wait,
                    /*retry_is_exact=*/true};
  Question<accounts::Candidate> question = [name = visitor.name](catalog::Catalog& catalog) {
    return accounts::find_candidate(catalog, name);
  };
  auto candidate = co_await services.catalogs.ask(std::move(question));
  if (!candidate) co_return candidate.error();
  const auto right = co_await verify_password(services, candidate->password_hash, std::move(password));
  if (!right) co_return right.error();
  if (!*right || !candidate->person) co_return Error{ErrorKind::unauthorized, "this is not your password"};
  services.throttle.succeeded(visitor.name, request.peer);
  co_return Result<void>{};
}

void write_grants(JsonWriter& json, std::span<const catalog::Grant> grants) {
  json.array([&] {
    for (const catalog::Grant& grant : grants) {
      json.object([&] {
        json.key("group");
        if (grant.group == catalog::every_camera) {
          json.value(nullptr);
        } else {
          json.value(to_string(grant.group));
        }
        json.field("role", catalog::to_string(grant.role));
      });
    }
  });
}

std::string session_json(const Services& services, const SessionFacts& facts) {
  JsonWriter json;
  json.object([&] {
    json.field("login", services.login);
    json.field("needs_set_up", services.set_up.token.has_value());
    json.field("openid", services.openid ? std::optional(services.openid->name) : std::nullopt);
    json.key("person");
    if (facts.visitor == nullptr) {
      json.value(nullptr);
      json.field("csrf", std::optional<std::string>());
      return;
    }
    const Visitor& visitor = *facts.visitor;
    json.object([&] {
      json.field("id", visitor.person ? std::optional(to_string(*visitor.person)) : std::nullopt);
      json.field("name", visitor.name);
      json.field("password", facts.password);
      json.field("second_factor", facts.second_factor);
      json.field("role",
                 visitor.everywhere ? std::optional(catalog::to_string(*visitor.everywhere)) : std::nullopt);
      json.key("cameras").array([&] {
        for (const auto& [camera, role] : visitor.cameras) {
          json.object([&] {
            json.field("id", to_string(camera));
            json.field("role", catalog::to_string(role));
          });
        }
      });
    });
    json.field("csrf", facts.token.empty() ? std::nullopt : std::optional(csrf_token(facts.token)));
  });
  return std::move(json).text();
}

Task<Result<BrowserSession>> begin_browser_session(Services& services, const Request& request,
                                                   const catalog::Person& person) {
  const std::string agent(request.header("User-Agent").value_or(""));
  Question<BrowserSession> question = [tools = tools_of(services), id = person.id, name = person.name,
                                       peer = request.peer,
                                       agent](catalog::Catalog& catalog) -> Result<BrowserSession> {
    auto session = accounts::begin_session(catalog, tools, id, peer, agent);
    if (!session) return session.error();
    auto noted = accounts::note(catalog, tools, {name, peer}, "sign-in", name);
    if (!noted) return noted.error();
    auto visitor = accounts::visitor_by_session(catalog, tools.clock, session->token);
    if (!visitor) return visitor.error();
    return BrowserSession{std::move(session->token), {}, std::move(*visitor)};
  };
  auto begun = co_await services.catalogs.ask(std::move(question));
  if (!begun) co_return begun;
  services.set_up.token.reset();  // there is somebody, however they came
  begun->cookie = write_cookie(request, session_cookie(request.secure), begun->token, accounts::session_life);
  co_return begun;
}

Task<Response> answer_with_session(Services& services, const Request& request, catalog::Person person) {
  const auto begun = co_await begin_browser_session(services, request, person);
  if (!begun) co_return problem_response(begun.error());
  Response response = json_response(
      200,
      session_json(services, {&begun->visitor, begun->token, person.has_password, person.has_second_factor}));
  response.headers.emplace_back("Set-Cookie", begun->cookie);
  co_return response;
}

Response no_content() {
  Response response;
  response.status = 204;
  return response;
}

}  // namespace heliograph::http
