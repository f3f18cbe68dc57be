// Cameras are added, named and removed, and get their keys.
#include "server/cameras/cameras.hpp"
#include "server/catalog/groups.hpp"
#include "server/http/api/accounts_api.hpp"
#include "server/http/api/gate.hpp"
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

Result<std::optional<GroupId>> read_group(const boost::json::object& body) {
  const auto text = optional_text_of(body, "group");
  if (!text) return text.error();
  if (!*text) return std::optional<GroupId>{};
  const auto group = read_id<GroupId>(**text, "group");
  if (!group) return group.error();
  return std::optional(*group);
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
    auto enrolled = cameras::enrol(catalog, tools.ids, tools.clock, name);
    if (!enrolled) return enrolled;
    if (group) {
      const auto moved = catalog::Groups(catalog).move_camera(enrolled->camera.id, group);
      if (!moved) {  // as if it had not been asked for
        static_cast<void>(catalog.remove_camera(enrolled->camera.id));
        return moved.error();
      }
    }
    const auto noted = accounts::note(catalog, tools, actor, "camera-added", name);
    if (!noted) return noted.error();
    return enrolled;
  };
  const auto enrolled = co_await services.catalogs.ask(std::move(question));
  co_return enrolled ? key_response(201, *enrolled) : problem_response(enrolled.error());
}

Task<Response> change_camera(Services& services, Request& request, const Visitor& visitor) {
  static constexpr std::string_view members[] = {"name"};
  const auto camera = allowed_camera(visitor, accounts::Right::administer, request.captures[0]);
  if (!camera) co_return problem_response(camera.error());
  const auto body = co_await read_object(request, members);
  if (!body) co_return problem_response(body.error());
  const auto name = text_of(*body, "name");
  if (!name) co_return problem_response(name.error());
  Question<void> question = [tools = tools_of(services), camera = *camera, name = *name,
                             actor = actor_of(visitor, request)](catalog::Catalog& catalog) -> Result<void> {
    if (auto renamed = cameras::rename(catalog, camera, name); !renamed) return renamed;
    return accounts::note(catalog, tools, actor, "camera-renamed", name);
  };
  const auto renamed = co_await services.catalogs.ask(std::move(question));
  co_return renamed ? no_content() : problem_response(renamed.error());
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
  co_return rotated ? key_response(200, *rotated) : problem_response(rotated.error());
}

}  // namespace heliograph::http
