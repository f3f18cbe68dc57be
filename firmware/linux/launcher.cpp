#include "firmware/linux/launcher.hpp"

#include "firmware/linux/directory_slots.hpp"
#include "firmware/linux/environment.hpp"
#include "firmware/linux/file_descriptor.hpp"
#include "firmware/linux/posix_clock.hpp"
#include "firmware/linux/restart.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <poll.h>
#include <stdexcept>
#include <string>
#include <string_view>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>

namespace heliograph::firmware {
namespace {

constexpr const char* slot_variable = "HELIOGRAPH_CAM_SLOT";
// A program on trial gives itself up in time (Updater). One that hangs cannot, and gets as long again.
constexpr std::int64_t trials_until_hung = 2;
// What poll() is asked to wait for at once, milliseconds: the machine may be suspended meanwhile, and the
// deadline counts that.
constexpr std::int64_t longest_wait_ms = 10'000;
// As a shell tells that a signal ended a program.
constexpr int signal_status = 128;

// How long a program that was left over may take to end, milliseconds, and how often that is looked at.
constexpr std::int64_t leftover_ms = 5'000;
constexpr std::int64_t look_again_ms = 20;

// Held by the launcher and every program that it starts, which inherits it: when both were killed, the next
// launcher waits until the program is gone too, and with it its hold on the spool.
FileDescriptor take_lock(const std::filesystem::path& directory) {
  const std::string path = (directory / "lock").string();
  FileDescriptor lock(
      ::open(path.c_str(), O_RDWR | O_CREAT, 0600));  // NOLINT(android-cloexec-open): inherited
  if (!lock) throw std::runtime_error(path + ": " + std::generic_category().message(errno));
  PosixClock clock;
  const std::int64_t until_ms = clock.mono_ms() + leftover_ms;
  while (::flock(lock.get(), LOCK_EX | LOCK_NB) != 0) {
    if (clock.mono_ms() >= until_ms) {
      throw std::runtime_error(directory.string() + " is in use by another heliograph-cam");
    }
    clock.sleep_until(clock.mono_ms() + look_again_ms);
  }
  return lock;
}

// SIGINT, SIGTERM and SIGCHLD out of a descriptor.
FileDescriptor take_signals(sigset_t& before) {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int number : {SIGINT, SIGTERM, SIGCHLD}) sigaddset(&signals, number);
  pthread_sigmask(SIG_BLOCK, &signals, &before);
  return FileDescriptor(signalfd(-1, &signals, SFD_CLOEXEC));
}

// The process, or -1 and errno. It gets the signals as they were before the launcher took them, and does not
// outlive it: two cameras would want one spool.
pid_t start(const std::string& program, Slot slot, protocol::ResetReason reason, char* const* argv,
            const sigset_t& mask) {
  const Environment environment(
      {std::string(slot_variable) + "=" + std::string(name_of(slot)), reset_variable(reason)});
  std::array<int, 2> pipe{};
  if (::pipe2(pipe.data(), O_CLOEXEC) != 0) return -1;
  const FileDescriptor told(pipe[0]);
  FileDescriptor tells(pipe[1]);
  const pid_t parent = ::getpid();
  const pid_t process = ::fork();
  if (process < 0) return -1;
  if (process == 0) {
    pthread_sigmask(SIG_SETMASK, &mask, nullptr);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() == parent) ::execve(program.c_str(), argv, environment.pointers());
    const int why = errno;
    static_cast<void>(!::write(tells.get(), &why, sizeof why));
    ::_exit(signal_status - 1);
  }
  tells = FileDescriptor();
  int why = 0;
  if (::read(told.get(), &why, sizeof why) != sizeof why)
    return process;  // it closed with the program's start
  ::waitpid(process, nullptr, 0);
  errno = why;
  return -1;
}

// Has it ended? Then `ending` says how.
bool has_ended(pid_t process, Ending& ending) {
  int status = 0;
  if (::waitpid(process, &status, WNOHANG) != process) return false;
  const bool killed = WIFSIGNALED(status);
  if (ending.kind != Ending::Kind::out_of_time) {
    ending.kind = killed ? Ending::Kind::killed : Ending::Kind::exited;
    ending.number = killed ? WTERMSIG(status) : WEXITSTATUS(status);
  }
  return true;
}

// The launcher's own life: what it hears, and whom it passes that on to.
class Launcher {
 public:
  Launcher(const Options& options, char* const* argv)
      : slots_(options.slots(), Slot::installed),
        lock_(take_lock(options.slots())),
        trial_ms_(options.trial_ms * trials_until_hung),
        argv_(argv),
        signals_(take_signals(before_)) {}

  int run() {
    for (protocol::ResetReason reason = reset_reason();;) {
      const Start next = choose_start(record());
      keep(next.record);
      const Ending ending = run_once(next, reason);
      reason = reset_after(ending);
      const Sequel sequel = after(next, record(), ending);
      keep(sequel.record);
      if (!sequel.again)
        return ending.kind == Ending::Kind::killed ? signal_status + ending.number : ending.number;
      if (sequel.record.outcome == TrialOutcome::rolled_back) {
        std::fprintf(stderr, "heliograph-cam: the new program was taken back: %s\n",
                     sequel.record.reason.c_str());
      }
    }
  }

 private:
  BootRecord record() const { return unsaved_ ? *unsaved_ : slots_.record(); }

  // What cannot be written down holds all the same, as long as the launcher runs.
  void keep(const BootRecord& record) {
    unsaved_.reset();
    if (record == slots_.record() || slots_.save(record)) return;
    unsaved_ = record;
    std::fprintf(stderr, "heliograph-cam: %s\n", std::string(slots_.error_text()).c_str());
  }

  Ending run_once(const Start& next, protocol::ResetReason reason) {
    Ending ending;
    const pid_t process = start(slots_.program(next.slot).string(), next.slot, reason, argv_, before_);
    if (process < 0) {
      ending.kind = Ending::Kind::not_started;
      ending.number = errno;
      return ending;
    }
    std::int64_t deadline_ms = next.on_trial ? clock_.mono_ms() + trial_ms_ : INT64_MAX;
    while (!has_ended(process, ending)) {
      if (clock_.mono_ms() >= deadline_ms) {
        deadline_ms = INT64_MAX;
        if (slots_.record().trial == next.slot) {
          ending.kind = Ending::Kind::out_of_time;
          ::kill(process, SIGKILL);
        }
      }
      wait(process, deadline_ms, ending);
    }
    return ending;
  }

  void wait(pid_t process, std::int64_t deadline_ms, Ending& ending) {
    const std::int64_t left_ms = std::clamp<std::int64_t>(deadline_ms - clock_.mono_ms(), 0, longest_wait_ms);
    pollfd polled{signals_.get(), POLLIN, 0};
    if (::poll(&polled, 1, static_cast<int>(left_ms)) <= 0) return;
    signalfd_siginfo heard{};
    if (::read(signals_.get(), &heard, sizeof heard) != sizeof heard) return;
    if (heard.ssi_signo == SIGCHLD) return;
    ending.asked = true;
    ::kill(process, static_cast<int>(heard.ssi_signo));
  }

  DirectorySlots slots_;
  FileDescriptor lock_;
  PosixClock clock_;
  const std::int64_t trial_ms_;
  char* const* argv_;
  sigset_t before_{};
  FileDescriptor signals_;
  std::optional<BootRecord> unsaved_;
};

}  // namespace

std::optional<Slot> started_slot() {
  const char* told = std::getenv(slot_variable);  // NOLINT(concurrency-mt-unsafe): set before the start only
  for (const Slot slot : {Slot::installed, Slot::a, Slot::b}) {
    if (told != nullptr && told == name_of(slot)) return slot;
  }
  return std::nullopt;
}

int launch(const Options& options, char* const* argv) {
  return Launcher(options, argv).run();
}

}  // namespace heliograph::firmware
