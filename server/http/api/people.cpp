// Other people: what an administrator sees and changes.
#include "server/http/api/accounts_api.hpp"
#include "server/http/api/json_body.hpp"

namespace heliograph::http {
namespace {

void write_person(JsonWriter& json, const catalog::Person& person) {
  json.object([&] {
    json.field("id", to_string(person.id));
    json.field("name", person.name);
    json.field("created_at", to_ms(person.created_at));
    json.field("invited", !person.has_come());
    json.field("second_factor", person.has_second_factor);
    json.key("grants");
    write_grants(json, person.grants);
  });
}

// What a person may do: a list of {group, role}; group null for every camera.
Result<std::vector<catalog::Grant>> read_grants(const boost::json::object& body) {
  const Error wrong{ErrorKind::bad_request,
                    "`grants` must be a list of {\"group\": id or null for every camera, \"role\": viewer, "
                    "operator or administrator}, each group once"};
  const auto* list = body.if_contains("grants");
  if (list == nullptr || !list->is_array()) return wrong;
  std::vector<catalog::Grant> grants;
  for (const boost::json::value& one : list->get_array()) {
    if (!one.is_object()) return wrong;
    const auto group = optional_text_of(one.get_object(), "group");
    const auto role = text_of(one.get_object(), "role");
    if (!group || !role) return wrong;
    const auto id = *group ? parse_id<GroupId>(**group) : std::optional(catalog::every_camera);
    const auto known = catalog::parse_role(*role);
    if (!id || (*group && *id == catalog::every_camera) || !known) return wrong;
    if (std::ranges::find(grants, *id, &catalog::Grant::group) != grants.end()) return wrong;
    grants.push_back({*id, *known});
  }
  return grants;
}

Response link_response(int status, const accounts::Link& link) {
  JsonWriter json;
  json.object([&] {
    json.key("person");
    write_person(json, link.person);
    json.field("token", link.token);
    json.field("expires_at", to_ms(link.expires_at));
  });
  return json_response(status, std::move(json).text());
}

// A change of one person, who is named in the audit log as they were before.
Task<Response> change_person(Services& services, const Request& request, const Visitor& visitor,
                             std::string_view action,
                             std::function<Result<void>(catalog::Catalog&, const catalog::Person&)> change) {
  const auto id = read_id<PersonId>(request.captures[0], "person");
  if (!id) co_return problem_response(id.error());
  Question<void> question = [tools = tools_of(services), id = *id, actor = actor_of(visitor, request), action,
                             change = std::move(change)](catalog::Catalog& catalog) -> Result<void> {
    const auto person = catalog::People(catalog).by_id(id);
    if (!person) return person.error();
    if (auto changed = change(catalog, *person); !changed) return changed;
    return accounts::note(catalog, tools, actor, action, person->name);
  };
  const auto changed = co_await services.catalogs.ask(std::move(question));
  co_return changed ? no_content() : problem_response(changed.error());
}

}  // namespace

Task<Response> list_people(Services& services, Request&, const Visitor&) {
  Question<std::vector<catalog::Person>> question = [](catalog::Catalog& catalog) {
    return catalog::People(catalog).all();
  };
  const auto people = co_await services.catalogs.ask(std::move(question));
  if (!people) co_return problem_response(people.error());
  JsonWriter json;
  json.object([&] {
    json.key("people").array([&] {
      for (const catalog::Person& person : *people) write_person(json, person);
    });
  });
  co_return json_response(200, std::move(json).text());
}

Task<Response> invite_person(Services& services, Request& request, const Visitor& visitor) {
  static constexpr std::string_view members[] = {"name", "grants"};
  const auto body = co_await read_object(request, members);
  if (!body) co_return problem_response(body.error());
  const auto name = text_of(*body, "name");
  if (!name) co_return problem_response(name.error());
  const auto grants = read_grants(*body);
  if (!grants) co_return problem_response(grants.error());
  Question<accounts::Link> question = [tools = tools_of(services), name = *name, grants = *grants,
                                       actor = actor_of(visitor, request)](catalog::Catalog& catalog) {
    return accounts::invite(catalog, tools, actor, name, grants);
  };
  const auto link = co_await services.catalogs.ask(std::move(question));
  co_return link ? link_response(201, *link) : problem_response(link.error());
}

Task<Response> delete_person(Services& services, Request& request, const Visitor& visitor) {
  return change_person(services, request, visitor, "person-removed",
                       [](catalog::Catalog& catalog, const catalog::Person& person) {
                         return catalog::People(catalog).remove(person.id);
                       });
}

Task<Response> put_grants(Services& services, Request& request, const Visitor& visitor) {
  static constexpr std::string_view members[] = {"grants"};
  const auto body = co_await read_object(request, members);
  if (!body) co_return problem_response(body.error());
  const auto grants = read_grants(*body);
  if (!grants) co_return problem_response(grants.error());
  std::function<Result<void>(catalog::Catalog&, const catalog::Person&)> change =
      [grants = *grants](catalog::Catalog& catalog, const catalog::Person& person) {
        return catalog::People(catalog).set_grants(person.id, grants);
      };
  co_return co_await change_person(services, request, visitor, "rights-changed", std::move(change));
}

Task<Response> make_link(Services& services, Request& request, const Visitor& visitor) {
  const auto id = read_id<PersonId>(request.captures[0], "person");
  if (!id) co_return problem_response(id.error());
  Question<accounts::Link> question = [tools = tools_of(services), id = *id,
                                       actor = actor_of(visitor, request)](catalog::Catalog& catalog) {
    return accounts::reset_password(catalog, tools, actor, id);
  };
  const auto link = co_await services.catalogs.ask(std::move(question));
  co_return link ? link_response(200, *link) : problem_response(link.error());
}

Task<Response> reset_second_factor(Services& services, Request& request, const Visitor& visitor) {
  return change_person(services, request, visitor, "second-factor-removed",
                       [](catalog::Catalog& catalog, const catalog::Person& person) {
                         return catalog::SignIns(catalog).set_second_factor(person.id, std::nullopt);
                       });
}

}  // namespace heliograph::http
