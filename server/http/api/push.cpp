// Somebody's own browsers, which are told of alerts while no page is open.
#include "server/base/base64.hpp"
#include "server/base/utf8.hpp"
#include "server/cameras/alert_messages.hpp"
#include "server/http/api/accounts_api.hpp"
#include "server/http/api/json_body.hpp"
#include "server/http/api/push_input.hpp"
#include "server/http/api/push_key.hpp"

namespace heliograph::http {
namespace {

// Browsers of one person: a phone, a tablet and a few desks. More are old ones that nobody removed.
constexpr std::size_t max_push_browsers = 20;
// Until a trial is answered: behind a batch that is being sent, perhaps.
constexpr std::chrono::seconds trial_patience{20};
// It is for now, and not for a phone that is on tomorrow.
constexpr std::chrono::minutes trial_life{5};
constexpr std::size_t max_origin = 300;  // bytes; a host's name has 253 at most

struct Own {
  catalog::PushKey key;
  std::vector<catalog::PushSubscription> subscriptions;
};

std::vector<std::string_view> kinds_for(const Visitor& visitor) {
  std::vector<std::string_view> kinds;
  for (const cameras::AlertKind kind : cameras::all_alert_kinds()) {
    if (cameras::is_of_a_camera(kind) || visitor.may(accounts::Right::administer))
      kinds.push_back(cameras::to_string(kind));
  }
  return kinds;
}

template <class Texts>
void write_list(JsonWriter& json, std::string_view name, const Texts& texts) {
  json.key(name).array([&] {
    for (const auto& text : texts) json.value(std::string_view(text));
  });
}

void write_subscription(JsonWriter& json, const catalog::PushSubscription& subscription) {
  json.object([&] {
    json.field("id", to_string(subscription.id));
    json.field("service", outbound::service_host(subscription.endpoint));
    write_list(json, "kinds", subscription.kinds);
    json.field("created_at", to_ms(subscription.created_at));
    json.field("told_at", subscription.told_at ? std::optional(to_ms(*subscription.told_at)) : std::nullopt);
    json.field("failing", subscription.failing);
  });
}

// Under what name the page reached us, which the gate has compared with what was asked for.
std::string origin_of(const Request& request) {
  const auto origin = request.header("Origin");
  return origin && origin->starts_with("https://") ? printable(*origin, max_origin) : "";
}

// Keeps what came of a trial.
Result<void> keep_trial(catalog::Catalog& catalog, PushId id, const outbound::PushAnswer& answer,
                        Timestamp now) {
  catalog::Push push(catalog);
  if (answer.outcome == outbound::PushOutcome::gone) return push.remove(id);
  const bool taken = answer.outcome == outbound::PushOutcome::taken;
  return push.note(id, now, taken ? std::nullopt : std::optional(answer.detail));
}

}  // namespace

Result<void> remove_push_browser(catalog::Catalog& catalog, const accounts::Tools& tools,
                                 const accounts::Actor& actor, PersonId person, PushId id) {
  catalog::Push push(catalog);
  const auto known = push.one(person, id);
  if (!known) return known.error();
  if (auto removed = push.remove(person, id); !removed) return removed;
  return accounts::note(catalog, tools, actor, "push-removed", outbound::service_host(known->endpoint));
}

Task<Response> get_push(Services& services, Request&, const Visitor& visitor) {
  Question<Own> question = [person = *visitor.person](catalog::Catalog& catalog) -> Result<Own> {
    auto key = push_key(catalog);
    if (!key) return key.error();
    auto subscriptions = catalog::Push(catalog).of(person);
    if (!subscriptions) return subscriptions.error();
    return Own{std::move(*key), std::move(*subscriptions)};
  };
  const auto own = co_await services.catalogs.ask(std::move(question));
  if (!own) co_return problem_response(own.error());
  JsonWriter json;
  json.object([&] {
    json.field("public_key", base64url(own->key.point));
    write_list(json, "kinds", kinds_for(visitor));
    json.key("subscriptions").array([&] {
      for (const catalog::PushSubscription& one : own->subscriptions) write_subscription(json, one);
    });
  });
  co_return json_response(200, std::move(json).text());
}

Task<Response> add_push(Services& services, Request& request, const Visitor& visitor) {
  static constexpr std::string_view members[] = {"endpoint", "keys", "kinds"};
  const auto body = co_await read_object(request, members);
  if (!body) co_return problem_response(body.error());
  auto input = read_push_input(*body, services.push->services);
  if (!input) co_return problem_response(input.error());
  catalog::PushSubscription subscription{services.ids.next<PushId>(), *visitor.person,
                                         std::move(input->endpoint),  std::move(input->p256dh),
                                         std::move(input->auth),      std::move(input->kinds),
                                         origin_of(request),          services.clock.now()};
  Question<catalog::Push::Added> question =
      [tools = tools_of(services), actor = actor_of(visitor, request),
       subscription = std::move(subscription)](catalog::Catalog& catalog) -> Result<catalog::Push::Added> {
    auto added = catalog::Push(catalog).add(subscription, max_push_browsers);
    if (!added || !added->is_new) return added;
    const std::string service = outbound::service_host(subscription.endpoint);
    if (auto noted = accounts::note(catalog, tools, actor, "push-added", service); !noted)
      return noted.error();
    return added;
  };
  const auto added = co_await services.catalogs.ask(std::move(question));
  if (!added) co_return problem_response(added.error());
  JsonWriter json;
  json.object([&] { json.field("id", to_string(added->id)); });
  co_return json_response(added->is_new ? 201 : 200, std::move(json).text());
}

Task<Response> change_push(Services& services, Request& request, const Visitor& visitor) {
  static constexpr std::string_view members[] = {"kinds"};
  const auto id = read_id<PushId>(request.captures[0], "browser");
  if (!id) co_return problem_response(id.error());
  const auto body = co_await read_object(request, members);
  if (!body) co_return problem_response(body.error());
  auto kinds = read_push_kinds(*body);
  if (!kinds) co_return problem_response(kinds.error());
  Question<void> question = [person = *visitor.person, id = *id,
                             kinds = std::move(*kinds)](catalog::Catalog& catalog) {
    return catalog::Push(catalog).set_kinds(person, id, kinds);
  };
  const auto changed = co_await services.catalogs.ask(std::move(question));
  co_return changed ? no_content() : problem_response(changed.error());
}

Task<Response> remove_push(Services& services, Request& request, const Visitor& visitor) {
  const auto id = read_id<PushId>(request.captures[0], "browser");
  if (!id) co_return problem_response(id.error());
  Question<void> question = [tools = tools_of(services), person = *visitor.person, id = *id,
                             actor = actor_of(visitor, request)](catalog::Catalog& catalog) {
    return remove_push_browser(catalog, tools, actor, person, id);
  };
  const auto removed = co_await services.catalogs.ask(std::move(question));
  co_return removed ? no_content() : problem_response(removed.error());
}

Task<Response> try_push(Services& services, Request& request, const Visitor& visitor) {
  using Found = std::pair<catalog::PushSubscription, catalog::PushKey>;
  const auto id = read_id<PushId>(request.captures[0], "browser");
  if (!id) co_return problem_response(id.error());
  Question<Found> question = [person = *visitor.person,
                              id = *id](catalog::Catalog& catalog) -> Result<Found> {
    auto known = catalog::Push(catalog).one(person, id);
    if (!known) return known.error();
    auto key = push_key(catalog);
    if (!key) return key.error();
    return Found{std::move(*known), std::move(*key)};
  };
  auto found = co_await services.catalogs.ask(std::move(question));
  if (!found) co_return problem_response(found.error());
  const cameras::AlertMessage trial = cameras::trial_message(services.clock.now());
  std::function<Result<outbound::PushAnswer>()> work =
      [send = services.push->send, found = std::move(*found),
       message = outbound::PushMessage{to_json(trial), trial.topic, trial_life, true}]() {
        return Result<outbound::PushAnswer>(send(found.first, found.second, message));
      };
  const auto answer =
      co_await run_on<outbound::PushAnswer>(services.push->worker, trial_patience, std::move(work));
  if (!answer) co_return problem_response(answer.error());
  Question<void> keep = [id = *id, answer = *answer, now = services.clock.now()](catalog::Catalog& catalog) {
    return keep_trial(catalog, id, answer, now);
  };
  if (const auto kept = co_await services.catalogs.ask(std::move(keep)); !kept)
    co_return problem_response(kept.error());
  JsonWriter json;
  json.object([&] {
    json.field("taken", answer->outcome == outbound::PushOutcome::taken);
    json.field("status", answer->status);
    json.field("detail", answer->detail);
  });
  co_return json_response(200, std::move(json).text());
}

}  // namespace heliograph::http
