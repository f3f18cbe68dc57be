#include "firmware/core/arducam/settling.hpp"

#include <algorithm>

namespace heliograph::firmware::mega {

void Settling::woke(std::int64_t now_ms) {
  to_discard_ = frames_after_waking;
  discarded_ = 0;
  settled_ms_ = now_ms + ms_after_waking;
}

void Settling::changed() {
  to_discard_ = std::max(to_discard_, frames_after_change);
}

bool Settling::keeps(std::int64_t now_ms) {
  const bool settled = to_discard_ <= 0 && now_ms >= settled_ms_;
  if (settled || discarded_ == max_discarded) {
    *this = Settling();
    return true;
  }
  --to_discard_;
  ++discarded_;
  return false;
}

}  // namespace heliograph::firmware::mega
