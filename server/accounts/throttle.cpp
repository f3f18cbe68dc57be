#include "server/accounts/throttle.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <vector>

namespace heliograph::accounts {
namespace {

using std::chrono::seconds;

std::string pair_key(std::string_view account, std::string_view network) {
  return "both " + std::string(network) + ' ' + std::string(account);
}
std::string address_key(std::string_view network) {
  return "address " + std::string(network);
}
std::string account_key(std::string_view account) {
  return "account " + std::string(account);
}

}  // namespace

seconds pause_after(std::uint32_t tries, const Patience& patience) {
  if (tries < patience.free_tries) return seconds{0};
  const std::uint32_t doublings = std::min(tries - patience.free_tries, 20U);  // past every `most`
  return std::min(patience.most, patience.first * (std::int64_t{1} << doublings));
}

seconds Throttle::begin(std::string_view account, std::string_view address) {
  const SteadyTime now = clock_.steady();
  const std::string network = network_of(address);
  const std::array<std::pair<std::string, const Patience*>, 3> counts{
      {{pair_key(account, network), &account_from_address},
       {address_key(network), &one_address},
       {account_key(account), &one_account}}};
  seconds wait{0};
  for (const auto& [key, patience] : counts) {
    const auto found = tries_.find(key);
    if (found == tries_.end() || now - found->second.last > throttle_memory) continue;
    const auto left = found->second.last + pause_after(found->second.count, *patience) - now;
    wait = std::max(wait, std::chrono::ceil<seconds>(left));
  }
  if (wait > seconds{0}) return wait;
  for (const auto& [key, patience] : counts) {
    Tries& tries = tries_[key];
    if (now - tries.last > throttle_memory) tries.count = 0;
    ++tries.count;
    tries.last = now;
  }
  if (tries_.size() > max_throttle_entries) forget_old();
  return seconds{0};
}

void Throttle::succeeded(std::string_view account, std::string_view address) {
  const std::string network = network_of(address);
  tries_.erase(pair_key(account, network));
  tries_.erase(account_key(account));
  // The address keeps its count but for this one: with an account of one's own one could guess at others.
  const auto found = tries_.find(address_key(network));
  if (found != tries_.end() && --found->second.count == 0) tries_.erase(found);
}

// A quarter of them, so that it is rarely done.
void Throttle::forget_old() {
  std::vector<SteadyTime> times;
  times.reserve(tries_.size());
  for (const auto& [key, tries] : tries_) times.push_back(tries.last);
  const auto quarter = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 4);
  std::ranges::nth_element(times, quarter);
  std::erase_if(tries_, [oldest = *quarter](const auto& entry) { return entry.second.last <= oldest; });
}

std::string network_of(std::string_view address) {
  std::array<unsigned char, 16> bytes{};
  if (::inet_pton(AF_INET6, std::string(address).c_str(), bytes.data()) != 1) return std::string(address);
  std::fill(bytes.begin() + 8, bytes.end(), static_cast<unsigned char>(0));
  std::array<char, INET6_ADDRSTRLEN> text{};
  ::inet_ntop(AF_INET6, bytes.data(), text.data(), text.size());
  return std::string(text.data()) + "/64";
}

}  // namespace heliograph::accounts
