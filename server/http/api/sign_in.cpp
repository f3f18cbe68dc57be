// Signing in and out.
#include "server/accounts/password.hpp"
#include "server/accounts/second_factor.hpp"
#include "server/http/api/accounts_api.hpp"
#include "server/http/api/gate.hpp"
#include "server/http/api/json_body.hpp"
#include "server/http/response.hpp"

namespace heliograph::http {
namespace {

// One sentence for a name that nobody has, and for a wrong password.
Error wrong() {
  return {ErrorKind::unauthorized, "the name or the password is wrong"};
}

Response code_needed(bool wrong_one) {
  return problem(
      401, "second-factor",
      wrong_one ? "this code is wrong, or was used before" : "the code of your second factor is needed");
}

// A code of the second factor's app, or one for when it is lost. Taken once.
Result<bool> take_code(catalog::Catalog& catalog, Timestamp now, PersonId person, const std::string& code) {
  catalog::SignIns sign_ins(catalog);
  const auto factor = sign_ins.second_factor(person);
  if (!factor) return factor.error();
  if (!*factor) return true;
  if (const auto step = accounts::totp_step((*factor)->secret, code, now))
    return sign_ins.take_step(person, *step);
  return sign_ins.take_recovery_code(person, accounts::recovery_code_hash(code));
}

// Nobody waits for these two.
Task<void> note_failure(Services& services, std::string name, std::string peer) {
  Question<void> question = [tools = tools_of(services), name = std::move(name),
                             peer = std::move(peer)](catalog::Catalog& catalog) {
    return accounts::note(catalog, tools, {name, peer}, "sign-in", name, false);
  };
  static_cast<void>(co_await services.catalogs.ask(std::move(question)));
}
Task<void> renew_hash(Services& services, PersonId person, std::string password) {
  std::function<Result<std::string>()> work = [password = std::move(password)] {
    return accounts::hash_password(password);
  };
  auto hash = co_await run_on<std::string>(services.hashing, std::chrono::seconds{10}, std::move(work));
  if (!hash) co_return;
  Question<void> question = [person, hash = std::move(*hash)](catalog::Catalog& catalog) {
    return catalog::People(catalog).rehash_password(person, hash);
  };
  static_cast<void>(co_await services.catalogs.ask(std::move(question)));
}

// Somebody may have been added on the machine itself since the server started.
Task<void> notice_first_person(Services& services) {
  if (!services.set_up.token) co_return;
  Question<bool> question = [](catalog::Catalog& catalog) {
    return catalog::People(catalog).are_there_any();
  };
  const auto somebody = co_await services.catalogs.ask(std::move(question));
  if (somebody && *somebody) services.set_up.token.reset();
}

}  // namespace

Task<Response> get_session(Services& services, Request& request) {
  if (!services.login) {
    const Visitor visitor = accounts::anybody();
    co_return json_response(200, session_json(services, {.visitor = &visitor}));
  }
  co_await notice_first_person(services);
  struct Known {
    Visitor visitor;
    bool password = false;
    bool second_factor = false;
  };
  const auto token = session_in_cookie(request);
  if (!token) co_return json_response(200, session_json(services, {}));
  Question<Known> question = [&clock = services.clock,
                              token = *token](catalog::Catalog& catalog) -> Result<Known> {
    auto visitor = accounts::visitor_by_session(catalog, clock, token);
    if (!visitor) return visitor.error();
    const auto person = catalog::People(catalog).by_id(*visitor->person);
    if (!person) return person.error();
    return Known{std::move(*visitor), person->has_password, person->has_second_factor};
  };
  const auto known = co_await services.catalogs.ask(std::move(question));
  if (!known && known.error().kind == ErrorKind::unauthorized) {
    co_return json_response(200, session_json(services, {}));
  }
  if (!known) co_return problem_response(known.error());
  co_return json_response(
      200, session_json(services, {&known->visitor, *token, known->password, known->second_factor}));
}

Task<Response> sign_in(Services& services, Request& request) {
  static constexpr std::string_view members[] = {"name", "password", "code"};
  if (!services.login) co_return problem_response({ErrorKind::conflict, "this server has no login"});
  if (const auto ours = check_origin(request); !ours) co_return problem_response(ours.error());
  const auto body = co_await read_object(request, members);
  if (!body) co_return problem_response(body.error());
  const auto typed = text_of(*body, "name");
  if (!typed) co_return problem_response(typed.error());
  const auto password = text_of(*body, "password");
  if (!password) co_return problem_response(password.error());
  const auto code = optional_text_of(*body, "code");
  if (!code) co_return problem_response(code.error());

  const auto checked = accounts::sign_in_name(*typed);
  const std::string name = checked ? *checked : std::string();  // which nobody has
  const auto wait = services.throttle.begin(name, request.peer);
  if (wait.count() > 0) {
    co_return problem_response({ErrorKind::too_many, "too many tries; wait a little, then try again", wait,
                                /*retry_is_exact=*/true});
  }
  Question<accounts::Candidate> question = [name](catalog::Catalog& catalog) {
    return accounts::find_candidate(catalog, name);
  };
  const auto candidate = co_await services.catalogs.ask(std::move(question));
  if (!candidate) co_return problem_response(candidate.error());
  const auto right = co_await verify_password(services, candidate->password_hash, *password);
  if (!right) co_return problem_response(right.error());
  if (!*right || !candidate->person) {
    co_await note_failure(services, name, request.peer);
    co_return problem_response(wrong());
  }
  const catalog::Person& person = *candidate->person;
  if (person.has_second_factor) {
    if (!*code) co_return code_needed(false);
    Question<bool> take = [now = services.clock.now(), id = person.id, code = **code](
                              catalog::Catalog& catalog) { return take_code(catalog, now, id, code); };
    const auto taken = co_await services.catalogs.ask(std::move(take));
    if (!taken) co_return problem_response(taken.error());
    if (!*taken) {
      co_await note_failure(services, name, request.peer);
      co_return code_needed(true);
    }
  }
  services.throttle.succeeded(name, request.peer);
  if (accounts::is_outdated(candidate->password_hash)) co_await renew_hash(services, person.id, *password);
  co_return co_await answer_with_session(services, request, person);
}

Task<Response> sign_out(Services& services, Request& request, const Visitor& visitor) {
  // In the same request, because the page may be gone before it could send another. One that is not told of
  // anything any more, or never was, keeps nobody from signing out.
  const auto browser = parse_id<PushId>(request.query_value("browser").value_or(""));
  Question<void> question = [tools = tools_of(services), actor = actor_of(visitor, request), visitor,
                             browser](catalog::Catalog& catalog) -> Result<void> {
    const auto is_over = [](const Result<void>& done) {
      return done || done.error().kind == ErrorKind::not_found;
    };
    if (browser) {
      const auto removed = remove_push_browser(catalog, tools, actor, *visitor.person, *browser);
      if (!is_over(removed)) return removed;
    }
    const auto ended = catalog::SignIns(catalog).remove_session(*visitor.person, *visitor.session);
    return is_over(ended) ? Result<void>() : ended;
  };
  const auto ended = co_await services.catalogs.ask(std::move(question));
  if (!ended) co_return problem_response(ended.error());
  Response response = no_content();
  response.headers.emplace_back(
      "Set-Cookie", write_cookie(request, session_cookie(request.secure), "", std::chrono::seconds{0}));
  // What the browser has kept of pictures and answers is for who signed in.
  response.headers.emplace_back("Clear-Site-Data", "\"cache\"");
  co_return response;
}

}  // namespace heliograph::http
