#include "server/app/command.hpp"
#include "server/app/serve.hpp"

#include <memory>
#include <unistd.h>

namespace heliograph::app {
namespace {

struct Options {
  std::string listen;
  bool insecure_open = false;
  bool unsafe_no_sync = false;
};

Exit run(const Globals& globals, const Options& options) {
  auto config = load_config(globals);
  if (!config) return fail(globals, config.error());
  if (!options.listen.empty()) {
    auto endpoint = parse_endpoint(options.listen);
    if (!endpoint) return fail(globals, endpoint.error());
    config->listen = std::move(*endpoint);
  }
  config->insecure_open = config->insecure_open || options.insecure_open;
  const LogFormat by_place =
      ::isatty(STDERR_FILENO) != 0 && !globals.json ? LogFormat::text : LogFormat::json;
  Log log(config->log_format.value_or(by_place), config->log_level);
  if (options.unsafe_no_sync) config->sync = store::SyncPolicy::unsafe_never;
  const auto served = serve(*config, log);
  return served ? Exit::ok : fail(globals, served.error());
}

}  // namespace

Command serve_command(const Globals& globals) {
  const auto options = std::make_shared<Options>();
  return {
      .name = "serve",
      .help = "Run the server",
      .footer =
          "Prints the address on standard output once it listens, and logs to standard error.\n"
          "SIGTERM or Ctrl-C lets uploads in hand finish and ends it within ten seconds.",
      .options = {{"--listen", &options->listen,
                   "Where to listen: 127.0.0.1:8080 (default), [::1]:8080, :8080 for every address; port 0 "
                   "takes a free one"},
                  {"--insecure-open", &options->insecure_open,
                   "No login: whoever reaches the address sees every picture and may change everything"},
                  // For benchmarks that ask what durability costs; not shown, because a power cut then loses
                  // acknowledged pictures.
                  {"--unsafe-no-sync", &options->unsafe_no_sync, "", {.hidden = true}}},
      .run = [&globals, options] { return run(globals, *options); }};
}

}  // namespace heliograph::app
