// A PostgreSQL of its own for a test: Debian's program, in a temporary directory, reached by a unix socket
// only.
//
// It ends with the object, and with the thread that started it: a test that crashes or is killed leaves no
// server behind (only its directory in /tmp). Run by root, it becomes the user "postgres", because PostgreSQL
// refuses root.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <sys/types.h>

namespace heliograph::fixtures {

class PostgresServer {
 public:
  // Makes a cluster and starts it: about two seconds. Throws std::runtime_error with a sentence when
  // PostgreSQL is not installed or does not start in time, as every function here does.
  PostgresServer();
  ~PostgresServer();
  PostgresServer(const PostgresServer&) = delete;
  PostgresServer& operator=(const PostgresServer&) = delete;

  // An empty database of a new name. Returns its address, "postgresql://…".
  std::string create_database();

  // Ends every connection at once and starts again, as after a crash. What was committed is still there.
  void restart();

 private:
  void start();
  void stop();
  std::string address_of(const std::string& database) const;

  std::filesystem::path programs_;   // where initdb and postgres are
  std::filesystem::path directory_;  // of the cluster, the socket and the log
  pid_t server_ = 0;
  int databases_ = 0;
};

}  // namespace heliograph::fixtures
