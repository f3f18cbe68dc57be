// What is said over a camera's link and over a browser's live socket, in JSON. Pure.
#pragma once

#include "server/base/error.hpp"
#include "server/base/id.hpp"
#include "server/base/time.hpp"
#include "server/live/lease.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace heliograph::http {

// What a camera says of its stream; its other messages are none of ours.
struct CameraSays {
  std::string type;
  std::optional<std::uint32_t> stopped;  // the stream, of "stopped"
};
// bad_request: it is no object with a `type`, or lacks what its type must have.
Result<CameraSays> read_camera_message(std::string_view text);

std::string write_welcome(Timestamp now);
std::string write_start_live(const live::Lease& lease);
std::string write_renew(const live::Lease& lease);
std::string write_stop_live(const live::Lease& lease);
std::string write_credit(std::uint32_t stream);

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
