// How often somebody may guess. A table in memory: a restart forgets it, which gives a guesser nothing worth
// having.
#pragma once

#include "server/base/time.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace heliograph::accounts {

// After how many tries one has to wait, how long at first, and how long at most: each further try doubles it.
struct Patience {
  std::uint32_t free_tries;
  std::chrono::seconds first;
  std::chrono::seconds most;
};
// What has to pass after so many tries in a row before the next one. Pure.
std::chrono::seconds pause_after(std::uint32_t tries, const Patience& patience);

// Three counts decide, and the longest pause wins: tries at one account from one address, which are somebody
// who forgot, or guesses; tries from one address, which are somebody who goes through accounts; and tries at
// one account from everywhere, which are many machines. The last pause stays short, or anybody could lock
// anybody out. One thread.
class Throttle {
 public:
  explicit Throttle(const Clock& clock) : clock_(clock) {}

  // Before a guess is looked at. 0: go on, and the guess counts as a wrong one until succeeded() says
  // otherwise; else how long to wait, and nothing is counted.
  std::chrono::seconds begin(std::string_view account, std::string_view address);
  // It was right.
  void succeeded(std::string_view account, std::string_view address);

  std::size_t size() const { return tries_.size(); }

 private:
  struct Tries {
    std::uint32_t count = 0;
    SteadyTime last;
  };

  void forget_old();

  const Clock& clock_;
  std::map<std::string, Tries, std::less<>> tries_;
};

// An IPv6 address stands for the /64 that its owner may choose from.
std::string network_of(std::string_view address);

inline constexpr Patience account_from_address{5, std::chrono::seconds{1}, std::chrono::minutes{15}};
inline constexpr Patience one_address{30, std::chrono::seconds{1}, std::chrono::minutes{5}};
inline constexpr Patience one_account{100, std::chrono::seconds{1}, std::chrono::seconds{8}};
// After so long without a try a count begins anew.
inline constexpr std::chrono::minutes throttle_memory{60};
// Counts that are kept: 100 bytes each. When there are more, those that were touched longest ago go: whoever
// has so many addresses is slowed by the counts of accounts.
inline constexpr std::size_t max_throttle_entries = 20'000;

}  // namespace heliograph::accounts
