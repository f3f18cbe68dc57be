// handshakes: shakes hands with a TLS server on this machine as often as it can, asks one small question each
// time, and prints what came of it as one JSON object.
//
//   handshakes --port 8443 --target /healthz --tls 1.3 --seconds 5            each handshake in full
//   handshakes … --resume                                                     all but the first with its
//   ticket
//
// The question is what makes a handshake whole on both sides, as it is for a camera; and in TLS 1.3 tickets
// come behind it.
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdexcept>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <openssl/ssl.h>

namespace heliograph::bench {
namespace {

struct Options {
  std::uint16_t port = 0;
  std::string target = "/healthz";
  std::string tls = "1.3";
  double seconds = 5;
  int connections = 16;
  bool resume = false;
};

template <class T, void (*free)(T*)>
struct Free {
  void operator()(T* that) const { free(that); }
};
using ContextOwner = std::unique_ptr<SSL_CTX, Free<SSL_CTX, SSL_CTX_free>>;
using TlsOwner = std::unique_ptr<SSL, Free<SSL, SSL_free>>;
using SessionOwner = std::unique_ptr<SSL_SESSION, Free<SSL_SESSION, SSL_SESSION_free>>;

struct Socket {
  explicit Socket(std::uint16_t port) : number(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    // The end of a handshake and the question behind it are two small writes: without this the second one
    // waits.
    const int on = 1;
    ::setsockopt(number, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    connected = ::connect(number, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    // A reset instead of a goodbye: nobody's ports wait a minute for what might still come.
    const linger none{1, 0};
    ::setsockopt(number, SOL_SOCKET, SO_LINGER, &none, sizeof none);
  }
  ~Socket() { ::close(number); }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;

  int number;
  bool connected = false;
};

class Load {
 public:
  explicit Load(const Options& options) : options_(options), context_(SSL_CTX_new(TLS_client_method())) {
    const int version = options.tls == "1.2" ? TLS1_2_VERSION : TLS1_3_VERSION;
    SSL_CTX_set_min_proto_version(context_.get(), version);
    SSL_CTX_set_max_proto_version(context_.get(), version);
    // As an ESP32 offers them first.
    SSL_CTX_set1_groups_list(context_.get(), "X25519:P-256");
    request_ = fmt::format("GET {} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n", options.target);
  }

  std::string run() {
    if (options_.resume && !shake(nullptr, &ticket_)) throw std::runtime_error("the server does not answer");
    const auto began = std::chrono::steady_clock::now();
    const auto until = began + std::chrono::duration<double>(options_.seconds);
    std::vector<std::thread> threads;
    for (int i = 0; i < options_.connections; ++i) {
      threads.emplace_back([this, until] {
        while (std::chrono::steady_clock::now() < until) ++(shake(ticket_.get(), nullptr) ? done_ : failed_);
      });
    }
    for (std::thread& thread : threads) thread.join();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    return fmt::format(R"({{"handshakes":{},"failed":{},"seconds":{:.3f}}})", done_.load(), failed_.load(),
                       took.count());
  }

 private:
  // One connection, from its beginning to the first bytes of an answer. False also when the server took no
  // ticket that it was shown.
  bool shake(SSL_SESSION* ticket, SessionOwner* new_ticket) const {
    const Socket socket(options_.port);
    const TlsOwner tls(SSL_new(context_.get()));
    SSL_set_fd(tls.get(), socket.number);
    if (ticket != nullptr) SSL_set_session(tls.get(), ticket);
    std::string answer(512, '\0');
    const bool asked = socket.connected && SSL_connect(tls.get()) == 1 &&
                       SSL_write(tls.get(), request_.data(), static_cast<int>(request_.size())) > 0 &&
                       SSL_read(tls.get(), answer.data(), static_cast<int>(answer.size())) > 0;
    // As if they had said goodbye: OpenSSL never takes up again what seemed to break off.
    SSL_set_shutdown(tls.get(), SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
    if (!asked || !answer.starts_with("HTTP/1.1 200 ")) return false;
    if (new_ticket != nullptr) new_ticket->reset(SSL_get1_session(tls.get()));
    return (SSL_session_reused(tls.get()) == 1) == (ticket != nullptr);
  }

  const Options& options_;
  ContextOwner context_;
  std::string request_;
  SessionOwner ticket_;
  std::atomic<std::uint64_t> done_{0};
  std::atomic<std::uint64_t> failed_{0};
};

}  // namespace
}  // namespace heliograph::bench

int main(int argc, char** argv) {
  heliograph::bench::Options options;
  CLI::App app("Shakes hands with a TLS server as often as it can");
  app.add_option("--port", options.port, "Of 127.0.0.1")->required();
  app.add_option("--target", options.target, "What is asked for")->capture_default_str();
  app.add_option("--tls", options.tls)->check(CLI::IsMember({"1.2", "1.3"}))->capture_default_str();
  app.add_option("--seconds", options.seconds)->check(CLI::Range(0.1, 600.0))->capture_default_str();
  app.add_option("--connections", options.connections)->check(CLI::Range(1, 256))->capture_default_str();
  app.add_flag("--resume", options.resume, "With a ticket");
  CLI11_PARSE(app, argc, argv);
  try {
    std::puts(heliograph::bench::Load(options).run().c_str());
  } catch (const std::exception& problem) {
    std::fprintf(stderr, "handshakes: %s\n", problem.what());
    return EXIT_FAILURE;
  }
  return EXIT_SUCCESS;
}
