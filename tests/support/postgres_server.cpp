#include "tests/support/postgres_server.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <pwd.h>
#include <spawn.h>
#include <stdexcept>
#include <sys/wait.h>
#include <system_error>
#include <thread>
#include <unistd.h>
#include <vector>

#include <libpq-fe.h>

namespace heliograph::fixtures {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr auto start_limit = 30s;  // a loaded machine needs three
constexpr auto stop_limit = 10s;
constexpr auto poll_interval = 20ms;
// Whom PostgreSQL runs as when the test is run by root, and whom its database belongs to.
constexpr const char* unprivileged_user = "postgres";

[[noreturn]] void fail(const std::string& sentence) {
  throw std::runtime_error(sentence);
}

// Debian keeps each major version's programs apart, and puts only wrappers on the PATH.
fs::path find_programs() {
  std::vector<fs::path> found;
  std::error_code none;
  for (const auto& version : fs::directory_iterator("/usr/lib/postgresql", none)) {
    const fs::path programs = version.path() / "bin";
    if (fs::exists(programs / "initdb") && fs::exists(programs / "postgres")) found.push_back(programs);
  }
  if (found.empty()) {
    fail(
        "PostgreSQL is not installed, and these tests prove that the catalog works on it: apt-get install "
        "postgresql");
  }
  return *std::max_element(found.begin(), found.end());
}

fs::path make_directory() {
  // Not $TMPDIR: the path of a unix socket has 107 bytes at most.
  std::string name = "/tmp/heliograph-postgres-XXXXXX";
  if (mkdtemp(name.data()) == nullptr) throw std::system_error(errno, std::generic_category(), "mkdtemp");
  if (geteuid() == 0) {
    const passwd* user = getpwnam(unprivileged_user);  // NOLINT(concurrency-mt-unsafe): a test has one thread
    if (user == nullptr) fail("PostgreSQL refuses to run as root, and there is no user \"postgres\"");
    if (chown(name.c_str(), user->pw_uid, user->pw_gid) != 0) {
      throw std::system_error(errno, std::generic_category(), "chown " + name);
    }
  }
  return name;
}

// Starts a program in `directory`, writing to its file "log". It gets SIGQUIT, which PostgreSQL takes for
// "end at once", when the calling thread ends.
pid_t spawn(const fs::path& directory, std::vector<std::string> program) {
  std::vector<std::string> command{"setpriv", "--pdeathsig", "QUIT"};
  if (geteuid() == 0) {
    command.insert(command.end(),
                   {"--reuid", unprivileged_user, "--regid", unprivileged_user, "--init-groups"});
  }
  command.insert(command.end(), std::make_move_iterator(program.begin()),
                 std::make_move_iterator(program.end()));
  std::vector<char*> arguments;
  for (std::string& word : command) arguments.push_back(word.data());
  arguments.push_back(nullptr);

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addchdir_np(&actions,
                                       directory.c_str());  // where we are may be closed to "postgres"
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "log", O_WRONLY | O_CREAT | O_APPEND, 0644);
  posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
  pid_t child = 0;
  const int failed = posix_spawnp(&child, "setpriv", &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) throw std::system_error(failed, std::generic_category(), "setpriv");
  return child;
}

// Waits until `child` ends. False when it still runs after `limit`.
bool reap(pid_t child, std::chrono::milliseconds limit, int& status) {
  const auto deadline = std::chrono::steady_clock::now() + limit;
  while (waitpid(child, &status, WNOHANG) == 0) {
    if (std::chrono::steady_clock::now() >= deadline) return false;
    std::this_thread::sleep_for(poll_interval);
  }
  return true;
}

[[noreturn]] void fail_with_log(const std::string& sentence, const fs::path& directory) {
  std::ifstream log(directory / "log");
  fail(sentence + "; its log says:\n" + std::string(std::istreambuf_iterator<char>(log), {}));
}

}  // namespace

PostgresServer::PostgresServer() : programs_(find_programs()), directory_(make_directory()) {
  const pid_t initdb = spawn(
      directory_, {programs_ / "initdb", "--pgdata", directory_ / "data", "--username", unprivileged_user,
                   "--auth", "trust", "--encoding", "UTF8", "--no-locale", "--no-sync"});
  int status = 0;
  if (!reap(initdb, start_limit, status)) {
    kill(initdb, SIGKILL);
    waitpid(initdb, &status, 0);
  }
  if (status != 0) fail_with_log("initdb failed", directory_);
  start();
}

PostgresServer::~PostgresServer() {
  stop();
  std::error_code stays;  // then it stays
  fs::remove_all(directory_, stays);
}

void PostgresServer::start() {
  // No sync: no test cuts the power below PostgreSQL.
  server_ = spawn(directory_, {programs_ / "postgres", "-D", directory_ / "data", "-k", directory_, "-c",
                               "listen_addresses=", "-c", "fsync=off", "-c", "full_page_writes=off"});
  const std::string address = address_of("postgres");
  const auto deadline = std::chrono::steady_clock::now() + start_limit;
  while (PQping(address.c_str()) != PQPING_OK) {
    int status = 0;
    if (waitpid(server_, &status, WNOHANG) == server_) {
      server_ = 0;
      fail_with_log("PostgreSQL did not start", directory_);
    }
    if (std::chrono::steady_clock::now() >= deadline) {
      stop();
      fail_with_log("PostgreSQL did not answer in time", directory_);
    }
    std::this_thread::sleep_for(poll_interval);
  }
}

void PostgresServer::stop() {
  if (server_ == 0) return;
  int status = 0;
  kill(server_, SIGQUIT);
  if (!reap(server_, stop_limit, status)) {
    kill(server_, SIGKILL);
    waitpid(server_, &status, 0);
  }
  server_ = 0;
}

void PostgresServer::restart() {
  stop();
  start();
}

std::string PostgresServer::create_database() {
  const std::string name = "test" + std::to_string(++databases_);
  const std::unique_ptr<PGconn, decltype(&PQfinish)> connection(PQconnectdb(address_of("postgres").c_str()),
                                                                &PQfinish);
  const std::unique_ptr<PGresult, decltype(&PQclear)> made(
      PQexec(connection.get(), ("CREATE DATABASE " + name).c_str()), &PQclear);
  if (PQresultStatus(made.get()) != PGRES_COMMAND_OK) fail(PQerrorMessage(connection.get()));
  return address_of(name);
}

std::string PostgresServer::address_of(const std::string& database) const {
  return "postgresql:///" + database + "?host=" + directory_.string() + "&user=" + unprivileged_user;
}

}  // namespace heliograph::fixtures
