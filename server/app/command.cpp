#include "server/app/command.hpp"

#include "server/app/version.hpp"
#include "server/http/json.hpp"

#include <array>
#include <cstdio>
#include <filesystem>
#include <system_error>
#include <unistd.h>

namespace heliograph::app {

Result<Config> load_config(const Globals& globals) {
  Config config;
  if (!globals.config_file.empty()) {
    auto read = read_config(globals.config_file);
    if (!read) return read;
    config = std::move(*read);
  }
  if (!globals.data.empty()) config.data = globals.data;
  return config;
}

Exit fail(const Globals& globals, const Error& error) {
  if (globals.json) {
    http::JsonWriter json;
    json.object([&] {
      json.field("error", to_string(error.kind));
      json.field("detail", error.detail);
    });
    std::fprintf(stderr, "%s\n", json.text().c_str());
  } else {
    std::fprintf(stderr, "heliograph: %s\n", error.detail.c_str());
  }
  return Exit::failed;
}

// Whoever runs a command here owns the machine; the audit log says which account of it.
accounts::Actor somebody_here() {
  std::array<char, 256> user{};  // LOGIN_NAME_MAX
  const bool known = ::getlogin_r(user.data(), user.size()) == 0;
  return {"on the machine: " + (known ? std::string(user.data()) : std::to_string(::getuid())), ""};
}

Result<catalog::Catalog> open_catalog(const Globals& globals) {
  const auto config = load_config(globals);
  if (!config) return config.error();
  std::error_code failed;
  std::filesystem::create_directories(config->data, failed);
  if (failed) return error_from_errno(failed.value(), "make " + config->data.string());
  return catalog::Catalog::open({database_of(*config), catalog::Durability::at_commit, false});
}

Command version_command(const Globals& globals) {
  const auto print = [&globals] {
    if (globals.json) {
      http::JsonWriter json;
      json.object([&] { json.field("version", version()); });
      std::printf("%s\n", json.text().c_str());
    } else {
      std::printf("heliograph %s\n", version().c_str());
    }
    return Exit::ok;
  };
  return {.name = "version", .help = "Print the version", .run = print};
}

}  // namespace heliograph::app
