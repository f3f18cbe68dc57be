// outbound: requests that the server itself makes of others on the network.
//
// Owns how one is made: over libcurl, which is loaded with the first one, with deadlines, a limit on the
// answer, and certificates that are verified. It blocks: it belongs on a Worker, never on the net thread.
// Beside it stands what a standard makes of such requests (web_push.hpp). What must not be in it: what is
// said, and to whom.
#pragma once

#include "server/base/error.hpp"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace heliograph::outbound {

struct HttpRequest {
  std::string method = "GET";
  std::string url;                                           // http or https
  std::vector<std::pair<std::string, std::string>> headers;  // names and values without line ends
  std::string body;                                          // none is sent when it is empty
  // For all of it, and for the connection with its handshake.
  std::chrono::milliseconds deadline{10'000};
  std::chrono::milliseconds connect_deadline{5'000};
  std::size_t max_answer_bytes = std::size_t{1024} * 1024;  // fields and body together
};

struct HttpAnswer {
  int status = 0;
  std::vector<std::pair<std::string, std::string>> headers;  // names in small letters, in order
  std::string body;
};

struct Curl;  // curl.hpp

// One thread at a time, but for stop(). Each request has a connection of its own.
class HttpClient {
 public:
  // `ca_file`: PEM certificates that are believed beside the system's; empty: none.
  explicit HttpClient(std::filesystem::path ca_file = {});
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  // An answer of any status is one; a redirect is not followed. Proxies that the environment names are not
  // used: what is asked here is said to nobody but the host of the address. Errors: bad_request (the address
  // or a header is none), unavailable (no name, no connection, no certificate that can be believed, or
  // libcurl is missing), timeout, too_large.
  Result<HttpAnswer> send(const HttpRequest& request);

  // Ends the request in hand within a second, as unavailable, and every later one at once. Any thread.
  void stop() { stopped_ = true; }

 private:
  std::filesystem::path ca_file_;
  std::unique_ptr<Curl> curl_;  // null: not loaded yet
  std::atomic<bool> stopped_ = false;
};

}  // namespace heliograph::outbound
