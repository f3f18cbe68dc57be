#include "server/http/inbox.hpp"

#include <algorithm>
#include <utility>

namespace heliograph::http {

Inbox::Window Inbox::kept() {
  const std::string bytes = std::exchange(kept_, {});  // and its memory goes
  std::ranges::copy(bytes, scratch_.begin());
  return {Io::done, scratch_.first(bytes.size())};
}

Inbox::Window Inbox::receive(std::size_t most, Pace& pace) {
  const std::span<char> room = scratch_.subspan(kept_.size());
  const Stream::Read read = stream_.read_some(room.first(std::min(most, room.size())), pace);
  if (read.io != Io::done || read.bytes == 0) return {read.io, {}};
  const std::size_t before = kept_.size();
  std::ranges::copy(std::exchange(kept_, {}), scratch_.begin());
  return {Io::done, scratch_.first(before + read.bytes)};
}

}  // namespace heliograph::http
