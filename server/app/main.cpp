#include "server/app/command.hpp"

#include <cstdio>
#include <exception>

int main(int argc, char** argv) try {
  using namespace heliograph::app;
  Globals globals;
  const Command commands[] = {
      serve_command(globals),     camera_command(globals),     firmware_command(globals),
      ota_command(globals),       user_command(globals),       quarantine_command(globals),
      fsck_command(globals),      backup_command(globals),     rebuild_command(globals),
      retention_command(globals), star_command(globals, true), star_command(globals, false),
      https_command(globals),     version_command(globals)};
  return static_cast<int>(run_command_line(argc, argv, globals, commands));
} catch (const std::exception& bug) {
  std::fprintf(stderr, "heliograph: %s\n", bug.what());
  return static_cast<int>(heliograph::app::Exit::failed);
}
