// What the commands of the command line share.
#pragma once

#include "server/accounts/accounts.hpp"
#include "server/app/command_line.hpp"
#include "server/app/config.hpp"
#include "server/catalog/catalog.hpp"

namespace heliograph::app {

// The configuration with the command line's options over it. Reads the file.
Result<Config> load_config(const Globals& globals);

// The catalog that the configuration names; makes the data directory.
Result<catalog::Catalog> open_catalog(const Globals& globals);

// For the audit log: who works at the machine itself.
accounts::Actor somebody_here();

// Prints an error as a person (or, with --json, a program) wants it; on standard error.
Exit fail(const Globals& globals, const Error& error);

// The commands, each as the first word or two of the command line names it. `globals` outlives what they
// return.
Command serve_command(const Globals& globals);
Command camera_command(const Globals& globals);
std::vector<Command> order_commands(const Globals& globals);  // below `camera`
Command ota_command(const Globals& globals);
Command firmware_command(const Globals& globals);
Command user_command(const Globals& globals);
Command quarantine_command(const Globals& globals);
Command backup_command(const Globals& globals);
Command fsck_command(const Globals& globals);
Command rebuild_command(const Globals& globals);
Command retention_command(const Globals& globals);
Command star_command(const Globals& globals, bool starred);  // false: unstar
Command https_command(const Globals& globals);
Command version_command(const Globals& globals);

}  // namespace heliograph::app
