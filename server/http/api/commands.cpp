// People want a camera to do something, and look at what came of it.
#include "server/cameras/orders.hpp"
#include "server/http/api/accounts_api.hpp"
#include "server/http/api/gate.hpp"
#include "server/http/api/json_body.hpp"
#include "server/http/api/orders_json.hpp"

namespace heliograph::http {
namespace {

// Of one camera, for a page that shows them.
constexpr int listed_commands = 50;

struct CommandWish {
  cameras::Wish wish;
  boost::json::object arguments;
};

Result<CommandWish> read_wish(const boost::json::object& body, std::string id, std::string actor) {
  CommandWish read;
  const auto chosen = optional_text_of(body, "id");
  if (!chosen) return chosen.error();
  const auto name = text_of(body, "name");
  if (!name) return name.error();
  const auto life = optional_integer_of(body, "expires_in_ms");
  if (!life) return life.error();
  if (const auto* arguments = body.if_contains("arguments"); arguments != nullptr && !arguments->is_null()) {
    if (!arguments->is_object()) return Error{ErrorKind::bad_request, "`arguments` must be an object"};
    read.arguments = arguments->get_object();
  }
  read.wish = {chosen->value_or(std::move(id)), *name, {}, std::move(actor)};
  if (*life) read.wish.life = std::chrono::milliseconds(**life);
  return read;
}

// With the pictures that came of it.
Result<CommandSeen> see(catalog::Catalog& catalog, catalog::Command command) {
  CommandSeen seen{std::move(command), {}};
  for (const catalog::SenderName& name : pictures_in(seen.command.result.value_or(""))) {
    const auto image = catalog.image_by_sender(seen.command.camera, name);
    if (image) seen.images.push_back(image->id);
    if (!image && image.error().kind != ErrorKind::not_found) return image.error();
  }
  return seen;
}

Response command_response(int status, const Result<CommandSeen>& seen) {
  if (!seen) return problem_response(seen.error());
  JsonWriter json;
  write_command(json, *seen);
  return json_response(status, std::move(json).text());
}

// Asks, after what is past its time has ended: nobody is shown a command that waits for ever.
template <class T>
Task<Result<T>> ask_up_to_date(Services& services, Question<T> question) {
  Question<std::vector<catalog::Command>> expire = [&clock = services.clock](catalog::Catalog& catalog) {
    return cameras::expire_overdue(catalog, clock);
  };
  const auto ended = co_await services.catalogs.ask(std::move(expire));
  if (!ended) co_return ended.error();
  for (const catalog::Command& command : *ended) services.changes.publish(command_changed(command));
  co_return co_await services.catalogs.ask(std::move(question));
}

}  // namespace

Task<Response> send_command(Services& services, Request& request, const Visitor& visitor) {
  static constexpr std::string_view members[] = {"id", "name", "arguments", "expires_in_ms"};
  const auto camera = allowed_camera(visitor, accounts::Right::operate, request.captures[0]);
  if (!camera) co_return problem_response(camera.error());
  const auto body = co_await read_object(request, members);
  if (!body) co_return problem_response(body.error());
  auto wish = read_wish(*body, to_string(services.ids.next<CommandId>()), visitor.name);
  if (!wish) co_return problem_response(wish.error());
  Question<cameras::Submitted> question =
      [camera = *camera, wish = std::move(*wish), tools = tools_of(services),
       actor = actor_of(visitor, request)](catalog::Catalog& catalog) mutable -> Result<cameras::Submitted> {
    const auto known = catalog.camera_by_id(camera);
    if (!known) return known.error();
    const auto capabilities = cameras::capabilities_of(catalog, camera);
    if (!capabilities) return capabilities.error();
    auto arguments = cameras::check_command(wish.wish.name, wish.arguments, *capabilities);
    if (!arguments) return arguments.error();
    wish.wish.arguments = std::move(*arguments);
    auto submitted = cameras::submit(catalog, tools.clock, camera, wish.wish);
    if (!submitted || !submitted->is_new) return submitted;
    const auto noted =
        accounts::note(catalog, tools, actor, "camera-commanded", known->name + ": " + wish.wish.name);
    if (!noted) return noted.error();
    return submitted;
  };
  auto submitted = co_await services.catalogs.change(std::move(question));
  if (!submitted) co_return problem_response(submitted.error());
  if (submitted->is_new) {
    services.changes.publish(command_changed(submitted->command));
    services.links.prompt(*camera);
  }
  co_return command_response(202, CommandSeen{std::move(submitted->command), {}});
}

Task<Response> list_commands(Services& services, Request& request, const Visitor& visitor) {
  const auto camera = allowed_camera(visitor, accounts::Right::view, request.captures[0]);
  if (!camera) co_return problem_response(camera.error());
  Question<std::vector<CommandSeen>> question =
      [camera = *camera](catalog::Catalog& catalog) -> Result<std::vector<CommandSeen>> {
    if (const auto known = catalog.camera_by_id(camera); !known) return known.error();
    auto commands = catalog::Orders(catalog).commands(camera, listed_commands);
    if (!commands) return commands.error();
    std::vector<CommandSeen> all;
    for (catalog::Command& command : *commands) {
      auto seen = see(catalog, std::move(command));
      if (!seen) return seen.error();
      all.push_back(std::move(*seen));
    }
    return all;
  };
  const auto commands = co_await ask_up_to_date(services, std::move(question));
  if (!commands) co_return problem_response(commands.error());
  JsonWriter json;
  json.object([&] {
    json.key("commands").array([&] {
      for (const CommandSeen& seen : *commands) write_command(json, seen);
    });
  });
  co_return json_response(200, std::move(json).text());
}

Task<Response> get_command(Services& services, Request& request, const Visitor& visitor) {
  const auto camera = allowed_camera(visitor, accounts::Right::view, request.captures[0]);
  if (!camera) co_return problem_response(camera.error());
  Question<CommandSeen> question =
      [camera = *camera, id = request.captures[1]](catalog::Catalog& catalog) -> Result<CommandSeen> {
    auto command = catalog::Orders(catalog).command(camera, id);
    if (!command) return command.error();
    return see(catalog, std::move(*command));
  };
  co_return command_response(200, co_await ask_up_to_date(services, std::move(question)));
}

Task<Response> cancel_command(Services& services, Request& request, const Visitor& visitor) {
  const auto camera = allowed_camera(visitor, accounts::Right::operate, request.captures[0]);
  if (!camera) co_return problem_response(camera.error());
  Question<catalog::Command> question =
      [camera = *camera, id = request.captures[1], tools = tools_of(services),
       actor = actor_of(visitor, request)](catalog::Catalog& catalog) -> Result<catalog::Command> {
    const auto known = catalog.camera_by_id(camera);
    if (!known) return known.error();
    auto cancelled = cameras::cancel(catalog, tools.clock, camera, id);
    if (!cancelled) return cancelled;
    const auto noted = accounts::note(catalog, tools, actor, "camera-command-cancelled",
                                      known->name + ": " + cancelled->name);
    if (!noted) return noted.error();
    return cancelled;
  };
  const auto cancelled = co_await services.catalogs.change(std::move(question));
  if (!cancelled) co_return problem_response(cancelled.error());
  services.changes.publish(command_changed(*cancelled));
  co_return no_content();
}

}  // namespace heliograph::http
