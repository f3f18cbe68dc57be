// What a connection has received and not yet used.
//
// Bytes are received into the scratch buffer that all connections of the thread share. Only what was read too
// far (a cut-off chunk header, the next request) is kept here, so that an idle connection holds nothing.
#pragma once

#include "server/http/stream.hpp"

#include <cstddef>
#include <span>
#include <string>

namespace heliograph::http {

class Inbox {
 public:
  Inbox(Stream& stream, std::span<char> scratch) : stream_(stream), scratch_(scratch) {}

  bool empty() const { return kept_.empty(); }

  struct Window {
    Io io = Io::done;
    std::span<char> bytes;  // in the scratch buffer: good until the next wait of any kind
  };
  // What was kept. Give back what you do not use.
  Window kept();
  // What was kept, and behind it what has come, at most `most` bytes. Empty and done when nothing has: then
  // wait until the stream is readable.
  Window receive(std::size_t most, Pace& pace);
  // The end of a window that was not used.
  void give_back(std::span<const char> rest) { kept_.assign(rest.begin(), rest.end()); }

 private:
  Stream& stream_;
  std::span<char> scratch_;
  std::string kept_;
};

}  // namespace heliograph::http
