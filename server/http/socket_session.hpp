// A WebSocket over a session's stream: messages are put together here, bounded in bytes and in time. Keeps
// nothing while nothing is on its way. Net thread.
#pragma once

#include "protocol/web_socket.hpp"
#include "server/http/inbox.hpp"
#include "server/http/limits.hpp"
#include "server/http/pace.hpp"
#include "server/http/stream.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace heliograph::http {

class SocketSession final : public WebSocket {
 public:
  // All outlive it.
  SocketSession(Stream& stream, Inbox& inbox, const Limits& limits, const Clock& clock);

  Task<Result<std::optional<Message>>> receive(std::size_t max_bytes) override;
  Task<Io> wait(std::chrono::milliseconds limit) override;
  void wake() override;
  Task<Result<void>> send_text(std::string_view text) override;
  Task<Result<void>> send_binary(std::string_view head, std::string_view body) override;
  Task<Result<void>> ping() override;
  Task<void> close(protocol::SocketClose code, std::string_view reason) override;
  SteadyTime heard_at() const override { return heard_at_; }
  bool parted() const override { return parted_; }

 private:
  // What came of a window: a message, a pong that is due, or an end.
  struct Taken {
    std::optional<Message> message;
    std::optional<std::string> ping;  // what its pong carries
    std::optional<Error> over;
    protocol::SocketClose code = protocol::SocketClose::normal;  // of our goodbye, when it is over
    bool silent = false;                                         // there is nobody to say it to
  };
  std::unique_ptr<Taken> take(Inbox::Window window, std::size_t max_bytes);
  bool take_event(const protocol::SocketReader::Event& event, std::size_t max_bytes, Taken& taken);
  static void end(Taken& taken, ErrorKind kind, std::string detail, protocol::SocketClose code);
  Task<Result<void>> send(protocol::Opcode opcode, std::string_view head, std::string_view body);
  Task<Result<void>> settle(std::unique_ptr<Taken> taken);
  bool count_wait();

  Stream& stream_;
  Inbox& inbox_;
  const Limits& limits_;
  const Clock& clock_;
  // What is on its way.
  struct Incoming {
    protocol::SocketReader reader{/*from_client=*/true};
    std::string message;       // as far as it has come
    std::optional<Pace> pace;  // once it was waited for
  };
  std::unique_ptr<Incoming> incoming_;  // null between messages
  Pace wait_ = Pace::within(Pace::ms{0});
  Pace::ms waits_at_most_{0};
  bool hurried_ = false;  // it was for the message alone
  SteadyTime heard_at_;
  bool closed_ = false;  // our goodbye is said, or nothing can be sent any more
  bool parted_ = false;
};

}  // namespace heliograph::http
