#include "server/store/space.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace heliograph::store {
namespace {

constexpr std::uint64_t mib = 1024ULL * 1024;
constexpr std::uint64_t gib = 1024 * mib;

constexpr std::uint64_t reserve_part = 50;
constexpr std::uint64_t least_reserve = 8 * mib;
constexpr std::uint64_t most_reserve = gib;
constexpr std::uint64_t low_part = 10;
constexpr std::uint64_t most_low = 20 * gib;

}  // namespace

Watermarks watermarks_for(std::uint64_t disk_bytes, const WatermarkSettings& settings) {
  Watermarks marks;
  marks.reserve_bytes =
      settings.reserve_bytes.value_or(std::clamp(disk_bytes / reserve_part, least_reserve, most_reserve));
  const std::uint64_t low = settings.low_bytes.value_or(
      std::max(std::min(disk_bytes / low_part, most_low), 2 * marks.reserve_bytes));
  marks.low_bytes = std::max(low, marks.reserve_bytes);
  return marks;
}

std::string_view to_string(SpaceLevel level) {
  switch (level) {
    case SpaceLevel::plenty:
      return "plenty";
    case SpaceLevel::low:
      return "low";
    case SpaceLevel::reserve:
      break;
  }
  return "reserve";
}

SpaceLevel judge_space(std::uint64_t free_bytes, std::uint64_t promised_bytes, const Watermarks& marks) {
  const std::uint64_t left = free_bytes - std::min(free_bytes, promised_bytes);
  if (left < marks.reserve_bytes) return SpaceLevel::reserve;
  return left < marks.low_bytes ? SpaceLevel::low : SpaceLevel::plenty;
}

Room::~Room() {
  if (watch_ != nullptr) watch_->release(bytes_);
}

void Room::ran_out() const {
  if (watch_ != nullptr) watch_->look_anew();
}

SpaceWatch::SpaceWatch(Ask ask, const Clock& clock, const WatermarkSettings& settings)
    : ask_(std::move(ask)), clock_(clock), settings_(settings) {}

Result<Room> SpaceWatch::reserve(std::optional<std::uint64_t> announced_bytes) {
  const std::uint64_t bytes = announced_bytes.value_or(unannounced_bytes);
  const std::lock_guard lock(mutex_);
  const auto fits = [&] {
    return !space_ || judge_space(space_->free_bytes, promised() + bytes, marks_) != SpaceLevel::reserve;
  };
  if (!asked_at_ || clock_.steady() - *asked_at_ >= space_look_interval) ask_again();
  if (!fits()) ask_again();  // nobody is refused for what the disk was like a second ago
  if (!fits()) {
    return Error{ErrorKind::storage_full, "the disk is full but for its reserve of " +
                                              std::to_string(marks_.reserve_bytes / mib) +
                                              " MiB; nothing is stored until there is room again"};
  }
  in_flight_ += bytes;
  return Room(*this, bytes);
}

Result<SpaceWatch::Look> SpaceWatch::look() {
  const std::lock_guard lock(mutex_);
  if (!asked_at_ || clock_.steady() - *asked_at_ >= space_look_interval) ask_again();
  if (!space_) return space_.error();
  const auto judge = [&](std::uint64_t promised) {
    return judge_space(space_->free_bytes, promised, marks_);
  };
  return Look{*space_, marks_, judge(promised()),
              judge(promised() + usual_picture_bytes) != SpaceLevel::reserve};
}

void SpaceWatch::look_anew() {
  const std::lock_guard lock(mutex_);
  asked_at_.reset();
}

void SpaceWatch::release(std::uint64_t bytes) {
  const std::lock_guard lock(mutex_);
  in_flight_ -= bytes;
  landed_ += bytes;
}

void SpaceWatch::ask_again() {
  asked_at_ = clock_.steady();
  space_ = ask_();
  if (space_) marks_ = watermarks_for(space_->total_bytes, settings_);
  landed_ = 0;
}

}  // namespace heliograph::store
