// What is said over a camera's link and over a browser's live socket, in JSON. Pure.
#pragma once

#include "server/base/error.hpp"
#include "server/base/id.hpp"
#include "server/base/time.hpp"
#include "server/cameras/orders.hpp"
#include "server/live/lease.hpp"

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

// What a browser wants to see.
struct ViewerSays {
  bool watch = false;  // or else not any more
  CameraId camera;
  live::Wants wants;
};
Result<ViewerSays> read_viewer_message(std::string_view text);

// Of those who watch without saying how: none is the usual. bad_request: it is out of its range.
Result<live::Wants> wants_of(std::optional<std::int64_t> fps, std::optional<std::int64_t> width);

struct TileState {
  bool linked = false;
  std::uint64_t dropped = 0;

  friend bool operator==(const TileState&, const TileState&) = default;
};
std::string write_state(CameraId camera, const TileState& state, Timestamp now);
// It may not be seen, or is not there.
std::string write_no_such_camera(CameraId camera);

}  // namespace heliograph::http
