#include "server/live/frame_hub.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>
#include <variant>

namespace heliograph::live {
namespace {

template <class T>
void remove_one(std::vector<T>& from, const T& item) {
  const auto found = std::ranges::find(from, item);
  *found = from.back();
  from.pop_back();
}

}  // namespace

std::string name_of(const Frame& frame) {
  std::string name;
  for (const std::uint32_t part : {frame.header.stream, frame.header.sequence, frame.header.crc}) {
    std::array<char, 8> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), part, 16).ptr;
    if (!name.empty()) name += '-';
    name.append(digits.data(), end);
  }
  return name;
}

FrameHub::Watch::Watch(FrameHub& hub, CameraId camera, Wants wants, std::function<void()> ready)
    : hub_(&hub),
      camera_(camera),
      wants_(wants),
      ready_(std::make_unique<std::function<void()>>(std::move(ready))),
      frames_(hub.channels_[camera].frames.subscribe()) {
  Channel& channel = hub.channels_.at(camera);
  channel.wants.push_back(wants_);
  channel.ready.push_back(ready_.get());
}

FrameHub::Watch::Watch(Watch&& other) noexcept
    : hub_(std::exchange(other.hub_, nullptr)),
      camera_(other.camera_),
      wants_(other.wants_),
      ready_(std::move(other.ready_)),
      frames_(std::move(other.frames_)),
      missed_(other.missed_) {}

FrameHub::Watch::~Watch() {
  if (hub_ == nullptr) return;
  Channel& channel = hub_->channels_.at(camera_);
  remove_one(channel.wants, wants_);
  remove_one(channel.ready, static_cast<const std::function<void()>*>(ready_.get()));
  channel.left_at = hub_->clock_.steady();
  hub_->changed(camera_);
}

std::shared_ptr<const Frame> FrameHub::Watch::next() {
  for (;;) {
    auto next = frames_.next();
    if (const auto* skipped = std::get_if<Skipped>(&next)) {
      missed_ += skipped->count;
      continue;
    }
    const auto* frame = std::get_if<std::shared_ptr<const Frame>>(&next);
    return frame ? *frame : nullptr;
  }
}

FrameHub::Watch FrameHub::watch(CameraId camera, Wants wants, std::function<void()> ready) {
  Watch watch(*this, camera, wants, std::move(ready));
  changed(camera);
  return watch;
}

void FrameHub::publish(CameraId camera, Frame frame) {
  const auto found = channels_.find(camera);
  if (found == channels_.end()) return;  // who wanted it has gone
  Channel& channel = found->second;
  channel.frames.publish(std::move(frame));
  channel.kept.push_back(channel.frames.newest());
  channel.kept_bytes += channel.kept.back()->message.size();
  while (channel.kept.size() > max_kept_frames ||
         (channel.kept.size() > 1 && channel.kept_bytes > max_kept_bytes)) {
    channel.kept_bytes -= channel.kept.front()->message.size();
    channel.kept.pop_front();
  }
  rouse(camera);
}

std::shared_ptr<const Frame> FrameHub::newest(CameraId camera) const {
  const auto found = channels_.find(camera);
  return found == channels_.end() ? nullptr : found->second.frames.newest();
}

std::shared_ptr<const Frame> FrameHub::find(CameraId camera, std::string_view name) const {
  const auto found = channels_.find(camera);
  if (found == channels_.end()) return nullptr;
  const auto& kept = found->second.kept;
  const auto frame = std::ranges::find_if(kept, [name](const auto& one) { return name_of(*one) == name; });
  return frame == kept.end() ? nullptr : *frame;
}

FrameHub::Source::Source(FrameHub& hub, CameraId camera) : hub_(hub), camera_(camera) {
  if (Source* older = std::exchange(hub_.sources_[camera_], this)) older->taken_over_ = true;
  hub_.rouse(camera_);
}

FrameHub::Source::~Source() {
  if (taken_over_) return;
  hub_.sources_.erase(camera_);
  hub_.rouse(camera_);
}

Demand FrameHub::demand(CameraId camera) const {
  const auto found = channels_.find(camera);
  if (found == channels_.end()) return {};
  const Channel& channel = found->second;
  Demand demand{channel.wants.size(), {}, channel.left_at};
  for (const Wants& wants : channel.wants) {
    demand.wants.fps = std::max(demand.wants.fps, wants.fps);
    demand.wants.width = std::max(demand.wants.width, wants.width);
  }
  return demand;
}

void FrameHub::rouse(CameraId camera) {
  const auto found = channels_.find(camera);
  if (found == channels_.end()) return;
  for (const std::function<void()>* ready : found->second.ready) (*ready)();
}

void FrameHub::sweep() {
  const SteadyTime now = clock_.steady();
  std::erase_if(channels_, [now](const auto& entry) {
    const Channel& channel = entry.second;
    return channel.wants.empty() && now - channel.left_at >= linger_time;
  });
}

std::size_t FrameHub::watchers() const {
  std::size_t sum = 0;
  for (const auto& [camera, channel] : channels_) sum += channel.wants.size();
  return sum;
}

}  // namespace heliograph::live
