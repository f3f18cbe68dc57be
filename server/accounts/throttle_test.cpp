#include "server/accounts/throttle.hpp"

#include <string>

#include <gtest/gtest.h>

namespace heliograph::accounts {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

TEST(Throttle, PausesDouble) {
  const Patience patience{3, seconds{2}, seconds{30}};
  const struct {
    std::uint32_t tries;
    int pause_s;
  } cases[] = {{0, 0}, {2, 0}, {3, 2}, {4, 4}, {5, 8}, {6, 16}, {7, 30}, {8, 30}, {4'000'000'000, 30}};
  for (const auto& c : cases) EXPECT_EQ(pause_after(c.tries, patience), seconds{c.pause_s}) << c.tries;
}

class ThrottleTest : public testing::Test {
 protected:
  // How many of so many guesses in a row, a second apart, were looked at.
  int guess(int count, const std::string& account, const std::string& address) {
    int looked_at = 0;
    for (int i = 0; i < count; ++i) {
      if (throttle_.begin(account, address) == seconds{0}) ++looked_at;
      clock_.advance(seconds{1});
    }
    return looked_at;
  }

  ManualClock clock_{from_ms(0)};
  Throttle throttle_{clock_};
};

TEST_F(ThrottleTest, TenThousandGuessesAtOneAccountGetNowhere) {
  EXPECT_LT(guess(10'000, "owner", "203.0.113.7"), 30);
}

TEST_F(ThrottleTest, TheyCostOthersNothing) {
  guess(10'000, "owner", "203.0.113.7");
  EXPECT_EQ(throttle_.begin("guest", "198.51.100.1"), seconds{0});
  clock_.advance(seconds{9});
  EXPECT_EQ(throttle_.begin("owner", "198.51.100.1"), seconds{0}) << "the owner, from another place";
}

TEST_F(ThrottleTest, GuessesThatComeAtOnceAreCountedToo) {
  int looked_at = 0;
  for (int i = 0; i < 1000; ++i) {
    if (throttle_.begin("owner", "203.0.113.7") == seconds{0}) ++looked_at;
  }
  EXPECT_EQ(looked_at, 5);
}

TEST_F(ThrottleTest, OneAddressThatGoesThroughAccountsIsSlowed) {
  int looked_at = 0;
  for (int i = 0; i < 10'000; ++i, clock_.advance(seconds{1})) {
    if (throttle_.begin("account " + std::to_string(i), "203.0.113.7") == seconds{0}) ++looked_at;
  }
  EXPECT_LT(looked_at, 80);
}

TEST_F(ThrottleTest, ManyAddressesAtOneAccountAreSlowed) {
  int looked_at = 0;
  for (int i = 0; i < 10'000; ++i, clock_.advance(std::chrono::milliseconds(100))) {
    const std::string address = "203.0." + std::to_string(i / 250) + "." + std::to_string(i % 250);
    if (throttle_.begin("owner", address) == seconds{0}) ++looked_at;
  }
  EXPECT_LT(looked_at, 250);
}

TEST_F(ThrottleTest, ARightOneBeginsAnew) {
  for (int i = 0; i < 5; ++i) EXPECT_EQ(throttle_.begin("owner", "203.0.113.7"), seconds{0});
  EXPECT_GT(throttle_.begin("owner", "203.0.113.7"), seconds{0});
  clock_.advance(minutes{1});
  EXPECT_EQ(throttle_.begin("owner", "203.0.113.7"), seconds{0});
  throttle_.succeeded("owner", "203.0.113.7");
  for (int i = 0; i < 5; ++i) EXPECT_EQ(throttle_.begin("owner", "203.0.113.7"), seconds{0});
}

TEST_F(ThrottleTest, ARightOneDoesNotOpenOtherAccounts) {
  int looked_at = 0;
  for (int i = 0; i < 1000; ++i) {
    if (throttle_.begin("victim " + std::to_string(i), "203.0.113.7") == seconds{0}) ++looked_at;
    if (throttle_.begin("mine", "203.0.113.7") == seconds{0}) throttle_.succeeded("mine", "203.0.113.7");
  }
  EXPECT_LE(looked_at, 31);
}

TEST_F(ThrottleTest, OneIsRememberedForAnHour) {
  guess(100, "owner", "203.0.113.7");
  clock_.advance(throttle_memory + minutes{1});
  EXPECT_EQ(guess(5, "owner", "203.0.113.7"), 5);
}

TEST_F(ThrottleTest, TheTableStaysSmall) {
  for (std::size_t i = 0; i < 4 * max_throttle_entries; ++i) {
    throttle_.begin("account " + std::to_string(i), "address " + std::to_string(i));
    clock_.advance(std::chrono::milliseconds(1));
  }
  EXPECT_LE(throttle_.size(), max_throttle_entries + 3);
}

TEST(Network, OfAnIpv6AddressIsItsHalf) {
  EXPECT_EQ(network_of("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
  EXPECT_EQ(network_of("2001:db8:1:2::9"), "2001:db8:1:2::/64");
  EXPECT_EQ(network_of("203.0.113.7"), "203.0.113.7");
  EXPECT_EQ(network_of(""), "");
}

}  // namespace
}  // namespace heliograph::accounts
