#include "firmware/esp32/port/board_trust.hpp"

#include "firmware/esp32/fake_idf/fake_flash.hpp"

#include <string>

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

std::string certificate(char fill, std::size_t size = 2'000) {
  return "-----BEGIN CERTIFICATE-----\n" + std::string(size, fill) + "\n-----END CERTIFICATE-----\n";
}

class BoardTrustTest : public testing::Test {
 protected:
  BoardTrustTest() { fake_idf::flash() = fake_idf::Flash(); }
  ~BoardTrustTest() override { fake_idf::flash() = fake_idf::Flash(); }

  static bool tell(BoardTrust& trust, const std::string& pem) {
    bool fits = trust.begin();
    for (std::size_t at = 0; fits && at < pem.size(); at += 1'000) {
      fits = trust.append({pem.data() + at, std::min<std::size_t>(1'000, pem.size() - at)});
    }
    return fits;
  }
  static bool learn(BoardTrust& trust, const std::string& pem) {
    return tell(trust, pem) && trust.try_alone() && trust.keep();
  }
  // What a connection is tried with, in turn.
  static std::vector<std::string> kinds(const BoardTrust& trust) {
    std::vector<std::string> all;
    for (int place = 0; place < trust.count(); ++place) {
      const std::string_view pem = trust.at(place);
      all.emplace_back(pem.substr(0, pem.empty() ? 0 : pem.size() - 1));  // but for its zero
    }
    return all;
  }

  using Kinds = std::vector<std::string>;
  SettingsStore store_;
  const std::string first_ = certificate('A') + certificate('B') + certificate('C');  // longer than a value
  const std::string second_ = certificate('D');
};

TEST_F(BoardTrustTest, WhatItCameWithUntilItIsToldMore) {
  const std::string own = certificate('O') + '\0';
  EXPECT_EQ(kinds(BoardTrust(store_, "")), Kinds{""});
  EXPECT_EQ(kinds(BoardTrust(store_, own)), Kinds{certificate('O')});
}

TEST_F(BoardTrustTest, IsTriedAloneAndKeptBesides) {
  BoardTrust trust(store_, "");
  EXPECT_FALSE(trust.has_learnt());
  ASSERT_TRUE(tell(trust, first_));
  EXPECT_EQ(kinds(trust), Kinds{""});
  ASSERT_TRUE(trust.try_alone());
  EXPECT_EQ(kinds(trust), Kinds{first_});
  ASSERT_TRUE(trust.keep());
  EXPECT_EQ(kinds(trust), (Kinds{"", first_}));
  ASSERT_TRUE(learn(trust, second_));
  EXPECT_EQ(kinds(trust), (Kinds{"", second_})) << "the old ones are forgotten";
  const BoardTrust restarted(store_, "");
  EXPECT_TRUE(restarted.has_learnt());
  EXPECT_EQ(kinds(restarted), (Kinds{"", second_}));
}

TEST_F(BoardTrustTest, IsDroppedWithoutATrace) {
  BoardTrust trust(store_, "");
  ASSERT_TRUE(learn(trust, first_));
  ASSERT_TRUE(tell(trust, second_) && trust.try_alone());
  trust.drop();
  EXPECT_EQ(kinds(trust), (Kinds{"", first_}));
  EXPECT_EQ(kinds(BoardTrust(store_, "")), (Kinds{"", first_}));
}

TEST_F(BoardTrustTest, WhatIsNoneOrTooLongIsNotTried) {
  BoardTrust trust(store_, "");
  EXPECT_FALSE(tell(trust, certificate('A', max_learnt_roots)));
  EXPECT_TRUE(tell(trust, "<html>a portal's page</html>"));
  EXPECT_FALSE(trust.try_alone());
  EXPECT_EQ(kinds(trust), Kinds{""});
}

// Power goes at every write of the flash: it is the old roots or the new ones, and whole.
TEST_F(BoardTrustTest, PowerMayGoWhileTheyAreKept) {
  bool cut = true;
  int writes = 0;
  while (cut) {
    ++writes;
    fake_idf::flash() = fake_idf::Flash();
    BoardTrust trust(store_, "");
    ASSERT_TRUE(learn(trust, second_));
    ASSERT_TRUE(tell(trust, first_) && trust.try_alone());
    fake_idf::flash().cut_power_at(writes);
    cut = false;
    try {
      EXPECT_TRUE(trust.keep());
    } catch (const fake_idf::PowerCut&) {
      cut = true;
    }
    fake_idf::flash().stay_on();
    EXPECT_EQ(kinds(BoardTrust(store_, "")), (Kinds{"", cut ? second_ : first_})) << "write " << writes;
  }
  EXPECT_GT(writes, 2);
}

}  // namespace
}  // namespace heliograph::firmware
