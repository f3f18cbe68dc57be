// The newest frame of each camera that somebody watches, and what its watchers want.
//
// A watcher is given the newest frame only: whoever is behind goes on with it, and is told how many it
// missed, so that no watcher delays another or makes anything grow. The frames of the last moments are kept
// beside it, for who wants to have one that they have just seen. Frames are shared, never copied. A channel
// lives while it is watched, and a little longer (linger_time): for those who ask for one picture after
// another. Belongs to one thread (net).
#pragma once

#include "protocol/frame.hpp"
#include "server/base/id.hpp"
#include "server/base/time.hpp"
#include "server/live/broadcast.hpp"
#include "server/live/lease.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace heliograph::live {

// As it came: header and JPEG in one.
struct Frame {
  protocol::FrameHeader header;
  std::string message;
  SteadyTime came_at{};

  std::string_view jpeg() const { return std::string_view(message).substr(protocol::frame_header_size); }
};

// Names a frame among all that any link has brought: what it was and which bytes it has.
std::string name_of(const Frame& frame);
// Bytes of the longest name: three numbers of 32 bits in hexadecimal, and what stands between them.
inline constexpr std::size_t max_frame_name = 3 * 8 + 2;

// What is kept of a channel, and whichever is less: the time in which somebody sees a picture and presses a
// button, at 30 frames a second; and the bytes of the largest frame, for each camera that is watched.
inline constexpr std::size_t max_kept_frames = 64;
inline constexpr std::size_t max_kept_bytes = protocol::max_frame_bytes;

class FrameHub {
 public:
  explicit FrameHub(const Clock& clock) : clock_(clock) {}
  FrameHub(const FrameHub&) = delete;
  FrameHub& operator=(const FrameHub&) = delete;

  // One watcher's place. Must not outlive the hub.
  class Watch {
   public:
    Watch(Watch&& other) noexcept;
    Watch& operator=(Watch&&) = delete;
    ~Watch();

    // The newest frame that it has not been given; null: there is none.
    std::shared_ptr<const Frame> next();
    // How many it was never given, because newer ones came.
    std::uint64_t missed() const { return missed_; }

   private:
    friend class FrameHub;
    Watch(FrameHub& hub, CameraId camera, Wants wants, std::function<void()> ready);

    FrameHub* hub_;  // null once moved from
    CameraId camera_;
    Wants wants_;
    std::unique_ptr<std::function<void()>> ready_;  // where it stays when the watch is moved
    Subscription<Frame> frames_;
    std::uint64_t missed_ = 0;
  };
  // `ready` is called whenever there is something new, from within what made it so: it must only schedule.
  Watch watch(CameraId camera, Wants wants, std::function<void()> ready);

  void publish(CameraId camera, Frame frame);
  // The last frame of a channel that lives; null: none.
  std::shared_ptr<const Frame> newest(CameraId camera) const;
  // The one of that name; null: it is not kept any more, or never was.
  std::shared_ptr<const Frame> find(CameraId camera, std::string_view name) const;
  Demand demand(CameraId camera) const;
  // Somebody who brings a camera's frames unasked, without a link. A newer one takes its place. Must not
  // outlive the hub.
  class Source {
   public:
    Source(FrameHub& hub, CameraId camera);
    Source(const Source&) = delete;
    Source& operator=(const Source&) = delete;
    ~Source();

    bool taken_over() const { return taken_over_; }

   private:
    FrameHub& hub_;
    const CameraId camera_;
    bool taken_over_ = false;
  };
  bool has_source(CameraId camera) const { return sources_.contains(camera); }

  // Lets the camera's watchers look again.
  void rouse(CameraId camera);
  // Forgets channels that nobody has watched for linger_time.
  void sweep();

  // Called with a camera whose demand has changed. Set once, before anything else.
  std::function<void(CameraId)> on_demand;

  std::size_t channels() const { return channels_.size(); }
  std::size_t watchers() const;

 private:
  struct Channel {
    Broadcast<Frame> frames{1};
    std::deque<std::shared_ptr<const Frame>> kept;  // oldest first
    std::size_t kept_bytes = 0;
    std::vector<Wants> wants;  // of each watcher, in no order
    std::vector<const std::function<void()>*> ready;
    SteadyTime left_at;  // when the last watcher went
  };
  void changed(CameraId camera) const {
    if (on_demand) on_demand(camera);
  }

  const Clock& clock_;
  std::unordered_map<CameraId, Channel> channels_;
  std::unordered_map<CameraId, Source*> sources_;
};

}  // namespace heliograph::live
