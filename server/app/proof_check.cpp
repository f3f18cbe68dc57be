#include "server/app/proof_check.hpp"

#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <fstream>
#include <netinet/in.h>
#include <random>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <fmt/format.h>

namespace heliograph::app {
namespace {

namespace fs = std::filesystem;

// Of each wait: the server is on this machine.
constexpr timeval patience{5, 0};
// A head and sixteen bytes.
constexpr std::size_t max_answer_bytes = 16 * 1024;

struct Socket {
  explicit Socket(int family) : number(::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0)) {}
  ~Socket() {
    if (number >= 0) ::close(number);
  }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;

  int number;
};

// Where to reach a listener of this machine; one on every address is reached by the loopback's.
struct Target {
  sockaddr_storage address{};
  socklen_t size = 0;
};

Target target_of(const Endpoint& listener) {
  Target target;
  auto* v4 = reinterpret_cast<sockaddr_in*>(&target.address);
  if (::inet_pton(AF_INET, listener.address.c_str(), &v4->sin_addr) == 1) {
    v4->sin_family = AF_INET;
    v4->sin_port = htons(listener.port);
    if (v4->sin_addr.s_addr == htonl(INADDR_ANY)) v4->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    target.size = sizeof *v4;
    return target;
  }
  auto* v6 = reinterpret_cast<sockaddr_in6*>(&target.address);
  ::inet_pton(AF_INET6, listener.address.c_str(), &v6->sin6_addr);
  v6->sin6_family = AF_INET6;
  v6->sin6_port = htons(listener.port);
  if (IN6_IS_ADDR_UNSPECIFIED(&v6->sin6_addr)) v6->sin6_addr = in6addr_loopback;
  target.size = sizeof *v6;
  return target;
}

// The whole answer, or why there is none.
Result<std::string> fetch(const Endpoint& listener, const std::string& path) {
  const Target target = target_of(listener);
  const Socket socket(target.address.ss_family);
  ::setsockopt(socket.number, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  ::setsockopt(socket.number, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  const auto failed = [] { return error_from_errno(errno, "ask it"); };
  if (::connect(socket.number, reinterpret_cast<const sockaddr*>(&target.address), target.size) != 0) {
    return failed();
  }
  const std::string request =
      fmt::format("GET {} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", path, to_string(listener));
  if (::send(socket.number, request.data(), request.size(), MSG_NOSIGNAL) < 0) return failed();
  std::string answer;
  std::array<char, 4096> buffer{};
  while (answer.size() < max_answer_bytes) {
    const ssize_t got = ::recv(socket.number, buffer.data(), buffer.size(), 0);
    if (got < 0) return failed();
    if (got == 0) break;
    answer.append(buffer.data(), static_cast<std::size_t>(got));
  }
  return answer;
}

std::string random_text() {
  std::random_device random;
  return fmt::format("{:08x}{:08x}", random(), random());
}

}  // namespace

Result<void> check_proofs(const Endpoint& listener, const fs::path& webroot) {
  const std::string token = "heliograph-" + random_text();
  const std::string proof = random_text();
  const fs::path folder = webroot / ".well-known/acme-challenge";
  std::error_code failed;
  fs::create_directories(folder, failed);
  std::ofstream stream(folder / token, std::ios::binary);
  stream << proof;
  stream.close();
  if (!stream) return error_from_errno(errno, "write " + (folder / token).string());

  const auto answer = fetch(listener, "/.well-known/acme-challenge/" + token);
  fs::remove(folder / token, failed);
  if (answer && answer->starts_with("HTTP/1.1 200 ") && answer->ends_with("\r\n\r\n" + proof)) return {};
  const std::string why = !answer           ? answer.error().detail
                          : answer->empty() ? "it said nothing"
                                            : "it answered \"" + answer->substr(0, answer->find('\r')) + "\"";
  return Error{ErrorKind::unavailable,
               fmt::format("no server shows proofs at http://{} ({}). Start `heliograph serve` with this "
                           "configuration, or start it again if the configuration is new, and run this again",
                           to_string(listener), why)};
}

}  // namespace heliograph::app
