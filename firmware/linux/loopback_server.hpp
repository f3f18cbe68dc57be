// A real server on 127.0.0.1 for tests, as well-behaved or as badly as a test wants. Speaks just enough
// HTTP/1.1.
#pragma once

#include "firmware/linux/file_descriptor.hpp"

#include <atomic>
#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <openssl/ssl.h>

namespace heliograph::firmware {

// A self-signed certificate, made anew for each test. Those that one connection trusts need signers of
// different names, as authorities have.
struct TestCertificate {
  explicit TestCertificate(const std::string& names = "DNS:localhost,IP:127.0.0.1",
                           const std::string& signer = "Heliograph test");

  std::string pem;  // for --ca
  std::unique_ptr<X509, decltype(&X509_free)> certificate;
  std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key;
};

class LoopbackServer {
 public:
  struct Request {
    std::string head;
    std::string body;

    // The value of a header, or "".
    std::string header(const std::string& name) const;
  };
  struct Reply {
    std::string text;      // the whole response; empty: none
    bool hang_up = false;  // close the connection after it, whatever it says
    int delay_ms = 0;      // before it
  };
  // What to answer; `number` counts the requests from 0. Called on the server's threads, one at a time.
  using Handler = std::function<Reply(const Request&, int number)>;
  // Where a connection is cut, and what is said before.
  struct Cut {
    std::size_t after_bytes = SIZE_MAX;
    std::string last_words;
  };
  // `number` counts the connections from 0.
  using Cutter = std::function<Cut(int number)>;

  // With a certificate it speaks TLS. Without a handler it stores pictures as Heliograph does.
  explicit LoopbackServer(Handler handler = {}, const TestCertificate* certificate = nullptr,
                          Cutter cutter = {});
  ~LoopbackServer();

  std::uint16_t port() const { return port_; }
  std::string url() const {
    return (tls_ ? "https://localhost:" : "http://127.0.0.1:") + std::to_string(port_);
  }

  // Whole requests, in order of arrival.
  std::vector<Request> requests() const;
  int connections() const { return connections_; }
  // Bodies under their names ("boot/sequence"), as a server that stores would have them.
  std::map<std::string, std::string> pictures() const;

  // The answer of a server that stores: a receipt, a repeat, or a refusal of what is no JPEG.
  Reply store(const Request& request);

 private:
  class Connection;

  void accept_all();
  void serve(int number, FileDescriptor socket);
  Reply answer(const Request& request);

  const Handler handler_;
  const Cutter cutter_;
  FileDescriptor listener_;
  std::uint16_t port_ = 0;
  std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> tls_{nullptr, &SSL_CTX_free};
  std::atomic<int> connections_{0};
  mutable std::mutex mutex_;
  std::vector<Request> requests_;                // guarded by mutex_
  std::map<std::string, std::string> pictures_;  // guarded by mutex_
  std::vector<int> open_sockets_;                // guarded by mutex_; -1: closed
  std::list<std::thread> workers_;               // the acceptor's
  std::thread acceptor_;
};

// A response with a body and its length.
std::string response(const std::string& status, const std::string& body, const std::string& headers = "");

}  // namespace heliograph::firmware
