#include "server/cameras/nonces.hpp"

#include "protocol/signature.hpp"

#include <functional>
#include <string>

namespace heliograph::cameras {
namespace {

// Its time may be as far ahead of ours as behind.
constexpr std::chrono::milliseconds life{2 * protocol::signature_window_ms};

}  // namespace

Result<void> Nonces::take(CameraId camera, std::string_view nonce, SteadyTime now) {
  while (!in_order_.empty() && in_order_.front().first <= now) {
    used_.erase(in_order_.front().second);
    in_order_.pop_front();
  }
  if (used_.size() >= max_nonces) {
    return Error{ErrorKind::unavailable, "too many signed uploads; try again in a moment"};
  }
  const std::string whole = to_string(camera) + ' ' + std::string(nonce);
  const std::uint64_t hash = std::hash<std::string>{}(whole);
  if (!used_.insert(hash).second) {
    return Error{ErrorKind::conflict, "this signature was used before: sign every attempt with a new nonce"};
  }
  in_order_.emplace_back(now + life, hash);
  return {};
}

}  // namespace heliograph::cameras
