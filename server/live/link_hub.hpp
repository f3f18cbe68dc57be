// Which cameras are linked, and whom of them there is something to tell. One link per camera: a newer one
// takes the seat.
//
// A link's session holds its seat, and looks there whether it is still its own and whether there are orders;
// everybody else says prompt(). Belongs to one thread (net). What must not be in it: sockets, JSON, the
// orders.
#pragma once

#include "server/base/id.hpp"
#include "server/base/time.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

namespace heliograph::live {

// A camera's connection, as far as others need it.
class Line {
 public:
  // Lets its session look at what there is to say: it must only schedule.
  virtual void wake() = 0;
  // When its last byte came.
  virtual SteadyTime heard_at() const = 0;

 protected:
  ~Line() = default;
};

class LinkHub {
 public:
  LinkHub() = default;
  LinkHub(const LinkHub&) = delete;
  LinkHub& operator=(const LinkHub&) = delete;

  // Gives the place back when it is destroyed. Must not outlive the hub.
  class Seat {
   public:
    // `line` outlives it.
    Seat(LinkHub& hub, CameraId camera, Line& line);
    Seat(const Seat&) = delete;
    Seat& operator=(const Seat&) = delete;
    ~Seat();

    // A newer link of the same camera has come.
    bool taken_over() const { return taken_over_; }
    // There have been orders for it since this was asked last.
    bool take_prompt() { return std::exchange(prompted_, false); }

   private:
    friend class LinkHub;
    LinkHub& hub_;
    const CameraId camera_;
    Line& line_;
    bool prompted_ = false;
    bool taken_over_ = false;
  };

  // There are orders for the camera: its session says so to it. Nothing when it is not linked.
  void prompt(CameraId camera);
  bool linked(CameraId camera) const { return seats_.contains(camera); }
  // All that are, in any order.
  std::vector<CameraId> cameras() const;
  // When the last byte came over its link; none: it is not linked.
  std::optional<SteadyTime> heard_at(CameraId camera) const;
  // Lets its session look at what is wanted of it; nothing when there is none.
  void wake(CameraId camera);

  // A camera is linked, or is not any more. Set once, before anything else.
  std::function<void(CameraId)> on_change;

  std::size_t size() const { return seats_.size(); }

  // What happened on all links so far.
  struct Counters {
    std::uint64_t links = 0;
    std::uint64_t frames = 0;
    std::uint64_t dropped_frames = 0;  // damaged on their way, or no whole JPEG
  };
  Counters counters;

 private:
  std::unordered_map<CameraId, Seat*> seats_;
};

}  // namespace heliograph::live
