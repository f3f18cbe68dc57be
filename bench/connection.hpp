// One keep-alive HTTP connection of the load generator: sends a request, reads its answer, tells how it went.
//
// Never blocks; the loop calls it when epoll says so. Knows as much of HTTP as the servers under test need:
// answers have a Content-Length, or end with the connection.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <sys/uio.h>

namespace heliograph::bench {

using SteadyTime = std::chrono::steady_clock::time_point;

// A request in three pieces, so that a picture all requests share is not copied for each.
struct Request {
  std::string head;
  std::string mark;              // what makes this body differ from all others; may be empty
  std::string_view before_mark;  // outlives the request
  std::string_view after_mark;   // outlives the request

  std::size_t size() const { return head.size() + before_mark.size() + mark.size() + after_mark.size(); }
};

// What became of a request: a status, or the reason why there is none.
struct Outcome {
  int status = 0;
  std::string_view error;
};

class Connection {
 public:
  explicit Connection(std::uint16_t port) : port_(port) {}
  ~Connection() { close(); }
  Connection(Connection&& other) noexcept;
  Connection& operator=(Connection&&) = delete;

  // Connects first if there is no connection. False when that fails; `outcome` of progress() tells no more.
  bool begin(Request request, SteadyTime now);

  // Sends up to `limit` bytes of the request in all (less when the socket is full) and reads what there is.
  // An outcome when the request is over; then it may begin the next one, unless its descriptor is gone: then
  // it connects again.
  std::optional<Outcome> progress(std::size_t limit);

  std::optional<Outcome> give_up(std::string_view why);
  void close();

  int descriptor() const { return descriptor_; }
  bool busy() const { return busy_; }
  bool waits_to_send() const { return busy_ && sent_ < request_.size(); }
  std::size_t request_size() const { return request_.size(); }
  SteadyTime begun() const { return begun_; }

 private:
  std::optional<Outcome> send(std::size_t limit);
  std::optional<Outcome> receive();
  std::optional<Outcome> read_head();
  std::array<iovec, 4> rest(std::size_t limit) const;
  std::optional<Outcome> finish(Outcome outcome, bool keep);

  std::uint16_t port_;
  int descriptor_ = -1;
  bool busy_ = false;
  SteadyTime begun_;
  Request request_;
  std::size_t sent_ = 0;
  std::string head_;                        // of the answer, as far as it has come
  int status_ = 0;                          // 0: the head is not whole yet
  bool keep_ = true;                        // the connection, after this answer
  std::optional<std::uint64_t> body_left_;  // none: until the end of the connection
};

}  // namespace heliograph::bench
