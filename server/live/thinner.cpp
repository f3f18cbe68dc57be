#include "server/live/thinner.hpp"

#include <algorithm>
#include <utility>

namespace heliograph::live {

std::shared_ptr<const Frame> Thinner::next(std::shared_ptr<const Frame> news, SteadyTime now) {
  // Early by less than half an interval is on time: cameras are no metronomes.
  const SteadyTime from = news ? next_at_ - interval_ / 2 : next_at_;
  if (news) held_ = std::move(news);
  if (!held_ || now < from) return nullptr;
  next_at_ = std::max(next_at_ + interval_, now);
  return std::exchange(held_, nullptr);
}

}  // namespace heliograph::live
