#include "server/app/command.hpp"
#include "server/catalog/catalog.hpp"
#include "server/http/api/quarantine_json.hpp"
#include "server/store/store.hpp"

#include <cstdio>
#include <filesystem>
#include <memory>

namespace heliograph::app {
namespace {

namespace fs = std::filesystem;

struct Asked {
  std::string camera;
  std::string directory;  // of an export; empty: only list
};

void print(const std::vector<catalog::FiledQuarantined>& page) {
  for (const catalog::FiledQuarantined& filed : page) {
    const catalog::Quarantined& bytes = filed.bytes;
    std::printf("%s  %10lld bytes  %s  %s%s\n", to_iso(bytes.received_at).c_str(),
                static_cast<long long>(bytes.size_bytes), to_string(bytes.id).c_str(), bytes.reason.c_str(),
                bytes.salvaged ? " (a picture was salvaged)" : "");
  }
}

// A copy beside the owner's other files, under the name it has here. What is there already is left alone.
Result<void> copy_files(const fs::path& data, const std::vector<catalog::FiledQuarantined>& page,
                        const fs::path& to) {
  for (const catalog::FiledQuarantined& filed : page) {
    const store::QuarantineName name{filed.bytes.received_at, filed.bytes.id};
    std::error_code failed;
    fs::copy_file(data / store::quarantine_key(filed.folder, name), to / store::quarantine_filename(name),
                  fs::copy_options::skip_existing, failed);
    if (failed == std::errc::no_such_file_or_directory) continue;  // it went meanwhile
    if (failed) return error_from_errno(failed.value(), "copy " + store::quarantine_filename(name));
  }
  return {};
}

Result<void> find(const Globals& globals, const Config& config, const Asked& asked) {
  auto catalog = catalog::Catalog::open({database_of(config), catalog::Durability::at_commit, false});
  if (!catalog) return catalog.error();
  const auto camera = catalog->camera_by_name(asked.camera);
  if (!camera) return camera.error();
  if (!asked.directory.empty()) {
    std::error_code failed;
    fs::create_directories(asked.directory, failed);
    if (failed) return error_from_errno(failed.value(), "make " + asked.directory);
  }
  std::vector<catalog::FiledQuarantined> all;
  std::optional<catalog::QuarantineKey> after;
  for (;;) {
    const auto page = catalog->quarantine(camera->id, after, catalog::max_page);
    if (!page) return page.error();
    if (page->empty()) break;
    if (!asked.directory.empty()) {
      if (auto copied = copy_files(config.data, *page, asked.directory); !copied) return copied;
    }
    after = catalog::QuarantineKey{page->back().bytes.received_at, page->back().bytes.id};
    all.insert(all.end(), page->begin(), page->end());
  }
  if (globals.json) {
    http::JsonWriter json;
    json.object([&] {
      json.key("quarantine").array([&] {
        for (const catalog::FiledQuarantined& filed : all) http::write_quarantined(json, filed.bytes);
      });
    });
    std::printf("%s\n", json.text().c_str());
  } else if (all.empty()) {
    std::printf("Nothing of %s is in quarantine.\n", asked.camera.c_str());
  } else {
    print(all);
  }
  return {};
}

Exit run(const Globals& globals, const Asked& asked) {
  const auto config = load_config(globals);
  if (!config) return fail(globals, config.error());
  const auto done = find(globals, *config, asked);
  return done ? Exit::ok : fail(globals, done.error());
}

}  // namespace

Command quarantine_command(const Globals& globals) {
  const auto asked = std::make_shared<Asked>();
  const Option camera{"CAMERA", &asked->camera, "Its name, e.g. \"Orchard north\"", {.required = true}};
  const Option directory{"DIRECTORY", &asked->directory, "Made when it is not there", {.required = true}};
  const auto look = [&globals, asked] { return run(globals, *asked); };
  return {.name = "quarantine",
          .help = "Look at what cameras sent that is no picture, and why it was refused",
          .footer = "Works while the server runs. Changes nothing; the oldest goes by itself.",
          .commands = {
              {.name = "list", .help = "List a camera's, newest first", .options = {camera}, .run = look},
              {.name = "export",
               .help = "Copy a camera's to a directory, and list them",
               .options = {camera, directory},
               .run = look}}};
}

}  // namespace heliograph::app
