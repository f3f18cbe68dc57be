// What the commands of the command line share.
#pragma once

#include "server/accounts/accounts.hpp"
#include "server/app/config.hpp"
#include "server/catalog/catalog.hpp"

#include <functional>
#include <string>

#include <CLI/CLI.hpp>

namespace heliograph::app {

// What a command's action returns becomes the process's exit status.
enum class Exit { ok = 0, found_faults = 1, failed = 2 };

// Options that stand before the command and hold for all of them.
struct Globals {
  std::string config_file;
  std::string data;  // empty: what the configuration says
  bool json = false;
};

// The configuration with the command line's options over it. Reads the file.
Result<Config> load_config(const Globals& globals);

// The catalog that the configuration names; makes the data directory.
Result<catalog::Catalog> open_catalog(const Globals& globals);

// For the audit log: who works at the machine itself.
accounts::Actor somebody_here();

// Prints an error as a person (or, with --json, a program) wants it; on standard error.
Exit fail(const Globals& globals, const Error& error);

// Each adds a command with its options; when it was chosen, `action` is set. `globals` outlives both.
using Action = std::function<Exit()>;
void add_serve_command(CLI::App& app, Globals& globals, Action& action);
void add_camera_command(CLI::App& app, Globals& globals, Action& action);
void add_order_commands(CLI::App& camera, Globals& globals, Action& action);  // below `camera`
void add_ota_command(CLI::App& app, Globals& globals, Action& action);
void add_firmware_command(CLI::App& app, Globals& globals, Action& action);
void add_user_command(CLI::App& app, Globals& globals, Action& action);
void add_quarantine_command(CLI::App& app, Globals& globals, Action& action);
void add_fsck_command(CLI::App& app, Globals& globals, Action& action);
void add_rebuild_command(CLI::App& app, Globals& globals, Action& action);
void add_retention_commands(CLI::App& app, Globals& globals, Action& action);  // and the stars
void add_https_command(CLI::App& app, Globals& globals, Action& action);
void add_version_command(CLI::App& app, Globals& globals, Action& action);

}  // namespace heliograph::app
