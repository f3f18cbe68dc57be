#include "server/jobs/retention.hpp"

#include "server/catalog/retention_rule.hpp"
#include "server/http/api/gallery_query.hpp"
#include "server/http/api/gate.hpp"
#include "server/http/api/handlers.hpp"
#include "server/http/api/retention_json.hpp"

namespace heliograph::http {
namespace {

// A preview reads every image that a rule looks at. It does so in pages, so that nobody else waits, and says
// so when it has not come to the end by then.
constexpr std::chrono::seconds preview_deadline{20};

constexpr CameraId every_camera{0};

template <class T>
using Question = std::function<Result<T>(catalog::Catalog&)>;

// {camera} of the address, with which the visitor may do this; 0 when there is none in it, and then the gate
// has asked for enough.
Result<CameraId> read_camera(const Request& request, const Visitor& visitor, accounts::Right right) {
  if (request.captures.empty()) return every_camera;
  const auto camera = allowed_camera(visitor, right, request.captures[0]);
  if (camera && *camera == every_camera) {
    return Error{ErrorKind::not_found, "there is no camera " + request.captures[0]};
  }
  return camera;
}

Task<Result<std::string>> read_text(Body& body) {
  std::string text;
  for (;;) {
    const auto piece = co_await body.next();
    if (!piece) co_return piece.error();
    if (piece->empty()) co_return text;
    text.append(reinterpret_cast<const char*>(piece->data()), piece->size());
  }
}

struct Rules {
  std::optional<catalog::RetentionRule> common;
  std::vector<catalog::Holding> holdings;
};

Result<Rules> ask_rules(catalog::Catalog& catalog) {
  const auto common = catalog.retention(every_camera);
  if (!common) return common.error();
  auto holdings = catalog.holdings();
  if (!holdings) return holdings.error();
  return Rules{*common, std::move(*holdings)};
}

// As if that were the rule of the camera; of none: the common one.
Result<Rules> ask_rules_with(catalog::Catalog& catalog, std::optional<CameraId> camera,
                             const catalog::RetentionRule& rule) {
  auto rules = ask_rules(catalog);
  if (!rules) return rules;
  if (!camera) {
    rules->common = rule;
    return rules;
  }
  const auto holding =
      std::ranges::find(rules->holdings, *camera, [](const catalog::Holding& one) { return one.camera.id; });
  if (holding == rules->holdings.end()) {
    return Error{ErrorKind::not_found, "there is no camera " + to_string(*camera)};
  }
  holding->rule = rule;
  return rules;
}

// What would go now, if these were the rules.
Task<Response> preview(Services& services, Question<Rules> asked) {
  const SteadyTime deadline = services.clock.steady() + preview_deadline;
  const auto rules = co_await services.catalogs.ask(std::move(asked));
  if (!rules) co_return problem_response(rules.error());
  jobs::RetentionPass pass(jobs::policy_of(rules->common, rules->holdings, services.clock.now()));
  jobs::RetentionSummary summary;
  auto query = pass.next();
  for (; query && services.clock.steady() < deadline; query = pass.next()) {
    Question<std::vector<catalog::KeptImage>> question = [query = *query](catalog::Catalog& catalog) {
      return catalog.oldest_images(query);
    };
    const auto page = co_await services.catalogs.ask(std::move(question));
    if (!page) co_return problem_response(page.error());
    for (const jobs::Going& going : pass.take(*page)) summary.add(going);
  }
  std::map<CameraId, std::string> names;
  for (const catalog::Holding& holding : rules->holdings) names[holding.camera.id] = holding.camera.name;
  JsonWriter json;
  json.object([&] {
    json.field("complete", !query);
    write_summary(json, summary, names);
  });
  co_return json_response(200, std::move(json).text());
}

Response rule_response(const catalog::RetentionRule& rule) {
  JsonWriter json;
  write_rule(json, rule);
  return json_response(200, std::move(json).text());
}

Error not_there() {
  return {ErrorKind::not_found, "there is no such rule"};
}

Task<Response> set_star(Services& services, std::string id_text, const Visitor& visitor, bool starred) {
  const Error missing{ErrorKind::not_found, "there is no image " + id_text};
  const auto id = parse_id<ImageId>(id_text);
  if (!id) co_return problem_response(missing);
  Question<void> question = [id = *id, starred, visitor, missing](catalog::Catalog& catalog) -> Result<void> {
    const auto filed = catalog.image(id);
    if (!filed) return filed.error();
    const auto allowed = allow(visitor, accounts::Right::operate, filed->image.camera, missing);
    return allowed ? catalog.set_starred(id, starred) : allowed;
  };
  const auto set = co_await services.catalogs.ask(std::move(question));
  if (!set) co_return problem_response(set.error());
  JsonWriter json;
  json.object([&] {
    json.field("id", id_text);
    json.field("starred", starred);
  });
  co_return json_response(200, std::move(json).text());
}

}  // namespace

Task<Response> get_retention(Services& services, Request&, const Visitor& visitor) {
  const auto rules = co_await services.catalogs.ask(Question<Rules>(ask_rules));
  if (!rules) co_return problem_response(rules.error());
  std::vector<catalog::Holding> seen;
  for (const catalog::Holding& holding : rules->holdings) {
    if (visitor.may(accounts::Right::view, holding.camera.id)) seen.push_back(holding);
  }
  JsonWriter json;
  write_rules(json, rules->common, seen);
  co_return json_response(200, std::move(json).text());
}

Task<Response> get_camera_retention(Services& services, Request& request, const Visitor& visitor) {
  const auto camera = read_camera(request, visitor, accounts::Right::view);
  if (!camera) co_return problem_response(camera.error());
  Question<std::optional<catalog::RetentionRule>> question = [camera = *camera](catalog::Catalog& catalog) {
    return catalog.retention(camera);
  };
  const auto rule = co_await services.catalogs.ask(std::move(question));
  if (!rule) co_return problem_response(rule.error());
  if (!*rule) co_return problem_response(not_there());
  co_return rule_response(**rule);
}

Task<Response> put_retention(Services& services, Request& request, const Visitor& visitor) {
  const auto camera = read_camera(request, visitor, accounts::Right::administer);
  if (!camera) co_return problem_response(camera.error());
  const auto text = co_await read_text(*request.body);
  if (!text) co_return problem_response(text.error());
  const auto rule = read_rule(*text);
  if (!rule) co_return problem_response(rule.error());
  Question<void> question = [camera = *camera, rule = *rule](catalog::Catalog& catalog) {
    return catalog.set_retention(camera, rule);
  };
  const auto set = co_await services.catalogs.ask(std::move(question));
  if (!set) co_return problem_response(set.error());
  co_return rule_response(*rule);
}

Task<Response> delete_retention(Services& services, Request& request, const Visitor& visitor) {
  const auto camera = read_camera(request, visitor, accounts::Right::administer);
  if (!camera) co_return problem_response(camera.error());
  Question<bool> question = [camera = *camera](catalog::Catalog& catalog) {
    return catalog.clear_retention(camera);
  };
  const auto cleared = co_await services.catalogs.ask(std::move(question));
  if (!cleared) co_return problem_response(cleared.error());
  if (!*cleared) co_return problem_response(not_there());
  co_return rule_response({});
}

Task<Response> preview_retention(Services& services, Request&, const Visitor&) {
  return preview(services, ask_rules);
}

Task<Response> preview_retention_change(Services& services, Request& request, const Visitor&) {
  const auto camera = read_camera_filter(request);
  if (!camera) co_return problem_response(camera.error());
  const auto text = co_await read_text(*request.body);
  if (!text) co_return problem_response(text.error());
  const auto rule = read_rule(*text);
  if (!rule) co_return problem_response(rule.error());
  if (auto good = catalog::check_rule(*rule); !good) co_return problem_response(good.error());
  co_return co_await preview(services, [camera = *camera, rule = *rule](catalog::Catalog& catalog) {
    return ask_rules_with(catalog, camera, rule);
  });
}

Task<Response> put_star(Services& services, Request& request, const Visitor& visitor) {
  return set_star(services, request.captures[0], visitor, true);
}

Task<Response> delete_star(Services& services, Request& request, const Visitor& visitor) {
  return set_star(services, request.captures[0], visitor, false);
}

}  // namespace heliograph::http
