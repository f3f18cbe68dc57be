#include "server/app/program.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace heliograph::app {
namespace {

using Clock = std::chrono::steady_clock;

// Ours and the program's end of a pipe, closed when they go out of scope.
struct Pipe {
  Pipe() = default;
  ~Pipe() {
    close(read);
    close(write);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  static void close(int& descriptor) {
    if (descriptor >= 0) ::close(descriptor);
    descriptor = -1;
  }

  int read = -1;
  int write = -1;
};

struct Actions {
  Actions() { ::posix_spawn_file_actions_init(&value); }
  ~Actions() { ::posix_spawn_file_actions_destroy(&value); }
  Actions(const Actions&) = delete;
  Actions& operator=(const Actions&) = delete;

  posix_spawn_file_actions_t value{};
};

Result<pid_t> start(const std::vector<std::string>& command, const Pipe& pipe) {
  const Actions actions;
  auto* list = const_cast<posix_spawn_file_actions_t*>(&actions.value);
  ::posix_spawn_file_actions_addopen(list, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  ::posix_spawn_file_actions_adddup2(list, pipe.write, STDOUT_FILENO);
  ::posix_spawn_file_actions_adddup2(list, pipe.write, STDERR_FILENO);
  std::vector<char*> words;
  for (const std::string& word : command) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  pid_t process = 0;
  const int failed = ::posix_spawnp(&process, words.front(), list, nullptr, words.data(), environ);
  if (failed != 0) return error_from_errno(failed, "run " + command.front());
  return process;
}

// Until it closes its outputs. False: not in time.
bool listen(int descriptor, Clock::time_point until, std::string& said) {
  std::array<char, 4096> buffer{};
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now()).count();
    pollfd polled{descriptor, POLLIN, 0};
    const int ready = left > 0 ? ::poll(&polled, 1, static_cast<int>(left)) : 0;
    if (ready == 0) return false;
    if (ready < 0 && errno == EINTR) continue;
    const ssize_t got = ::read(descriptor, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return true;
    said.append(buffer.data(), static_cast<std::size_t>(got));
    if (said.size() > max_said_bytes) said.erase(0, said.size() - max_said_bytes);
  }
}

int wait_for(pid_t process) {
  int status = 0;
  while (::waitpid(process, &status, 0) < 0 && errno == EINTR) {
  }
  constexpr int killed = 128;
  return WIFSIGNALED(status) ? killed + WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace

Result<ProgramEnd> run_program(const std::vector<std::string>& command, std::chrono::seconds patience) {
  Pipe pipe;
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return error_from_errno(errno, "make a pipe");
  pipe.read = ends[0];
  pipe.write = ends[1];
  const auto process = start(command, pipe);
  if (!process) return process.error();
  Pipe::close(pipe.write);
  ProgramEnd end;
  const bool in_time = listen(pipe.read, Clock::now() + patience, end.said);
  if (!in_time) ::kill(*process, SIGKILL);
  end.status = wait_for(*process);
  if (in_time) return end;
  return Error{ErrorKind::timeout, command.front() + " had not ended after " +
                                       std::to_string(patience.count()) + " s; it said: " + end.said};
}

}  // namespace heliograph::app
