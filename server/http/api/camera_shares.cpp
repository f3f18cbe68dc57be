#include "server/http/api/camera_shares.hpp"

#include <algorithm>
#include <string>

namespace heliograph::http {
namespace {

using std::chrono::seconds;

// Accounts are looked through for idle ones when there are twice as many as the last time left, and not
// before there are so many: a few hundred kilobytes.
constexpr std::size_t least_swept_accounts = 1024;

}  // namespace

ShareDecision decide_share(const CameraLimits& limits, const CameraAccount& account, std::uint32_t images,
                           SteadyTime now) {
  if (account.in_hand >= limits.uploads) return {ShareVerdict::too_many_at_once, account.due, {}};
  if (images == 0 || limits.images_per_minute == 0) return {ShareVerdict::granted, account.due, {}};
  const SteadyTime::duration interval =
      std::chrono::duration_cast<SteadyTime::duration>(std::chrono::minutes{1}) / limits.images_per_minute;
  const SteadyTime due = std::max(account.due, now);
  const auto ahead = due - now - interval * (std::max<std::uint32_t>(limits.image_burst, 1) - 1);
  if (ahead > SteadyTime::duration{0}) {
    return {ShareVerdict::too_often, account.due, std::chrono::ceil<seconds>(ahead)};
  }
  return {ShareVerdict::granted, due + interval * images, {}};
}

CameraShares::Share::~Share() {
  if (shares_ != nullptr) shares_->give_back(camera_);
}

Result<CameraShares::Share> CameraShares::take(CameraId camera, std::uint32_t images) {
  const SteadyTime now = clock_.steady();
  if (accounts_.size() >= std::max(sweep_at_, least_swept_accounts)) forget_the_idle(now);
  const auto found = accounts_.find(camera);
  const CameraAccount account = found == accounts_.end() ? CameraAccount{0, now} : found->second;
  const ShareDecision decision = decide_share(limits_, account, images, now);
  switch (decision.verdict) {
    case ShareVerdict::granted:
      break;
    case ShareVerdict::too_many_at_once:
      ++too_many_at_once_;
      return Error{ErrorKind::too_many,
                   "this camera has " + std::to_string(limits_.uploads) +
                       " uploads in hand already: send the picture again when one of them is done",
                   decision.retry_after};
    case ShareVerdict::too_often:
      ++too_often_;
      return Error{ErrorKind::too_many,
                   "this camera sends more than " + std::to_string(limits_.images_per_minute) +
                       " pictures a minute: send this one again later",
                   decision.retry_after};
  }
  accounts_[camera] = {account.in_hand + 1, decision.due};
  ++in_hand_;
  return Share(*this, camera);
}

void CameraShares::give_back(CameraId camera) {
  --in_hand_;
  const auto found = accounts_.find(camera);
  if (--found->second.in_hand == 0 && found->second.due <= clock_.steady()) accounts_.erase(found);
}

void CameraShares::forget_the_idle(SteadyTime now) {
  std::erase_if(accounts_,
                [now](const auto& entry) { return entry.second.in_hand == 0 && entry.second.due <= now; });
  sweep_at_ = 2 * accounts_.size();
}

}  // namespace heliograph::http
