// `heliograph firmware`: releases and rollouts, at the machine itself; beside a server that runs, or without.
#include "server/app/command.hpp"
#include "server/cameras/releases.hpp"
#include "server/cameras/signed_image.hpp"
#include "server/catalog/groups.hpp"
#include "server/http/api/firmware_json.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <fstream>
#include <memory>
#include <utility>
#include <vector>

namespace heliograph::app {
namespace {

struct Typed {
  std::string what;  // a file or an id
  std::string group;
  std::string first;
  std::string advance = "hand";
  std::int64_t failures = 1;
};
// What every verb works with.
struct Desk {
  const Globals& globals;
  catalog::Catalog& catalog;
  store::ImageStore& store;
  accounts::Tools tools;
  accounts::Actor actor = somebody_here();

  Result<void> note(std::string_view action, const std::string& subject) {
    return accounts::note(catalog, tools, actor, action, subject);
  }
};
using Verb = Result<void> (*)(Desk& desk, const Typed& typed);

template <class AnyId>
Result<AnyId> read_id(const std::string& text, std::string_view what) {
  if (const auto id = parse_id<AnyId>(text)) return *id;
  return Error{ErrorKind::not_found, "there is no " + std::string(what) + " " + text};
}

// Into the data directory; what is not whole leaves nothing behind.
Result<catalog::Release> take_file(Desk& desk, const std::string& path, ReleaseId id) {
  std::ifstream file(path, std::ios::binary);
  if (!file.is_open()) return error_from_errno(errno, "read " + path);
  auto kept = desk.store.create_release(id);
  if (!kept) return kept.error();
  cameras::SignedImage image;
  std::vector<char> piece(256 * 1024);
  while (file) {
    file.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    const std::span<const std::uint8_t> bytes(reinterpret_cast<const std::uint8_t*>(piece.data()),
                                              static_cast<std::size_t>(file.gcount()));
    if (auto fed = image.feed(bytes); !fed) return fed.error();
    if (auto written = kept->write(bytes); !written) return written.error();
  }
  if (file.bad()) return error_from_errno(errno, "read " + path);
  auto release = image.finish();
  if (!release) return release;
  if (auto synced = kept->keep(); !synced) return synced.error();
  return release;
}

Result<void> add(Desk& desk, const Typed& typed) {
  const auto id = desk.tools.ids.next<ReleaseId>();
  auto release = take_file(desk, typed.what, id);
  if (!release) return Error{release.error().kind, typed.what + ": " + release.error().detail};
  release->id = id;
  release->actor = desk.actor.name;
  release->created_at = desk.tools.clock.now();
  const auto added = cameras::add_release(desk.catalog, desk.store, *release);
  if (!added) return added.error();
  const catalog::Release& now = added->release;
  if (added->is_new) {
    if (auto noted = desk.note("release-added", now.model + " " + now.version); !noted) return noted;
  }
  if (desk.globals.json) {
    http::JsonWriter json;
    http::write_release(json, now);
    std::printf("%s\n", json.text().c_str());
  } else {
    std::printf(
        "%s %s for %s is release %s. No camera has heard of it yet:\n  heliograph firmware start %s\n",
        added->is_new ? "Added: version" : "It is here already: version", now.version.c_str(),
        now.model.c_str(), to_string(now.id).c_str(), to_string(now.id).c_str());
  }
  return {};
}

Result<void> list(Desk& desk, const Typed&) {
  const auto releases = catalog::Firmware(desk.catalog).releases();
  if (!releases) return releases.error();
  if (desk.globals.json) {
    std::printf("%s\n", http::releases_json(*releases).c_str());
    return {};
  }
  for (const catalog::Release& release : *releases) {
    std::printf("%s  %-20s %-10s security %lld%s\n", to_string(release.id).c_str(), release.model.c_str(),
                release.version.c_str(), static_cast<long long>(release.security),
                release.downgrade ? ", may go back" : "");
  }
  return {};
}

Result<void> remove(Desk& desk, const Typed& typed) {
  const auto id = read_id<ReleaseId>(typed.what, "release");
  if (!id) return id.error();
  const auto removed = cameras::remove_release(desk.catalog, desk.store, *id);
  if (!removed) return removed.error();
  if (!desk.globals.json) std::printf("Removed %s %s.\n", removed->model.c_str(), removed->version.c_str());
  return desk.note("release-removed", removed->model + " " + removed->version);
}

Result<void> print_rollout(const Desk& desk, RolloutId id) {
  const auto seen = cameras::see_rollout(desk.catalog, id);
  if (!seen) return seen.error();
  if (desk.globals.json) {
    std::printf("%s\n", http::rollout_json(*seen).c_str());
    return {};
  }
  const catalog::Rollout& rollout = seen->rollout;
  std::printf("Rollout %s: %s %s, stage %s, %s%s%s\n", to_string(rollout.id).c_str(), rollout.model.c_str(),
              seen->release.version.c_str(), std::string(to_string(rollout.stage)).c_str(),
              std::string(to_string(rollout.state)).c_str(), rollout.reason ? ": " : "",
              rollout.reason.value_or("").c_str());
  if (seen->members.empty()) std::printf("  No camera says yet that it is a %s.\n", rollout.model.c_str());
  for (std::size_t i = 0; i < seen->members.size(); ++i) {
    const catalog::RolloutMember& member = seen->members[i];
    const std::string reason = member.told ? member.told->reason.value_or("") : "";
    std::printf("  %-24s %-10s %-9s %s\n", member.name.c_str(), member.firmware.c_str(),
                std::string(cameras::to_string(seen->states[i])).c_str(), reason.c_str());
  }
  return {};
}

// After something was changed; a server that runs tells the cameras, as it does by itself every minute.
Result<void> drive_and_print(Desk& desk, RolloutId id) {
  const auto driven = cameras::drive_rollouts(desk.catalog, desk.tools.ids, desk.tools.clock);
  if (!driven) return driven.error();
  return print_rollout(desk, id);
}

Result<GroupId> group_called(Desk& desk, const std::string& name) {
  if (name.empty()) return GroupId{};
  const auto groups = catalog::Groups(desk.catalog).all();
  if (!groups) return groups.error();
  for (const catalog::Group& group : *groups) {
    if (group.name == name) return group.id;
  }
  return Error{ErrorKind::not_found, "there is no group called " + name};
}

Result<void> start(Desk& desk, const Typed& typed) {
  cameras::RolloutWish wish;
  const auto release = read_id<ReleaseId>(typed.what, "release");
  if (!release) return release.error();
  wish.release = *release;
  const auto group = group_called(desk, typed.group);
  if (!group) return group.error();
  wish.group = *group;
  if (!typed.first.empty()) {
    const auto camera = desk.catalog.camera_by_name(typed.first);
    if (!camera) return camera.error();
    wish.first = camera->id;
  }
  if (typed.advance != "hand" && typed.advance != "auto") {
    return Error{ErrorKind::bad_request, "say --advance hand or auto, not " + typed.advance};
  }
  wish.automatic = typed.advance == "auto";
  wish.failure_limit = typed.failures;
  wish.actor = desk.actor.name;
  const auto rollout = cameras::start_rollout(desk.catalog, desk.tools.ids, desk.tools.clock, wish);
  if (!rollout) return rollout.error();
  const std::string subject = rollout->model + ", rollout " + to_string(rollout->id);
  if (auto noted = desk.note("rollout-started", subject); !noted) return noted;
  return drive_and_print(desk, rollout->id);
}

Result<void> status(Desk& desk, const Typed& typed) {
  if (!typed.what.empty()) {
    const auto id = read_id<RolloutId>(typed.what, "rollout");
    if (!id) return id.error();
    return drive_and_print(desk, *id);
  }
  constexpr int listed = 20;
  const auto rollouts = catalog::Firmware(desk.catalog).rollouts(listed);
  if (!rollouts) return rollouts.error();
  std::vector<cameras::RolloutSeen> all;
  for (const catalog::Rollout& rollout : *rollouts) {
    auto seen = cameras::see_rollout(desk.catalog, rollout.id);
    if (!seen) return seen.error();
    all.push_back(std::move(*seen));
  }
  if (desk.globals.json) {
    std::printf("%s\n", http::rollouts_json(all).c_str());
    return {};
  }
  for (const cameras::RolloutSeen& seen : all) {
    std::printf("%s  %-20s %-10s stage %-5s %s\n", to_string(seen.rollout.id).c_str(),
                seen.rollout.model.c_str(), seen.release.version.c_str(),
                std::string(to_string(seen.rollout.stage)).c_str(),
                std::string(to_string(seen.rollout.state)).c_str());
  }
  return {};
}

Result<void> advance(Desk& desk, const Typed& typed) {
  const auto id = read_id<RolloutId>(typed.what, "rollout");
  if (!id) return id.error();
  const auto rollout = cameras::advance_rollout(desk.catalog, desk.tools.clock, *id);
  if (!rollout) return rollout.error();
  const std::string subject = rollout->model + ", rollout " + to_string(*id) + ": ";
  if (auto noted = desk.note("rollout-advanced", subject + std::string(to_string(rollout->stage))); !noted) {
    return noted;
  }
  return drive_and_print(desk, *id);
}

Result<void> halt(Desk& desk, const Typed& typed) {
  const auto id = read_id<RolloutId>(typed.what, "rollout");
  if (!id) return id.error();
  const auto rollout =
      cameras::halt_rollout(desk.catalog, desk.tools.clock, *id, "halted by " + desk.actor.name);
  if (!rollout) return rollout.error();
  if (auto noted = desk.note("rollout-halted", rollout->model + ", rollout " + to_string(*id)); !noted) {
    return noted;
  }
  return drive_and_print(desk, *id);
}

Exit run(const Globals& globals, Verb verb, const Typed& typed) {
  const auto config = load_config(globals);
  if (!config) return fail(globals, config.error());
  auto catalog = open_catalog(globals);
  if (!catalog) return fail(globals, catalog.error());
  const auto store = store::ImageStore::open_to_read(config->data);
  if (!store) return fail(globals, store.error());
  const SystemClock clock;
  IdSource ids(clock);
  Desk desk{globals, *catalog, **store, {ids, clock}};
  const auto done = verb(desk, typed);
  return done ? Exit::ok : fail(globals, done.error());
}

using Offered = std::vector<Option> (*)(Typed& typed);

Command offer(const Globals& globals, const char* name, const char* help, Verb verb, Offered options) {
  const auto typed = std::make_shared<Typed>();
  return {.name = name, .help = help, .options = options(*typed), .run = [&globals, typed, verb] {
            return run(globals, verb, *typed);
          }};
}

std::vector<Option> nothing(Typed&) {
  return {};
}
std::vector<Option> file(Typed& typed) {
  return {{"FILE", &typed.what, "A signed image", {.required = true}}};
}
std::vector<Option> release(Typed& typed) {
  return {{"RELEASE", &typed.what, "Its id", {.required = true}}};
}
std::vector<Option> rollout(Typed& typed) {
  return {{"ROLLOUT", &typed.what, "Its id", {.required = true}}};
}
std::vector<Option> rollout_or_none(Typed& typed) {
  return {{"ROLLOUT", &typed.what, "Its id"}};
}
std::vector<Option> beginning(Typed& typed) {
  return {{"RELEASE", &typed.what, "Its id", {.required = true}},
          {"--group", &typed.group, "Only cameras of this group"},
          {"--first", &typed.first, "Which camera is first; default: the one that was heard last"},
          {"--advance",
           &typed.advance,
           "hand, or auto: to the next stage when one is over",
           {.shows_default = true}},
          {"--failures",
           &typed.failures,
           "So many cameras that failed halt it; the first one always",
           {.shows_default = true}}};
}

}  // namespace

Command firmware_command(const Globals& globals) {
  return {.name = "firmware",
          .help = "Bring signed programs to cameras, a few at a time",
          .footer =
              "  heliograph firmware add firmware.bin.signed        what `heliograph ota sign` made\n"
              "  heliograph firmware start RELEASE --first \"Orchard north\"\n"
              "  heliograph firmware status ROLLOUT                 what came of each camera\n"
              "  heliograph firmware advance ROLLOUT                a tenth of them; then all\n"
              "The server never needs the key that signs: docs/firmware-releases.md.",
          .commands = {
              offer(globals, "add", "Add a release", add, file),
              offer(globals, "list", "Every release, newest first", list, nothing),
              offer(globals, "remove", "Remove a release with its file and its rollouts", remove, release),
              offer(globals, "start", "Bring a release to one camera, and then to more", start, beginning),
              offer(globals, "status", "The last rollouts, or one with its cameras", status, rollout_or_none),
              offer(globals, "advance", "On to the next stage", advance, rollout),
              offer(globals, "halt", "No further camera, for good", halt, rollout)}};
}

}  // namespace heliograph::app
