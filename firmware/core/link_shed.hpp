// Whether a camera lets its link go, so that its pictures find memory for a connection: each TLS session
// takes some 40 KB, and a board has room for two only while its memory is whole. A pure decision.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

namespace heliograph::firmware {

// A TLS session begins only with so much memory in one piece, bytes: below, its handshake fails half way,
// each time with other memory in pieces.
inline constexpr std::size_t min_session_block = 20 * 1024;
// The link stays away for so long, milliseconds: whoever watches waits a while, and the pictures that are
// behind have gone by then.
inline constexpr std::int64_t link_shed_ms = 600'000;

class LinkShed {
 public:
  // The server was not reached while so many bytes were free in one piece; none: the board does not run
  // short. True: the link is to be let go, from now on.
  bool missed(std::int64_t now_ms, std::optional<std::size_t> free_block) {
    if (ends_ms_ || !free_block || *free_block >= min_session_block) return false;
    ends_ms_ = now_ms + link_shed_ms;
    return true;
  }

  // True: it may come back, from now on.
  bool look(std::int64_t now_ms) {
    if (!ends_ms_ || now_ms < *ends_ms_) return false;
    ends_ms_.reset();
    return true;
  }

  bool is_shed() const { return ends_ms_.has_value(); }
  // When look() is to be called; none: whenever.
  std::optional<std::int64_t> ends_ms() const { return ends_ms_; }

 private:
  std::optional<std::int64_t> ends_ms_;
};

}  // namespace heliograph::firmware
