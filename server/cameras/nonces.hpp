// The nonces of signatures that were taken, as long as the signature would be taken again.
//
// Kept in memory: after a restart a signature may be taken once more within its five minutes, and then it is
// the same picture under the same name, of which nothing is stored twice.
#pragma once

#include "server/base/base.hpp"

#include <cstdint>
#include <deque>
#include <string_view>
#include <unordered_set>
#include <utility>

namespace heliograph::cameras {

// Beyond this, none is taken until old ones are over: 300 signed uploads a second, and 20 MiB.
inline constexpr std::size_t max_nonces = 200'000;

// Net thread.
class Nonces {
 public:
  // Takes a nonce of a signature that is genuine. conflict: it was used; unavailable: there are too many.
  Result<void> take(CameraId camera, std::string_view nonce, SteadyTime now);

 private:
  std::unordered_set<std::uint64_t> used_;                     // hashes
  std::deque<std::pair<SteadyTime, std::uint64_t>> in_order_;  // by when they may be forgotten
};

}  // namespace heliograph::cameras
