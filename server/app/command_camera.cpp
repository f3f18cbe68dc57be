#include "server/app/command.hpp"
#include "server/base/base.hpp"
#include "server/cameras/cameras.hpp"
#include "server/cameras/claims.hpp"
#include "server/http/api/fleet_json.hpp"
#include "server/http/json.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <fstream>
#include <memory>
#include <utility>
#include <vector>

namespace heliograph::app {
namespace {

// What stands behind the verb on the command line: a camera's name, as a rule.
using Words = std::array<std::string, 2>;
using Verb = Result<void> (*)(const Globals& globals, catalog::Catalog& catalog, const Words& words);

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

Result<void> add(const Globals& globals, catalog::Catalog& catalog, const Words& words) {
  const std::string& name = words[0];
  const SystemClock clock;
  IdSource ids(clock);
  const auto enrolled = cameras::enrol(catalog, ids, clock, name);
  if (!enrolled) return enrolled.error();
  print_key(globals, *enrolled);
  return {};
}

Result<void> rotate_key(const Globals& globals, catalog::Catalog& catalog, const Words& words) {
  const std::string& name = words[0];
  const auto camera = catalog.camera_by_name(name);
  if (!camera) return camera.error();
  const SystemClock clock;
  const auto enrolled = cameras::rotate_key(catalog, clock, camera->id, std::chrono::seconds{0});
  if (!enrolled) return enrolled.error();
  print_key(globals, *enrolled);
  return {};
}

Result<void> plain_http(const Globals& globals, catalog::Catalog& catalog, const Words& words) {
  const auto& [name, word] = words;
  const bool allowed = word == "on";
  if (!allowed && word != "off") return Error{ErrorKind::bad_request, "say on or off, not " + word};
  const auto camera = catalog.camera_by_name(name);
  if (!camera) return camera.error();
  const auto changed =
      catalog::CameraKeys(catalog).change_rules(camera->id, {.plain_http = allowed, .may_roam = {}});
  if (!changed) return changed.error();
  if (globals.json) {
    http::JsonWriter json;
    json.object([&] {
      json.field("name", name);
      json.field("plain_http", allowed);
    });
    print(json);
  } else if (allowed) {
    std::printf("%s may send its key over plain HTTP now, where everybody on the way can read it.\n",
                name.c_str());
  } else {
    std::printf("%s may not send its key over plain HTTP any more.\n", name.c_str());
  }
  return {};
}

Result<void> claim(const Globals& globals, catalog::Catalog& catalog, const Words& words) {
  const auto& [code, name] = words;
  const SystemClock clock;
  IdSource ids(clock);
  const auto camera = cameras::accept_claim(catalog, ids, clock, code, name);
  if (!camera) return camera.error();
  if (globals.json) {
    http::JsonWriter json;
    json.object([&] {
      json.field("id", to_string(camera->id));
      json.field("name", camera->name);
    });
    print(json);
  } else {
    std::printf("Added %s, with the key that it made for itself.\n", camera->name.c_str());
  }
  return {};
}

// The keys go to standard output as a table, for the program that writes them to the boards.
Result<void> import(const Globals& globals, catalog::Catalog& catalog, const Words& words) {
  const std::string& path = words[0];
  std::ifstream file(path, std::ios::binary);
  std::string text(cameras::max_fleet_bytes + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  if (!file.is_open() || file.bad()) return error_from_errno(errno, "read " + path);
  if (text.size() > cameras::max_fleet_bytes) {
    return Error{ErrorKind::too_large,
                 path + " has more than " + std::to_string(cameras::max_fleet_bytes) + " bytes"};
  }
  const auto rows = cameras::read_fleet(text);
  if (!rows) return Error{rows.error().kind, path + ": " + rows.error().detail};
  const SystemClock clock;
  IdSource ids(clock);
  const auto fleet = cameras::enrol_fleet(catalog, ids, clock, *rows);
  if (!fleet) return fleet.error();
  std::printf(
      "%s", globals.json ? (http::fleet_json(*fleet) + '\n').c_str() : cameras::write_fleet(*fleet).c_str());
  return {};
}

Result<void> remove(const Globals& globals, catalog::Catalog& catalog, const Words& words) {
  const std::string& name = words[0];
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

Result<void> list(const Globals& globals, catalog::Catalog& catalog, const Words&) {
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

Exit run(const Globals& globals, Verb verb, const Words& words) {
  auto catalog = open_catalog(globals);
  if (!catalog) return fail(globals, catalog.error());
  const auto done = verb(globals, *catalog, words);
  return done ? Exit::ok : fail(globals, done.error());
}

}  // namespace

Command camera_command(const Globals& globals) {
  constexpr const char* name = "What people call it, e.g. \"Orchard north\"";
  const struct {
    const char* word;
    const char* help;
    Verb verb;
    std::vector<std::pair<const char*, const char*>> words;
  } verbs[] = {
      {"add", "Add a camera and print its key, once", add, {{"NAME", name}}},
      {"claim",
       "Add a camera by the code that it shows",
       claim,
       {{"CODE", "Of eight letters"}, {"NAME", name}}},
      {"import",
       "Add the cameras of a table, and print it with their keys, once",
       import,
       {{"FILE", "CSV with the columns name and group; of groups, those that there are"}}},
      {"list", "List the cameras", list, {}},
      {"rotate-key",
       "Give a camera a new key; the old one stops working at once",
       rotate_key,
       {{"NAME", name}}},
      {"plain-http",
       "Let a camera send its key without TLS, or not",
       plain_http,
       {{"NAME", name}, {"on|off", "Whether it may"}}},
      {"remove", "Take a camera's key away and hide it; its pictures stay", remove, {{"NAME", name}}},
  };
  Command camera{.name = "camera",
                 .help = "Add, list and remove cameras, and make their keys new",
                 .footer = "Works while the server runs; what changes holds at once."};
  for (const auto& entry : verbs) {
    const auto words = std::make_shared<Words>();
    Command& command = camera.commands.emplace_back(Command{.name = entry.word, .help = entry.help});
    for (std::size_t i = 0; i < entry.words.size(); ++i) {
      command.options.push_back(
          {entry.words[i].first, &(*words)[i], entry.words[i].second, {.required = true}});
    }
    command.run = [&globals, words, verb = entry.verb] { return run(globals, verb, *words); };
  }
  for (Command& command : order_commands(globals)) camera.commands.push_back(std::move(command));
  return camera;
}

}  // namespace heliograph::app
