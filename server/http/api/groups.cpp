// Groups of cameras.
#include "server/catalog/groups.hpp"

#include "server/http/api/accounts_api.hpp"
#include "server/http/api/json_body.hpp"

#include <algorithm>

namespace heliograph::http {
namespace {

// Groups that one server has: the list is one page.
constexpr std::size_t max_groups = 1000;

void write_group(JsonWriter& json, const catalog::Group& group) {
  json.object([&] {
    json.field("id", to_string(group.id));
    json.field("name", group.name);
    json.field("created_at", to_ms(group.created_at));
    json.key("cameras").array([&] {
      for (const CameraId camera : group.cameras) json.value(to_string(camera));
    });
  });
}

Result<void> check_name(const std::string& name) {
  if (!name.empty() && name.size() <= accounts::max_name_length) return {};
  return Error{ErrorKind::bad_request,
               "a group's name has 1 to " + std::to_string(accounts::max_name_length) + " bytes"};
}

// In the audit log by their names: its reader knows nothing by an id.
std::string name_of(const std::vector<catalog::Group>& groups, GroupId id) {
  const auto group = std::ranges::find(groups, id, &catalog::Group::id);
  return group == groups.end() ? to_string(id) : group->name;
}
Result<void> note_camera_moved(catalog::Catalog& catalog, accounts::Tools tools, const accounts::Actor& actor,
                               CameraId id) {
  const auto cameras = catalog.cameras();
  if (!cameras) return cameras.error();
  const auto moved = std::ranges::find(
      *cameras, id, [](const catalog::CameraSummary& summary) { return summary.camera.id; });
  // One that was removed is in no list, and can be moved all the same: its pictures are still there.
  return accounts::note(catalog, tools, actor, "camera-moved",
                        moved == cameras->end() ? to_string(id) : moved->camera.name);
}

Task<Result<std::string>> read_name(Request& request) {
  static constexpr std::string_view members[] = {"name"};
  const auto body = co_await read_object(request, members);
  if (!body) co_return body.error();
  auto name = text_of(*body, "name");
  if (!name) co_return name;
  if (const auto checked = check_name(*name); !checked) co_return checked.error();
  co_return name;
}

}  // namespace

Task<Response> list_groups(Services& services, Request&, const Visitor&) {
  Question<std::vector<catalog::Group>> question = [](catalog::Catalog& catalog) {
    return catalog::Groups(catalog).all();
  };
  const auto groups = co_await services.catalogs.ask(std::move(question));
  if (!groups) co_return problem_response(groups.error());
  JsonWriter json;
  json.object([&] {
    json.key("groups").array([&] {
      for (const catalog::Group& group : *groups) write_group(json, group);
    });
  });
  co_return json_response(200, std::move(json).text());
}

Task<Response> add_group(Services& services, Request& request, const Visitor& visitor) {
  const auto name = co_await read_name(request);
  if (!name) co_return problem_response(name.error());
  const catalog::Group group{services.ids.next<GroupId>(), *name, services.clock.now(), {}};
  Question<void> question = [tools = tools_of(services), group,
                             actor = actor_of(visitor, request)](catalog::Catalog& catalog) -> Result<void> {
    catalog::Groups groups(catalog);
    const auto known = groups.all();
    if (!known) return known.error();
    if (known->size() >= max_groups) {
      return Error{ErrorKind::conflict, "a server has " + std::to_string(max_groups) + " groups at most"};
    }
    if (auto added = groups.add(group); !added) return added;
    return accounts::note(catalog, tools, actor, "group-added", group.name);
  };
  const auto added = co_await services.catalogs.ask(std::move(question));
  if (!added) co_return problem_response(added.error());
  JsonWriter json;
  write_group(json, group);
  co_return json_response(201, std::move(json).text());
}

Task<Response> rename_group(Services& services, Request& request, const Visitor& visitor) {
  const auto id = read_id<GroupId>(request.captures[0], "group");
  if (!id) co_return problem_response(id.error());
  const auto name = co_await read_name(request);
  if (!name) co_return problem_response(name.error());
  Question<void> question = [tools = tools_of(services), id = *id, name = *name,
                             actor = actor_of(visitor, request)](catalog::Catalog& catalog) -> Result<void> {
    if (auto renamed = catalog::Groups(catalog).rename(id, name); !renamed) return renamed;
    return accounts::note(catalog, tools, actor, "group-renamed", name);
  };
  const auto renamed = co_await services.catalogs.ask(std::move(question));
  co_return renamed ? no_content() : problem_response(renamed.error());
}

Task<Response> delete_group(Services& services, Request& request, const Visitor& visitor) {
  const auto id = read_id<GroupId>(request.captures[0], "group");
  if (!id) co_return problem_response(id.error());
  Question<void> question = [tools = tools_of(services), id = *id,
                             actor = actor_of(visitor, request)](catalog::Catalog& catalog) -> Result<void> {
    catalog::Groups groups(catalog);
    const auto known = groups.all();
    if (!known) return known.error();
    if (auto removed = groups.remove(id); !removed) return removed;
    return accounts::note(catalog, tools, actor, "group-removed", name_of(*known, id));
  };
  const auto removed = co_await services.catalogs.ask(std::move(question));
  co_return removed ? no_content() : problem_response(removed.error());
}

Task<Response> put_camera_group(Services& services, Request& request, const Visitor& visitor) {
  static constexpr std::string_view members[] = {"group"};
  const auto camera = read_id<CameraId>(request.captures[0], "camera");
  if (!camera) co_return problem_response(camera.error());
  const auto body = co_await read_object(request, members);
  if (!body) co_return problem_response(body.error());
  if (!body->contains("group")) {  // left out by mistake, it must not take rights away
    co_return problem_response({ErrorKind::bad_request, "`group` must be a group's id, or null for none"});
  }
  const auto text = optional_text_of(*body, "group");
  if (!text) co_return problem_response(text.error());
  std::optional<GroupId> group;
  if (*text) {
    const auto id = read_id<GroupId>(**text, "group");
    if (!id) co_return problem_response(id.error());
    group = *id;
  }
  Question<void> question = [tools = tools_of(services), camera = *camera, group,
                             actor = actor_of(visitor, request)](catalog::Catalog& catalog) -> Result<void> {
    if (auto moved = catalog::Groups(catalog).move_camera(camera, group); !moved) return moved;
    return note_camera_moved(catalog, tools, actor, camera);
  };
  const auto moved = co_await services.catalogs.ask(std::move(question));
  co_return moved ? no_content() : problem_response(moved.error());
}

}  // namespace heliograph::http
