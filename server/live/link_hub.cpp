#include "server/live/link_hub.hpp"

#include <utility>

namespace heliograph::live {

LinkHub::Seat::Seat(LinkHub& hub, CameraId camera, std::function<void()> wake)
    : hub_(hub), camera_(camera), wake_(std::move(wake)) {
  ++hub_.counters.links;
  Seat*& place = hub_.seats_[camera_];
  Seat* older = std::exchange(place, this);
  if (older != nullptr) {
    older->taken_over_ = true;
    older->wake_();
  }
  if (hub_.on_change) hub_.on_change(camera_);
}

LinkHub::Seat::~Seat() {
  if (taken_over_) return;
  hub_.seats_.erase(camera_);
  if (hub_.on_change) hub_.on_change(camera_);
}

void LinkHub::prompt(CameraId camera) {
  const auto found = seats_.find(camera);
  if (found == seats_.end()) return;
  found->second->prompted_ = true;
  found->second->wake_();
}

void LinkHub::wake(CameraId camera) {
  const auto found = seats_.find(camera);
  if (found != seats_.end()) found->second->wake_();
}

}  // namespace heliograph::live
