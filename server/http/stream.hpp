// One connection's bytes: plain or TLS behind the same few verbs, each of which ends in time.
//
// OpenSSL works on the descriptor itself. asio::ssl::stream would keep 76 KB for an idle connection; this
// keeps 2, or 16 with TLS. Read ahead is left to the caller, who knows how much it wants; nothing is buffered
// here. Belongs to the net thread. A wait that is cancelled from outside (stop) throws system_error with
// operation_aborted.
#pragma once

#include "server/base/time.hpp"
#include "server/http/http.hpp"
#include "server/http/limits.hpp"
#include "server/http/pace.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

struct ssl_st;
struct ssl_ctx_st;

namespace heliograph::http {

// How an operation ended.
enum class Io {
  done,
  closed,  // the other side ended the connection, or it broke
  late     // the other side's patience was used up
};

// The executor is named, not type-erased: that alone saves a tenth of a small request's time.
using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, boost::asio::io_context::executor_type>;

class Stream {
 public:
  // `tls` null: plain. `scratch` is shared by all streams of the thread, and what it holds is anybody's after
  // a wait.
  Stream(Socket socket, ssl_ctx_st* tls, std::span<char> scratch, const Clock& clock);
  ~Stream();

  struct Read {
    Io io = Io::done;
    std::size_t bytes = 0;  // none: wait until it is readable
  };

  // Below TLS, before the handshake: what has come and stays there, and taking that much of it.
  Read peek(std::span<char> into);
  void skip(std::size_t bytes);

  // At once for a plain stream. A client that speaks plain HTTP to a TLS port is told so.
  Task<Io> handshake(Pace& pace);

  // What has come. Does not wait, so `into` may lie in the scratch buffer.
  Read read_some(std::span<char> into, Pace& pace);

  // Until read_some has something to say, or would take another's turn.
  Task<Io> readable(Pace& pace);

  // Lets the readable() in hand, or else the next one, return at once.
  void wake();

  // From now on the kernel takes little ahead of what the other side takes: what waits there is old when it
  // is sent.
  void keep_little_unsent();

  // All parts, in as few packets as they fit in.
  using Parts = std::array<std::string_view, 5>;
  Task<Io> write(Parts parts, Pace& pace);

  // `head`, then `length` bytes of the open file from `offset` on. The file may make the net thread wait for
  // the disk; a picture is read in one or two pieces, and a thread hop for each would cost more than it
  // spares.
  Task<Io> write_file(std::string_view head, int file, std::uint64_t offset, std::uint64_t length,
                      Pace& pace);

  // Says goodbye so that the last answer arrives: ends our side, and takes in what still comes for a while
  // (see Limits).
  Task<void> finish(const Limits& limits);

  // For the sweeper: makes a wait that has lasted too long return Io::late.
  void expire(SteadyTime now);

 private:
  enum class Direction { read, write };
  enum class Outcome { moved, blocked, closed };
  struct Attempt {  // one system call, or one of OpenSSL's
    Outcome outcome = Outcome::moved;
    std::size_t bytes = 0;
    Direction needs = Direction::read;  // when blocked
  };

  Attempt try_read(std::span<char> into);
  Attempt try_write(const Parts& parts, bool more_follows);
  Attempt try_write_file(int file, std::uint64_t offset, std::uint64_t length);
  Attempt try_record(std::string_view record);
  static Attempt plain_attempt(ssize_t result, Direction direction);
  Attempt tls_attempt(int result);

  Task<Io> write(Parts parts, bool more_follows, Pace& pace);
  Task<Io> wait(Direction direction, Pace& pace, bool may_be_woken = false);
  // A stream that moved a lot without ever having to wait goes behind the others.
  bool had_its_turn() const;
  Task<Io> let_others();
  Task<void> close_tls(Pace& pace);
  Task<void> drain(std::uint64_t most, Pace& pace);

  struct FreeTls {
    void operator()(ssl_st* tls) const;
  };

  Socket socket_;
  std::unique_ptr<ssl_st, FreeTls> tls_;
  std::span<char> scratch_;
  const Clock& clock_;
  Direction read_needs_ = Direction::read;   // what the last read_some that found nothing waits for
  SteadyTime deadline_ = SteadyTime::max();  // of the wait that is under way
  bool expired_ = false;
  bool may_be_woken_ = false;       // a readable() is under way
  bool woken_ = false;              // and has not yet said so
  bool tls_open_ = false;           // the handshake is over and nothing broke: a goodbye is due
  std::size_t moved_unwaited_ = 0;  // bytes since the last wait
};

}  // namespace heliograph::http
