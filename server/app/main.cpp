#include "server/app/command.hpp"
#include "server/app/version.hpp"

#include <cstdio>
#include <exception>
#include <string>

#include <fmt/format.h>

namespace heliograph::app {
namespace {

// Says which word is no command, and which there are; "" when that is not what is wrong.
std::string mistyped_command(const CLI::App& app) {
  const CLI::App* group = &app;
  while (!group->get_subcommands().empty()) group = group->get_subcommands().front();
  const auto words = app.remaining(true);
  if (words.empty() || group->get_subcommands({}).empty()) return {};
  std::string known;
  for (const CLI::App* command : group->get_subcommands({})) known += " " + command->get_name();
  return fmt::format("\"{}\" is no command; there are:{}\n", words.front(), known);
}

int run(int argc, char** argv) {
  Globals globals;
  Action action;
  CLI::App app{"The self-hosted cloud for ESP32 cameras"};
  app.name("heliograph");
  app.require_subcommand(1);
  app.fallthrough();
  app.add_option("--data", globals.data, "The data directory (default: ./data)")->envname("HELIOGRAPH_DATA");
  app.add_option("--config", globals.config_file, "A TOML file with settings; see docs/configuration.md")
      ->check(CLI::ExistingFile);
  app.add_flag("--json", globals.json, "Answer in JSON");
  app.set_version_flag("--version", "heliograph " + version());
  app.footer(
      "First steps:\n"
      "  heliograph camera add \"Orchard north\"     make a camera, and the key it sends with its pictures\n"
      "  heliograph serve                          run the server on http://127.0.0.1:8080\n"
      "  heliograph camera add --help              what a command can do\n");
  add_serve_command(app, globals, action);
  add_camera_command(app, globals, action);
  add_firmware_command(app, globals, action);
  add_ota_command(app, globals, action);
  add_user_command(app, globals, action);
  add_quarantine_command(app, globals, action);
  add_fsck_command(app, globals, action);
  add_rebuild_command(app, globals, action);
  add_retention_commands(app, globals, action);
  add_https_command(app, globals, action);
  add_version_command(app, globals, action);
  for (CLI::App* command : app.get_subcommands({})) {
    command->footer(command->get_footer() +
                    "\nFor every command: --data DIR, --config FILE, --json; see `heliograph --help`.");
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::RequiredError& missing) {
    std::fputs(mistyped_command(app).c_str(), stderr);
    app.exit(missing);
    return static_cast<int>(Exit::failed);
  } catch (const CLI::ParseError& wrong) {
    // CLI11 gives each mistake a status of its own; ours are documented and few.
    return app.exit(wrong) == 0 ? static_cast<int>(Exit::ok) : static_cast<int>(Exit::failed);
  }
  return static_cast<int>(action());
}

}  // namespace
}  // namespace heliograph::app

int main(int argc, char** argv) try {
  return heliograph::app::run(argc, argv);
} catch (const std::exception& bug) {
  std::fprintf(stderr, "heliograph: %s\n", bug.what());
  return static_cast<int>(heliograph::app::Exit::failed);
}
