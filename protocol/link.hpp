// The names and limits of GET /device/v1/link: the one connection over which a camera is seen live and told
// what to do. protocol/README.md has the messages.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace heliograph::protocol {

inline constexpr std::string_view link_path = "/device/v1/link";

// Bytes of a text message, either way: a board keeps a whole one in memory.
inline constexpr std::size_t max_link_text = 4096;

// The server pings this often, seconds: below the minute after which nginx and AWS forget a silent
// connection, and an hour of it costs 25 KB with TLS, TCP, IP and heartbeats.
inline constexpr std::int64_t link_ping_s = 50;
// Either end gives up a link on which nothing came for so long, seconds: one ping may be lost with a cell.
inline constexpr std::int64_t link_silence_s = 120;

// Frames on their way at once: one travels while the next is taken. More would only wait in the uplink's
// queue, and be old when they arrive.
inline constexpr std::uint32_t link_credits = 2;

// A stream lives so long after the server last asked for it, milliseconds …
inline constexpr std::int64_t lease_ms = 10'000;

}  // namespace heliograph::protocol
