// A camera announces itself, and its owner adds it by the code that it shows.
#include "server/cameras/claims.hpp"

#include "server/http/api/accounts_api.hpp"
#include "server/http/api/device.hpp"
#include "server/http/api/group_input.hpp"
#include "server/http/api/upload_headers.hpp"

namespace heliograph::http {
namespace {

// A person needs a minute or so to type the code; a camera on a battery should not ask more often.
constexpr std::chrono::seconds ask_again_after{5};

Response announced_response(const cameras::Announced& announced) {
  JsonWriter json;
  const auto* camera = std::get_if<catalog::Camera>(&announced);
  json.object([&] {
    if (camera != nullptr) {
      json.field("state", "accepted");
      json.field("id", to_string(camera->id));
      json.field("name", camera->name);
      return;
    }
    const auto& claim = std::get<catalog::Claim>(announced);
    json.field("state", "waiting");
    json.field("code", claim.code);
    json.field("expires_at", to_ms(claim.expires_at));
    json.field("ask_again_s", ask_again_after.count());
  });
  return json_response(camera != nullptr ? 200 : 202, std::move(json).text());
}

}  // namespace

Task<Response> announce_camera(Services& services, Request& request) {
  const auto key = read_key(request);
  if (!key) co_return problem_response(key.error());
  if (!*key || !cameras::key_well_formed(**key)) co_return problem_response(key_missing());
  if (services.login && came_in_clear(request)) {
    co_return problem_response({ErrorKind::forbidden, "a camera announces itself with its key: use https"});
  }
  static constexpr std::string_view members[] = {"model"};
  const auto body = co_await read_object(request, members);
  if (!body) co_return problem_response(body.error());
  const auto model = optional_text_of(*body, "model");
  if (!model) co_return problem_response(model.error());
  Question<cameras::Announced> question = [tools = tools_of(services), key = **key,
                                           model = model->value_or(""),
                                           address = request.peer](catalog::Catalog& catalog) {
    return cameras::announce(catalog, tools.ids, tools.clock, key, model, address);
  };
  const auto announced = co_await services.catalogs.ask(std::move(question));
  co_return announced ? announced_response(*announced) : problem_response(announced.error());
}

// Without their codes: whoever adds a camera must have it before them.
Task<Response> list_claims(Services& services, Request&, const Visitor&) {
  Question<std::vector<catalog::Claim>> question = [now = services.clock.now()](catalog::Catalog& catalog) {
    return catalog::Claims(catalog).waiting(now);
  };
  const auto claims = co_await services.catalogs.ask(std::move(question));
  if (!claims) co_return problem_response(claims.error());
  JsonWriter json;
  json.object([&] {
    json.key("claims").array([&] {
      for (const catalog::Claim& claim : *claims) {
        json.object([&] {
          json.field("model", claim.model);
          json.field("address", claim.address);
          json.field("announced_at", to_ms(claim.announced_at));
        });
      }
    });
  });
  co_return json_response(200, std::move(json).text());
}

Task<Response> accept_claim(Services& services, Request& request, const Visitor& visitor) {
  static constexpr std::string_view members[] = {"code", "name", "group"};
  const auto body = co_await read_object(request, members);
  if (!body) co_return problem_response(body.error());
  const auto code = text_of(*body, "code");
  if (!code) co_return problem_response(code.error());
  const auto name = text_of(*body, "name");
  if (!name) co_return problem_response(name.error());
  const auto group = read_group(*body);
  if (!group) co_return problem_response(group.error());
  Question<catalog::Camera> question =
      [tools = tools_of(services), code = *code, name = *name, group = *group,
       actor = actor_of(visitor, request)](catalog::Catalog& catalog) -> Result<catalog::Camera> {
    if (auto known = check_group(catalog, group); !known) return known.error();
    auto camera = cameras::accept_claim(catalog, tools.ids, tools.clock, code, name);
    if (!camera) return camera;
    if (auto put = put_into(catalog, camera->id, group); !put) return put.error();
    const auto noted = accounts::note(catalog, tools, actor, "camera-claimed", name);
    if (!noted) return noted.error();
    return camera;
  };
  const auto camera = co_await services.catalogs.ask(std::move(question));
  if (!camera) co_return problem_response(camera.error());
  JsonWriter json;
  json.object([&] {
    json.field("id", to_string(camera->id));
    json.field("name", camera->name);
  });
  co_return json_response(201, std::move(json).text());
}

}  // namespace heliograph::http
