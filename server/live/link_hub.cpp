#include "server/live/link_hub.hpp"

#include <utility>

namespace heliograph::live {

LinkHub::Seat::Seat(LinkHub& hub, CameraId camera, Line& line) : hub_(hub), camera_(camera), line_(line) {
  ++hub_.counters.links;
  Seat*& place = hub_.seats_[camera_];
  Seat* older = std::exchange(place, this);
  if (older != nullptr) {
    older->taken_over_ = true;
    older->line_.wake();
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
  found->second->line_.wake();
}

std::vector<CameraId> LinkHub::cameras() const {
  std::vector<CameraId> cameras;
  for (const auto& [camera, seat] : seats_) cameras.push_back(camera);
  return cameras;
}

std::optional<SteadyTime> LinkHub::heard_at(CameraId camera) const {
  const auto found = seats_.find(camera);
  if (found == seats_.end()) return std::nullopt;
  return found->second->line_.heard_at();
}

void LinkHub::wake(CameraId camera) {
  const auto found = seats_.find(camera);
  if (found != seats_.end()) found->second->line_.wake();
}

}  // namespace heliograph::live
