// What is said over a camera's link and over a browser's live socket, in JSON. Pure.
#pragma once

#include "server/base/error.hpp"
#include "server/base/id.hpp"
#include "server/base/time.hpp"
#include "server/cameras/orders.hpp"
#include "server/live/lease.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace heliograph::http {

// A camera cannot send the stream.
struct StreamStopped {
  std::uint32_t stream = 0;
};
// What it would say in a heartbeat over HTTP, with a number that the answer repeats.
struct LinkHeartbeat {
  std::uint32_t number = 0;
  cameras::Spoken spoken;
};
// None: a message that this server does not know.
using CameraSays = std::variant<std::monostate, StreamStopped, LinkHeartbeat>;
// bad_request: it is no object with a `type`, or lacks what its type must have.
Result<CameraSays> read_camera_message(std::string_view text, Timestamp now);

std::string write_welcome(Timestamp now);
std::string write_start_live(const live::Lease& lease);
std::string write_renew(const live::Lease& lease);
std::string write_stop_live(const live::Lease& lease);
std::string write_credit(std::uint32_t stream);
// There are orders: a heartbeat is answered with them.
std::string write_prompt();
// The answer to the heartbeat of that number.
std::string write_heard(std::uint32_t number, const cameras::NextOrders& orders, Timestamp now);

// What a browser wants to see, and to have kept of it.
struct ViewerSays {
  enum class Wish { watch, unwatch, keep };
  Wish wish = Wish::watch;
  CameraId camera;
  live::Wants wants;                // of watch
  std::chrono::seconds interval{};  // of keep: between two pictures; 0: none any more
};
// Of a series: less is a film, which wants another store; and a page is not watched for days.
inline constexpr std::chrono::seconds min_keep_interval{2};
inline constexpr std::chrono::seconds max_keep_interval{3600};
Result<ViewerSays> read_viewer_message(std::string_view text);

// Of those who watch without saying how: none is the usual. bad_request: it is out of its range.
Result<live::Wants> wants_of(std::optional<std::int64_t> fps, std::optional<std::int64_t> width);

struct TileState {
  bool linked = false;
  std::uint64_t dropped = 0;

  friend bool operator==(const TileState&, const TileState&) = default;
};
std::string write_state(CameraId camera, const TileState& state, Timestamp now);
// A wish that is not fulfilled, and why.
std::string write_refused(CameraId camera, std::string_view why);
// A picture of a series is stored; or is not, and why.
std::string write_kept(CameraId camera, ImageId image);
std::string write_not_kept(CameraId camera, std::string_view why);

}  // namespace heliograph::http
