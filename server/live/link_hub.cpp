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

std::string LinkHub::Seat::next() {
  if (waiting_.empty()) return {};
  std::string message = std::move(waiting_.front());
  waiting_.erase(waiting_.begin());
  return message;
}

bool LinkHub::send(CameraId camera, std::string json) {
  const auto found = seats_.find(camera);
  if (found == seats_.end() || found->second->waiting_.size() >= max_waiting_messages) return false;
  found->second->waiting_.push_back(std::move(json));
  found->second->wake_();
  return true;
}

void LinkHub::wake(CameraId camera) {
  const auto found = seats_.find(camera);
  if (found != seats_.end()) found->second->wake_();
}

}  // namespace heliograph::live
