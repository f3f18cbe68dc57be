#include "server/app/command_line.hpp"

#include "server/app/version.hpp"

#include <cstdio>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace heliograph::app {
namespace {

void offer(CLI::App& app, const Option& option) {
  const auto [required, shows_default, hidden, excludes] = option.rules;
  CLI::Option* offered = std::visit(
      [&](auto* into) {
        if constexpr (std::is_same_v<decltype(into), bool*>)
          return app.add_flag(option.name, *into, option.help);
        else
          return app.add_option(option.name, *into, option.help);
      },
      option.into);
  offered->required(required);
  if (shows_default) offered->capture_default_str();
  if (hidden) offered->group("");
  if (!excludes.empty()) offered->excludes(app.get_option(excludes));
}

// `chosen` is set when the command was typed.
void offer(CLI::App& above, const Command& command, const Command*& chosen) {
  CLI::App& app = *above.add_subcommand(command.name, command.help);
  if (!command.footer.empty()) app.footer(command.footer);  // or that of the one above stands below it too
  for (const Option& option : command.options) offer(app, option);
  for (const Command& below : command.commands) offer(app, below, chosen);
  if (command.commands.empty()) {
    app.callback([&command, &chosen] { chosen = &command; });
  } else {
    app.require_subcommand(1);
  }
}

void offer(CLI::App& app, Globals& globals) {
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
}

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

}  // namespace

Exit run_command_line(int argc, const char* const* argv, Globals& globals,
                      std::span<const Command> commands) {
  CLI::App app{"The self-hosted cloud for ESP32 cameras"};
  offer(app, globals);
  const Command* chosen = nullptr;
  for (const Command& command : commands) offer(app, command, chosen);
  for (CLI::App* command : app.get_subcommands({})) {
    command->footer(command->get_footer() +
                    "\nFor every command: --data DIR, --config FILE, --json; see `heliograph --help`.");
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::RequiredError& missing) {
    std::fputs(mistyped_command(app).c_str(), stderr);
    app.exit(missing);
    return Exit::failed;
  } catch (const CLI::ParseError& wrong) {
    // CLI11 gives each mistake a status of its own; ours are documented and few.
    return app.exit(wrong) == 0 ? Exit::ok : Exit::failed;
  }
  return chosen->run();
}

}  // namespace heliograph::app
