// Which cameras are linked, and what is to be told to each. One link per camera: a newer one takes the seat.
//
// A link's session holds its seat, sends what waits there and looks whether it is still its own; everybody
// else says send(). Belongs to one thread (net). What must not be in it: sockets, JSON, what messages mean.
#pragma once

#include "server/base/id.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace heliograph::live {

// Messages that wait for one camera, at most: past it the link is as good as gone.
inline constexpr std::size_t max_waiting_messages = 32;

class LinkHub {
 public:
  LinkHub() = default;
  LinkHub(const LinkHub&) = delete;
  LinkHub& operator=(const LinkHub&) = delete;

  // Gives the place back when it is destroyed. Must not outlive the hub.
  class Seat {
   public:
    Seat(LinkHub& hub, CameraId camera, std::function<void()> wake);
    Seat(const Seat&) = delete;
    Seat& operator=(const Seat&) = delete;
    ~Seat();

    // A newer link of the same camera has come.
    bool taken_over() const { return taken_over_; }
    // What is to be sent, oldest first; empty: nothing.
    std::string next();

   private:
    friend class LinkHub;
    LinkHub& hub_;
    const CameraId camera_;
    const std::function<void()> wake_;
    std::vector<std::string> waiting_;  // oldest first. An idle link keeps no block of a queue
    bool taken_over_ = false;
  };

  // One message of JSON; false when the camera is not linked, or too much waits for it. It is sent soon;
  // whether it arrives is the camera's to say.
  bool send(CameraId camera, std::string json);
  bool linked(CameraId camera) const { return seats_.contains(camera); }
  // Lets its session look at what is wanted of it; nothing when there is none.
  void wake(CameraId camera);

  // A text message of a camera, as it came. Set once, before anything else.
  std::function<void(CameraId, std::string_view)> on_message;
  // A camera is linked, or is not any more. Set once.
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
