#include "server/app/command.hpp"
#include "server/base/base.hpp"
#include "server/cameras/cameras.hpp"
#include "server/http/json.hpp"

#include <cstdio>
#include <memory>

namespace heliograph::app {
namespace {

using Verb = Result<void> (*)(const Globals& globals, catalog::Catalog& catalog, const std::string& name);

void print(const http::JsonWriter& json) {
  std::printf("%s\n", json.text().c_str());
}

void print_key(const Globals& globals, const cameras::Enrolled& enrolled) {
  if (globals.json) {
    http::JsonWriter json;
    json.object([&] {
      json.field("id", to_string(enrolled.camera.id));
      json.field("name", enrolled.camera.name);
      json.field("key", enrolled.key);
    });
    print(json);
    return;
  }
  std::printf(
      "Camera: %s\nKey:    %s\n\nThe key is shown only now. Try it:\n"
      "  curl --data-binary @photo.jpg -H 'Content-Type: image/jpeg' -H 'X-API-Key: %s' "
      "http://127.0.0.1:8080/upload\n",
      enrolled.camera.name.c_str(), enrolled.key.c_str(), enrolled.key.c_str());
}

Result<void> add(const Globals& globals, catalog::Catalog& catalog, const std::string& name) {
  const SystemClock clock;
  IdSource ids(clock);
  const auto enrolled = cameras::enrol(catalog, ids, clock, name);
  if (!enrolled) return enrolled.error();
  print_key(globals, *enrolled);
  return {};
}

Result<void> rotate_key(const Globals& globals, catalog::Catalog& catalog, const std::string& name) {
  const auto camera = catalog.camera_by_name(name);
  if (!camera) return camera.error();
  const SystemClock clock;
  const auto enrolled = cameras::rotate_key(catalog, clock, camera->id, std::chrono::seconds{0});
  if (!enrolled) return enrolled.error();
  print_key(globals, *enrolled);
  return {};
}

Result<void> remove(const Globals& globals, catalog::Catalog& catalog, const std::string& name) {
  const auto camera = catalog.camera_by_name(name);
  if (!camera) return camera.error();
  if (auto removed = catalog.remove_camera(camera->id); !removed) return removed;
  if (globals.json) {
    http::JsonWriter json;
    json.object([&] { json.field("removed", name); });
    print(json);
  } else {
    std::printf("Removed %s. Its key is dead; its pictures stay in images/%s.\n", name.c_str(),
                camera->folder.c_str());
  }
  return {};
}

Result<void> list(const Globals& globals, catalog::Catalog& catalog, const std::string&) {
  const auto cameras = catalog.cameras();
  if (!cameras) return cameras.error();
  if (globals.json) {
    http::JsonWriter json;
    json.object([&] {
      json.key("cameras").array([&] {
        for (const catalog::CameraSummary& summary : *cameras) {
          json.object([&] {
            json.field("id", to_string(summary.camera.id));
            json.field("name", summary.camera.name);
            json.field("images", summary.image_count);
            json.key("last_image_at");
            summary.last_image ? json.value(to_ms(summary.last_image->captured_at)) : json.value(nullptr);
          });
        }
      });
    });
    print(json);
    return {};
  }
  if (cameras->empty())
    std::printf("There are no cameras yet. Add one: heliograph camera add \"Orchard north\"\n");
  for (const catalog::CameraSummary& summary : *cameras) {
    std::printf("%-32s %10lld pictures   last %s\n", summary.camera.name.c_str(),
                static_cast<long long>(summary.image_count),
                summary.last_image ? to_iso(summary.last_image->captured_at).c_str() : "never");
  }
  return {};
}

Exit run(const Globals& globals, Verb verb, const std::string& name) {
  const auto config = load_config(globals);
  if (!config) return fail(globals, config.error());
  std::error_code failed;
  std::filesystem::create_directories(config->data, failed);
  if (failed) return fail(globals, error_from_errno(failed.value(), "make " + config->data.string()));
  auto catalog = catalog::Catalog::open({database_of(*config), catalog::Durability::at_commit, false});
  if (!catalog) return fail(globals, catalog.error());
  const auto done = verb(globals, *catalog, name);
  return done ? Exit::ok : fail(globals, done.error());
}

}  // namespace

void add_camera_command(CLI::App& app, Globals& globals, Action& action) {
  CLI::App* camera = app.add_subcommand("camera", "Add, list and remove cameras, and make their keys new");
  camera->require_subcommand(1);
  camera->footer("Works while the server runs; what changes holds at once.");
  const struct {
    const char* word;
    const char* help;
    Verb verb;
    bool named;
  } verbs[] = {
      {"add", "Add a camera and print its key, once", add, true},
      {"list", "List the cameras", list, false},
      {"rotate-key", "Give a camera a new key; the old one stops working at once", rotate_key, true},
      {"remove", "Take a camera's key away and hide it; its pictures stay", remove, true},
  };
  for (const auto& entry : verbs) {
    CLI::App* command = camera->add_subcommand(entry.word, entry.help);
    const auto name = std::make_shared<std::string>();
    if (entry.named)
      command->add_option("NAME", *name, "What people call it, e.g. \"Orchard north\"")->required();
    command->callback([&globals, &action, name, verb = entry.verb] {
      action = [&globals, name, verb] { return run(globals, verb, *name); };
    });
  }
}

}  // namespace heliograph::app
