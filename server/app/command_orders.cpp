// `heliograph camera command` and `heliograph camera settings`: what a camera is told.
#include "server/app/command.hpp"
#include "server/cameras/orders.hpp"
#include "server/http/api/orders_json.hpp"
#include "server/http/json.hpp"

#include <cstdio>
#include <memory>
#include <utility>
#include <vector>

#include <boost/json.hpp>

namespace heliograph::app {
namespace {

// NAME, and what stands behind it.
struct Typed {
  std::string camera;
  std::string command;
  std::vector<std::string> pairs;  // KEY=VALUE
};
using Verb = Result<void> (*)(const Globals& globals, catalog::Catalog& catalog, const Typed& typed);

// A number, true or false, or else a text; nothing is null.
boost::json::value value_of(const std::string& text) {
  if (text.empty()) return nullptr;
  boost::system::error_code failed;
  boost::json::value value = boost::json::parse(text, failed);
  if (!failed && (value.is_int64() || value.is_bool())) return value;
  return boost::json::string(text);
}

// Over what is there already.
Result<void> read_pairs(const std::vector<std::string>& pairs, boost::json::object& object) {
  for (const std::string& pair : pairs) {
    const auto equals = pair.find('=');
    if (equals == std::string::npos || equals == 0) {
      return Error{ErrorKind::bad_request, "say KEY=VALUE, not " + pair};
    }
    object[pair.substr(0, equals)] = value_of(pair.substr(equals + 1));
  }
  return {};
}

Result<void> command(const Globals& globals, catalog::Catalog& catalog, const Typed& typed) {
  const SystemClock clock;
  IdSource ids(clock);
  const auto camera = catalog.camera_by_name(typed.camera);
  if (!camera) return camera.error();
  const auto capabilities = cameras::capabilities_of(catalog, camera->id);
  if (!capabilities) return capabilities.error();
  boost::json::object arguments;
  if (auto read = read_pairs(typed.pairs, arguments); !read) return read;
  const auto checked = cameras::check_command(typed.command, arguments, *capabilities);
  if (!checked) return checked.error();
  const accounts::Actor actor = somebody_here();
  const auto submitted = cameras::submit(
      catalog, clock, camera->id, {to_string(ids.next<CommandId>()), typed.command, *checked, actor.name});
  if (!submitted) return submitted.error();
  const auto noted =
      accounts::note(catalog, {ids, clock}, actor, "camera-commanded", camera->name + ": " + typed.command);
  if (!noted) return noted.error();
  if (globals.json) {
    http::JsonWriter json;
    http::write_command(json, {submitted->command, {}});
    std::printf("%s\n", json.text().c_str());
  } else {
    std::printf("%s is told over its link, or when it next speaks: %s, %s\n", camera->name.c_str(),
                typed.command.c_str(), submitted->command.id.c_str());
  }
  return {};
}

void print_settings(const catalog::CameraSettings& settings) {
  const bool answered = settings.reported && settings.reported->version == settings.version;
  std::printf("Wanted:  %s\n", settings.wanted.c_str());
  std::printf("Applied: %s\n", settings.applied ? settings.applied->c_str() : "nothing that it told of");
  if (settings.version > 0 && !answered) std::printf("The camera is told when it next speaks.\n");
  if (answered && settings.reported->reason) {
    std::printf("The camera: %s (%s)\n", std::string(to_string(settings.reported->status)).c_str(),
                settings.reported->reason->c_str());
  }
}

Result<void> settings(const Globals& globals, catalog::Catalog& catalog, const Typed& typed) {
  const SystemClock clock;
  IdSource ids(clock);
  const auto camera = catalog.camera_by_name(typed.camera);
  if (!camera) return camera.error();
  const auto capabilities = cameras::capabilities_of(catalog, camera->id);
  if (!capabilities) return capabilities.error();
  const auto schema = cameras::settings_of(*capabilities);
  catalog::Orders orders(catalog);
  auto now = orders.settings(camera->id);
  if (!now) return now.error();
  if (!typed.pairs.empty()) {
    boost::json::object values = boost::json::parse(now->wanted).as_object();
    if (auto read = read_pairs(typed.pairs, values); !read) return read;
    const auto wanted = cameras::check_settings(values, schema);
    if (!wanted) return wanted.error();
    const accounts::Actor actor = somebody_here();
    if (auto set = orders.want(camera->id, now->version, *wanted, actor.name, clock.now()); !set) return set;
    const auto noted = accounts::note(catalog, {ids, clock}, actor, "camera-set", camera->name);
    if (!noted) return noted.error();
    now = orders.settings(camera->id);
    if (!now) return now.error();
  }
  if (globals.json) {
    std::printf("%s\n", http::settings_json(*now, schema).c_str());
  } else {
    print_settings(*now);
  }
  return {};
}

Exit run(const Globals& globals, Verb verb, const Typed& typed) {
  auto catalog = open_catalog(globals);
  if (!catalog) return fail(globals, catalog.error());
  const auto done = verb(globals, *catalog, typed);
  return done ? Exit::ok : fail(globals, done.error());
}

}  // namespace

std::vector<Command> order_commands(const Globals& globals) {
  const auto told = std::make_shared<Typed>();
  const auto set = std::make_shared<Typed>();
  return {
      {.name = "command",
       .help = "Tell a camera to do something, once",
       .options = {{"NAME", &told->camera, "The camera", {.required = true}},
                   {"COMMAND",
                    &told->command,
                    "capture, burst, reboot, identify, sleep-until, format-spool, send-log or self-test",
                    {.required = true}},
                   {"ARG=VALUE", &told->pairs, "Such as count=3"}},
       .run = [&globals, told] { return run(globals, command, *told); }},
      {.name = "settings",
       .help = "Show how a camera shall be set, and change that",
       .options = {{"NAME", &set->camera, "The camera", {.required = true}},
                   {"KEY=VALUE", &set->pairs, "Such as interval_s=600; KEY= leaves it to the camera"}},
       .run = [&globals, set] { return run(globals, settings, *set); }},
  };
}

}  // namespace heliograph::app
