// Cameras are added, named and removed, and get their keys.
#include "server/cameras/cameras.hpp"
#include "server/http/api/accounts_api.hpp"
#include "server/http/api/gate.hpp"
#include "server/http/api/group_input.hpp"
#include "server/http/api/json_body.hpp"

namespace heliograph::http {
namespace {

Response key_response(int status, const cameras::Enrolled& enrolled) {
  JsonWriter json;
  json.object([&] {
    json.field("id", to_string(enrolled.camera.id));
    json.field("name", enrolled.camera.name);
    json.field("key", enrolled.key);
  });
  return json_response(status, std::move(json).text());
}

struct CameraChange {
  std::optional<std::string> name;
  catalog::KeyRulesChange rules;
};

Result<CameraChange> read_change(const boost::json::object& body) {
  const auto name = optional_text_of(body, "name");
  if (!name) return name.error();
  const auto plain_http = optional_bool_of(body, "plain_http");
  if (!plain_http) return plain_http.error();
  const auto may_roam = optional_bool_of(body, "may_roam");
  if (!may_roam) return may_roam.error();
  const auto trusted = optional_bool_of(body, "trusted");
  if (!trusted) return trusted.error();
  if (*trusted == false) {
    return Error{ErrorKind::bad_request, "`trusted` can only be true: to stop a camera, give it a new key"};
  }
  // Who says that it may be in several places has decided about it.
  const bool trust_again = trusted->has_value() || *may_roam == true;
  if (!*name && !*plain_http && !*may_roam && !trust_again) {
    return Error{ErrorKind::bad_request,
                 "there is nothing to change: say name, plain_http, may_roam or trusted"};
  }
  return CameraChange{*name, {*plain_http, *may_roam, trust_again}};
}

Result<void> make_change(catalog::Catalog& catalog, accounts::Tools tools, const accounts::Actor& actor,
                         CameraId camera, const CameraChange& change) {
  const auto known = catalog.camera_by_id(camera);
  if (!known) return known.error();
  if (change.name) {
    if (auto renamed = cameras::rename(catalog, camera, *change.name); !renamed) return renamed;
    if (auto noted = accounts::note(catalog, tools, actor, "camera-renamed", *change.name); !noted)
      return noted;
  }
  if (auto changed = catalog::CameraKeys(catalog).change_rules(camera, change.rules); !changed)
    return changed;
  const auto note_if = [&](bool happened, std::string_view action) -> Result<void> {
    return happened ? accounts::note(catalog, tools, actor, action, known->name) : Result<void>{};
  };
  const auto& rules = change.rules;
  if (auto noted = note_if(rules.plain_http == true, "camera-plain-http-allowed"); !noted) return noted;
  if (auto noted = note_if(rules.plain_http == false, "camera-plain-http-forbidden"); !noted) return noted;
  return note_if(rules.trust_again, "camera-trusted");
}

}  // namespace

Task<Response> add_camera(Services& services, Request& request, const Visitor& visitor) {
  static constexpr std::string_view members[] = {"name", "group"};
  const auto body = co_await read_object(request, members);
  if (!body) co_return problem_response(body.error());
  const auto name = text_of(*body, "name");
  if (!name) co_return problem_response(name.error());
  const auto group = read_group(*body);
  if (!group) co_return problem_response(group.error());
  Question<cameras::Enrolled> question =
      [tools = tools_of(services), name = *name, group = *group,
       actor = actor_of(visitor, request)](catalog::Catalog& catalog) -> Result<cameras::Enrolled> {
    if (auto known = check_group(catalog, group); !known) return known.error();
    auto enrolled = cameras::enrol(catalog, tools.ids, tools.clock, name);
    if (!enrolled) return enrolled;
    if (auto put = put_into(catalog, enrolled->camera.id, group); !put) return put.error();
    const auto noted = accounts::note(catalog, tools, actor, "camera-added", name);
    if (!noted) return noted.error();
    return enrolled;
  };
  const auto enrolled = co_await services.catalogs.ask(std::move(question));
  co_return enrolled ? key_response(201, *enrolled) : problem_response(enrolled.error());
}

Task<Response> change_camera(Services& services, Request& request, const Visitor& visitor) {
  static constexpr std::string_view members[] = {"name", "plain_http", "may_roam", "trusted"};
  const auto camera = allowed_camera(visitor, accounts::Right::administer, request.captures[0]);
  if (!camera) co_return problem_response(camera.error());
  const auto body = co_await read_object(request, members);
  if (!body) co_return problem_response(body.error());
  const auto change = read_change(*body);
  if (!change) co_return problem_response(change.error());
  Question<void> question = [tools = tools_of(services), camera = *camera, change = *change,
                             actor = actor_of(visitor, request)](catalog::Catalog& catalog) {
    return make_change(catalog, tools, actor, camera, change);
  };
  const auto changed = co_await services.catalogs.ask(std::move(question));
  if (!changed) co_return problem_response(changed.error());
  services.whereabouts.forget(*camera);
  co_return no_content();
}

Task<Response> remove_camera(Services& services, Request& request, const Visitor& visitor) {
  const auto camera = allowed_camera(visitor, accounts::Right::administer, request.captures[0]);
  if (!camera) co_return problem_response(camera.error());
  Question<void> question = [tools = tools_of(services), id = *camera,
                             actor = actor_of(visitor, request)](catalog::Catalog& catalog) -> Result<void> {
    const auto known = catalog.camera_by_id(id);
    if (!known) return known.error();
    if (auto removed = catalog.remove_camera(id); !removed) return removed;
    return accounts::note(catalog, tools, actor, "camera-removed", known->name);
  };
  const auto removed = co_await services.catalogs.ask(std::move(question));
  co_return removed ? no_content() : problem_response(removed.error());
}

Task<Response> rotate_camera_key(Services& services, Request& request, const Visitor& visitor) {
  static constexpr std::string_view members[] = {"overlap_s"};
  const auto camera = allowed_camera(visitor, accounts::Right::administer, request.captures[0]);
  if (!camera) co_return problem_response(camera.error());
  const auto body = co_await read_object(request, members);
  if (!body) co_return problem_response(body.error());
  const auto overlap = optional_integer_of(*body, "overlap_s");
  if (!overlap) co_return problem_response(overlap.error());
  Question<cameras::Enrolled> question =
      [tools = tools_of(services), id = *camera, overlap = std::chrono::seconds{overlap->value_or(0)},
       actor = actor_of(visitor, request)](catalog::Catalog& catalog) -> Result<cameras::Enrolled> {
    auto rotated = cameras::rotate_key(catalog, tools.clock, id, overlap);
    if (!rotated) return rotated;
    const auto noted = accounts::note(catalog, tools, actor, "camera-key-rotated", rotated->camera.name);
    if (!noted) return noted.error();
    return rotated;
  };
  const auto rotated = co_await services.catalogs.ask(std::move(question));
  if (rotated) services.whereabouts.forget(*camera);
  co_return rotated ? key_response(200, *rotated) : problem_response(rotated.error());
}

}  // namespace heliograph::http
