// heliograph-cam: the camera on Linux. docs/camera-on-linux.md tells how to use it.
#include "firmware/linux/claimant.hpp"
#include "firmware/linux/fleet.hpp"
#include "firmware/linux/launcher.hpp"
#include "firmware/linux/options.hpp"
#include "firmware/linux/reporter.hpp"
#include "firmware/linux/restart.hpp"

#include <csignal>
#include <cstdio>
#include <exception>
#include <optional>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>

namespace {

using namespace heliograph::firmware;

enum ExitStatus { all_sent = 0, some_unsent = 1, not_started = 2 };

// Time to finish an upload in hand after SIGINT or SIGTERM, milliseconds; a second signal does not wait.
constexpr int stop_grace_ms = 5'000;

// SIGINT and SIGTERM come out of a descriptor from now on, in every thread that is started later.
FileDescriptor take_signals() {
  std::signal(SIGPIPE, SIG_IGN);
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return FileDescriptor(signalfd(-1, &signals, SFD_CLOEXEC));
}

enum class Woken { ended, signalled, timed_out };

Woken wait(const Fleet& fleet, const FileDescriptor& signals, int timeout_ms) {
  pollfd polled[] = {{fleet.ended(), POLLIN, 0}, {signals.get(), POLLIN, 0}};
  if (::poll(polled, 2, timeout_ms) == 0) return Woken::timed_out;
  if (polled[0].revents != 0) return Woken::ended;
  signalfd_siginfo which{};
  return ::read(signals.get(), &which, sizeof which) > 0 ? Woken::signalled : Woken::timed_out;
}

// The key in clear text is nobody's business on this machine, and everybody's on the way out of it.
void warn_about_plain_text(const ServerAddress& server) {
  if (server.tls || server.is_this_machine()) return;
  std::fputs(
      "heliograph-cam: key and pictures travel unencrypted; use https:// outside of your own network\n",
      stderr);
}

// None: the program is to start anew.
std::optional<ExitStatus> run(const Options& options) {
  if (options.sign_as.empty()) warn_about_plain_text(options.server);
  if (options.claim) wait_for_claim(options);
  const FileDescriptor signals = take_signals();
  Reporter reporter(options.json ? Reporter::Format::json : Reporter::Format::text, options.cameras);
  Fleet fleet(options, reporter);
  fleet.start();
  const bool asked_to_end = wait(fleet, signals, -1) != Woken::ended;
  if (asked_to_end) {
    fleet.stop();
    if (wait(fleet, signals, stop_grace_ms) != Woken::ended) fleet.cut();
  }
  fleet.join();
  if (!fleet.spools_opened()) return not_started;
  reporter.finish(fleet.waiting());
  if (fleet.wants_restart() && !asked_to_end) return std::nullopt;

  const Totals totals = reporter.totals();
  // A sensor that fails once will be asked again; a file of a folder will not.
  const bool file_skipped = options.source == SourceKind::folder && totals.capture_failures > 0;
  const bool lost = totals.refused + totals.dropped + totals.damaged + fleet.waiting() > 0 || file_skipped;
  return lost ? some_unsent : all_sent;
}

}  // namespace

int main(int argc, char** argv) {
  ::prctl(PR_SET_NAME, "heliograph-cam");  // also where it was started by another name of its file
  try {
    const auto options = parse_options(argc, argv);
    if (!options) return all_sent;
    const bool to_be_watched = options->takes_updates() && !started_slot();
    if (to_be_watched) return launch(*options, argv);
    const auto status = run(*options);
    if (!status) restart(argv);
    return *status;
  } catch (const UsageError& error) {
    std::fprintf(stderr, "heliograph-cam: %s\nheliograph-cam --help tells more.\n", error.what());
  } catch (const std::exception& error) {
    std::fprintf(stderr, "heliograph-cam: %s\n", error.what());
  }
  return not_started;
}
