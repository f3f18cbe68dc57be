// A network with one scripted server at its other end. Each connection plays the next script, and the clock
// moves with every wait that is in vain.
#pragma once

#include "firmware/core/platform/fake_clock.hpp"
#include "firmware/core/platform/stream.hpp"

#include <algorithm>
#include <deque>
#include <string>
#include <utility>
#include <vector>

namespace heliograph::firmware {

// What the server does on one connection.
struct FakeConnection {
  // Sent one after the other, each once so many bytes, or whole requests, have arrived.
  struct Reply {
    std::size_t after_bytes;
    std::string text;
    std::size_t after_requests = 0;
  };
  bool refused = false;
  std::deque<Reply> replies;
  std::size_t closes_after_bytes = SIZE_MAX;  // taken; then it closes, and drops what comes
  bool closes_after_replies = false;
  std::size_t takes_at_most = SIZE_MAX;  // bytes in all; then it takes no more, and keeps the connection
  std::size_t piece = SIZE_MAX;          // bytes moved per call
};

class FakeStream final : public Stream {
 public:
  explicit FakeStream(FakeClock& clock) : clock_(clock) {}

  IoStatus connect(const Address&, std::int64_t deadline_ms) override {
    close();
    ++connects;
    if (script.empty()) {
      clock_.sleep_until(deadline_ms);
      return IoStatus::timeout;
    }
    current_ = script.front();
    script.pop_front();
    if (current_.refused) return IoStatus::failed;
    open_ = true;
    woken_ = false;
    received.emplace_back();
    return IoStatus::ok;
  }

  IoResult read_some(char* out, std::size_t capacity, std::int64_t deadline_ms) override {
    if (!open_) return {IoStatus::failed, 0};
    if (reply_due()) {
      std::string& text = current_.replies.front().text;
      const std::size_t size = std::min({capacity, text.size(), current_.piece});
      std::copy_n(text.data(), size, out);
      text.erase(0, size);
      if (text.empty()) current_.replies.pop_front();
      return {IoStatus::ok, size};
    }
    if (hung_up()) return {IoStatus::closed, 0};
    if (!std::exchange(woken_, false)) clock_.sleep_until(deadline_ms);
    return {IoStatus::timeout, 0};
  }

  IoResult write_some(const char* data, std::size_t size, std::int64_t deadline_ms) override {
    if (!open_ || hung_up()) return {IoStatus::failed, 0};
    const std::size_t room =
        current_.takes_at_most - std::min(current_.takes_at_most, received.back().size());
    const std::size_t taken = std::min({size, room, current_.piece});
    if (taken == 0) {
      clock_.sleep_until(deadline_ms);
      return {IoStatus::timeout, 0};
    }
    received.back().append(data, taken);
    return {IoStatus::ok, taken};
  }

  // The server says more on the connection that is open.
  void say(std::string text) { current_.replies.push_back({0, std::move(text)}); }

  void wake() override { woken_ = true; }
  void close() override { open_ = false; }
  std::string_view error_text() const override { return "connection refused"; }

  std::deque<FakeConnection> script;  // of the connections to come; none left: nothing answers
  std::vector<std::string> received;  // per connection
  int connects = 0;

 private:
  bool reply_due() const {
    if (current_.replies.empty()) return false;
    const FakeConnection::Reply& reply = current_.replies.front();
    if (received.back().size() < reply.after_bytes) return false;
    return reply.after_requests == 0 || whole_requests() >= reply.after_requests;
  }

  std::size_t whole_requests() const {
    constexpr std::string_view length_header = "Content-Length: ";
    const std::string& text = received.back();
    std::size_t count = 0;
    for (std::size_t begin = 0;; ++count) {
      const std::size_t head_end = text.find("\r\n\r\n", begin);
      if (head_end == std::string::npos) return count;
      const std::size_t length_at = text.find(length_header, begin) + length_header.size();
      begin = head_end + 4 + std::stoul(text.substr(length_at));
      if (begin > text.size()) return count;
    }
  }

  bool hung_up() const {
    return received.back().size() >= current_.closes_after_bytes ||
           (current_.closes_after_replies && current_.replies.empty());
  }

  FakeClock& clock_;
  FakeConnection current_;
  bool open_ = false;
  bool woken_ = false;
};

}  // namespace heliograph::firmware
