// Where the uploads of each camera come from, and whether one key is used in two places at once.
//
// A camera changes its address often: LTE gives it another one with every connection, and some carriers one
// of several for each. So an address alone tells little; but one camera does not go back to an earlier start
// of itself. Two boards with one key take turns: here this start, there that one, and the first again.
#pragma once

#include "server/base/base.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace heliograph::cameras {

// The network of an address, as text: 24 bits of IPv4, 48 of IPv6, which is what one subscriber or one exit
// of a carrier has. The text itself when it is no address.
std::string network_of(std::string_view address);

struct Place {
  std::uint64_t network = 0;  // hashes: only whether they are equal matters
  std::uint64_t boot = 0;     // 0: the camera does not tell

  friend bool operator==(const Place&, const Place&) = default;
};
Place place_of(std::string_view address, std::string_view boot);

// An upload that came from elsewhere than the one before it.
struct Move {
  Timestamp at;
  Place to;
};

// So often a camera goes back to a place that it had left within move_window: once or twice may be a firmware
// that sends its newest picture first while its router changes over.
inline constexpr int most_returns = 3;
inline constexpr std::chrono::hours move_window{1};

// Does going to `to` make it two cameras? `moves`: in order of time, the last one is where it was. Pure.
bool is_in_two_places(const std::vector<Move>& moves, const Place& to, Timestamp now);

// Net thread.
class Whereabouts {
 public:
  // An upload of the camera began. True: its key is used in two places.
  bool in_two_places(CameraId camera, const Place& place, Timestamp now);
  // Begins anew: somebody has decided about it.
  void forget(CameraId camera) { moves_.erase(camera); }

 private:
  std::unordered_map<CameraId, std::vector<Move>> moves_;  // of cameras that were seen, max_moves each
};

}  // namespace heliograph::cameras
