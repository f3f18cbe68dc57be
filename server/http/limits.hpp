// How much of anything one server holds, and how long it waits for anybody.
//
// The values are the product's; tests make some of them small. Every wait on a socket is bounded by a Pace
// made of these.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace heliograph::http {

struct Limits {
  using ms = std::chrono::milliseconds;

  // Deadlines are looked at this often: no timer per operation, and a quarter of a second is no loss to
  // anyone.
  ms sweep_period{250};

  // An ESP32 takes two to five seconds for a handshake on a good network.
  ms handshake_time{20'000};

  // From a request's first byte to the end of its header. Slow networks need a few round trips, not more.
  ms header_time{10'000};

  // Longer than the 60 s after which an AWS load balancer gives up an idle connection: the side that closes
  // first must not be ours, or a request crosses the close on the wire and is lost.
  ms idle_time{75'000};

  // A sender of a body may fall silent this long (a handover between LTE cells takes up to 30 s) …
  ms body_silence{30'000};
  // … and must after this grace keep up this average: 2G with bad signal still makes 1 KB/s. A 200 KB picture
  // then has seven minutes, and a sender of one byte a second has 30 s.
  ms body_grace{30'000};
  std::uint32_t body_bytes_per_s = 512;

  // A reader may take nothing for this long before it is taken for dead; the average is that of a body.
  ms write_silence{60'000};

  // A WebSocket's reader may take nothing for this long: what it is sent is about now, and old after that.
  ms socket_write_silence{10'000};

  // Request line and fields together; ours are below 1 KB. Beyond it the answer is 431.
  std::size_t header_bytes = 8 * 1024;
  // Each costs an allocation; browsers send about 20.
  std::size_t header_fields = 100;

  // Of a body that was refused, so much is read and thrown away to keep the connection: a camera that hears
  // why not does not have to shake hands again. No picture we know of is larger.
  std::uint64_t refused_body_bytes = 16 * 1024 * 1024;

  // After the last answer, what still comes in is read and thrown away for a while. A close with unread bytes
  // would make the kernel send a reset, which can overtake the answer and erase it. The bytes cover a sender
  // of 100 MB.
  ms linger_silence{2'000};
  ms linger_time{10'000};
  std::uint64_t linger_bytes = 128 * 1024 * 1024;

  // Beyond it, new connections wait in the kernel's queue. Twice the 10,000 cameras one server is built for;
  // the process's limit of open files may set a lower one.
  std::size_t connections = 20'000;

  // Of one address (by_address.hpp); none: half of all there is room for. A carrier puts a town behind one
  // address, and a fleet on LTE may come from a single one, so this is no fair share: it only sees to it that
  // nobody, by mistake or on purpose, takes every place there is.
  std::optional<std::size_t> connections_per_address{};
};

}  // namespace heliograph::http
