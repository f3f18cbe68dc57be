#include "server/cameras/whereabouts.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>

namespace heliograph::cameras {
namespace {

constexpr std::size_t ipv4_network_bytes = 3;
constexpr std::size_t ipv6_network_bytes = 6;
// Kept of each camera: enough for the returns, and 200 bytes.
constexpr std::size_t max_moves = 8;

// Elsewhere, and not just another address of the same start.
bool is_another(const Place& a, const Place& b) {
  return a.network != b.network && (a.boot != b.boot || a.boot == 0);
}

}  // namespace

std::string network_of(std::string_view address) {
  const std::string text(address);
  std::array<char, 16> bytes{};
  if (inet_pton(AF_INET, text.c_str(), bytes.data()) == 1) {
    return {"4" + std::string(bytes.data(), ipv4_network_bytes)};
  }
  if (inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1) {
    return {"6" + std::string(bytes.data(), ipv6_network_bytes)};
  }
  return text;
}

Place place_of(std::string_view address, std::string_view boot) {
  const std::hash<std::string_view> hash;
  return {hash(network_of(address)), boot.empty() ? 0 : hash(boot) | 1U};
}

bool is_in_two_places(const std::vector<Move>& moves, const Place& to, Timestamp now) {
  std::vector<Place> recent;
  for (const Move& move : moves) {
    if (move.at > now - move_window) recent.push_back(move.to);
  }
  recent.push_back(to);
  int returns = 0;
  for (auto place = recent.begin(); place != recent.end(); ++place) {
    if (std::find(recent.begin(), place, *place) != place) ++returns;
  }
  return returns >= most_returns;
}

bool Whereabouts::in_two_places(CameraId camera, const Place& place, Timestamp now) {
  std::vector<Move>& moves = moves_[camera];
  if (moves.empty()) {
    moves.push_back({now, place});
    return false;
  }
  if (moves.back().to == place) {
    moves.back().at = now;
    return false;
  }
  if (!is_another(moves.back().to, place)) {  // the same camera, a little further
    moves.back() = {now, place};
    return false;
  }
  const bool two = is_in_two_places(moves, place, now);
  moves.push_back({now, place});
  if (moves.size() > max_moves) moves.erase(moves.begin());
  return two;
}

}  // namespace heliograph::cameras
