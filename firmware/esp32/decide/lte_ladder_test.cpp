#include "firmware/esp32/decide/lte_ladder.hpp"

#include "firmware/core/platform/fake_random.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

using Kind = LteStep::Kind;

// A modem that does what a test has decided, and time that passes only in waits. Its log is what was done,
// one word a step, waits as "+ms".
class Rig {
 public:
  explicit Rig(bool powered = false) : ladder(random, powered), on(powered) { ladder.want(true); }

  // Until the log has `word`, or so many steps were done.
  void run_to(const std::string& word, int steps = 400) {
    while (steps-- > 0 && (log.empty() || log.back() != word)) step();
  }

  void step() {
    const LteStep step = ladder.next(now_ms);
    switch (step.kind) {
      case Kind::wait:
        log.push_back("+" + std::to_string(step.until_ms - now_ms));
        now_ms = step.until_ms;
        return;
      case Kind::lines_ready:
        return did("lines", true);
      case Kind::press_key:
        pressed_ms = now_ms;
        return did("press", true);
      case Kind::release_key:
        if (now_ms - pressed_ms >= power_key_off_ms) {
          on = !on || key_is_dead;
        } else if (now_ms - pressed_ms >= power_key_on_ms) {
          on = true;
        }
        booted_ms = now_ms + boots_in_ms;
        return did("release", true);
      case Kind::ask:
        return did("ask", on && now_ms >= booted_ms && !deaf);
      case Kind::speed:
        return did("speed", true);
      case Kind::sim:
        return did("sim", has_card);
      case Kind::ask_net:
        return did("net", has_net);
      case Kind::dial:
        did("dial", true);
        if (dials) ladder.got_address(now_ms);
        return;
      case Kind::hang_up:
        return did("hang-up", true);
      case Kind::turn_off: {
        const bool heard = on && !deaf;
        if (heard) on = false;
        return did("off", heard);
      }
    }
  }

  // What was done since the last look, without waits.
  std::string took() {
    std::string text;
    for (const std::string& word : log) {
      if (word[0] != '+') text += (text.empty() ? "" : " ") + word;
    }
    log.clear();
    return text;
  }

  FakeRandom random;
  LteLadder ladder;
  std::int64_t now_ms = 1'000;
  std::vector<std::string> log;
  bool on;
  bool deaf = false, has_card = true, has_net = true, dials = true, key_is_dead = false;
  std::int64_t boots_in_ms = 0;
  std::int64_t booted_ms = 0;
  std::int64_t pressed_ms = 0;

 private:
  void did(const char* what, bool well) {
    log.emplace_back(what);
    ladder.done(well, now_ms);
  }
};

TEST(LteLadder, ComesUpWithTheTimesOfTheDataSheet) {
  Rig rig;
  rig.run_to("dial");
  EXPECT_EQ(rig.log, (std::vector<std::string>{"lines", "+100", "press", "+500", "release", "ask", "speed",
                                               "sim", "net", "dial"}));
  EXPECT_TRUE(rig.ladder.has_address());
}

TEST(LteLadder, AModemThatIsOnAlreadyIsNotTurnedOffByItsKey) {
  Rig rig(/*powered=*/true);
  rig.run_to("dial");
  EXPECT_EQ(rig.took(), "ask speed sim net dial");
}

TEST(LteLadder, OneThatWasThoughtOnAndIsNotIsTurnedOn) {
  Rig rig(/*powered=*/true);
  rig.on = false;
  rig.run_to("dial");
  EXPECT_EQ(rig.took(), "ask ask ask ask ask lines press release ask speed sim net dial");
}

TEST(LteLadder, WaitsForItToBoot) {
  Rig rig;
  rig.boots_in_ms = 12'500;
  rig.run_to("speed");
  EXPECT_EQ(rig.now_ms, 1'000 + 100 + 500 + 13'000);
}

TEST(LteLadder, AModemThatNeverAnswersIsPowerCycledAndThenLeftAlone) {
  Rig rig;
  rig.deaf = true;
  rig.run_to("+900000");
  int presses = 0;
  for (const std::string& word : rig.log) presses += word == "press";
  EXPECT_EQ(presses, 3 * 2);  // on and off, three times
  EXPECT_LT(rig.now_ms, 1'000 + 3 * 40'000 + lte_rest_ms);
  rig.log.clear();
  rig.deaf = false;
  rig.run_to("dial");
  EXPECT_TRUE(rig.ladder.has_address());
}

TEST(LteLadder, WhatTheNetworkDoesIsAnsweredByTheMildestThing) {
  struct Case {
    const char* what;
    bool has_card, has_net, dials;
    const char* until;
    std::int64_t within_ms;
    const char* last_steps;
  };
  const Case cases[] = {
      {"no card", false, true, true, "+3600000", 60'000 + sim_rest_ms, "sim off"},
      {"no network", true, false, true, "off", 1'600 + registration_limit_ms + 10'000, "net net off"},
      {"no PPP", true, true, false, "off", 1'600 + 3 * dial_limit_ms + 10'000,
       "dial hang-up dial hang-up dial hang-up off"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    Rig rig;
    rig.has_card = c.has_card;
    rig.has_net = c.has_net;
    rig.dials = c.dials;
    rig.run_to(c.until);
    EXPECT_EQ(rig.log.back(), c.until);
    EXPECT_LE(rig.now_ms, 1'000 + c.within_ms);
    const std::string took = rig.took();
    EXPECT_EQ(took.substr(took.size() - std::string(c.last_steps).size()), c.last_steps);
  }
}

TEST(LteLadder, AConnectionThatFellIsMadeAnewAndNotWaitedFor) {
  Rig rig;
  rig.run_to("dial");
  rig.took();
  rig.ladder.fell(rig.now_ms);
  rig.run_to("dial");
  EXPECT_EQ(rig.took(), "hang-up dial");
}

TEST(LteLadder, OnlyAnAnswerOfTheServerCountsAsConnected) {
  Rig rig;
  rig.run_to("dial");
  rig.ladder.missed(rig.now_ms);
  rig.now_ms += lte_dead_path_ms - 1;
  EXPECT_EQ(rig.ladder.next(rig.now_ms), (LteStep{Kind::wait, rig.now_ms + 1}));
  rig.ladder.answered();
  rig.now_ms += 1;
  EXPECT_EQ(rig.ladder.next(rig.now_ms).kind, Kind::wait);
  rig.ladder.missed(rig.now_ms);
  rig.now_ms += lte_dead_path_ms;
  EXPECT_EQ(rig.ladder.next(rig.now_ms).kind, Kind::hang_up);
}

TEST(LteLadder, AddressesWithoutAnAnswerDoNotHideThatNothingWorks) {
  Rig rig;
  for (int dial = 1; dial <= dials_before_power; ++dial) {
    rig.run_to("dial");
    rig.log.clear();
    rig.ladder.missed(rig.now_ms);
    rig.now_ms += lte_dead_path_ms;
  }
  rig.run_to("off");
  EXPECT_EQ(rig.took(), "hang-up off");
  EXPECT_EQ(rig.ladder.power_cycles(), 1);
}

TEST(LteLadder, AnUnwantedModemIsHungUpAndTurnedOff) {
  Rig rig;
  rig.run_to("dial");
  rig.took();
  rig.ladder.want(false);
  while (!rig.ladder.is_off()) rig.step();
  EXPECT_EQ(rig.took(), "hang-up off");
  EXPECT_FALSE(rig.on);
  rig.step();
  EXPECT_EQ(rig.log.back(), "+10000");
  rig.ladder.want(true);
  rig.run_to("dial");
  EXPECT_TRUE(rig.ladder.has_address());
}

TEST(LteLadder, NothingElseBeginsWhileItStarts) {
  Rig rig;
  std::string starting;
  for (int i = 0; i < 12; ++i) {
    rig.step();
    starting += rig.ladder.is_starting() ? '1' : '0';
  }
  EXPECT_EQ(starting, "111110000000");
}

TEST(LteLadder, ItsPowerIsCycledWhenNothingElseHasHelped) {
  Rig rig;
  rig.ladder.power_off(rig.now_ms);  // it is off
  rig.run_to("dial");
  rig.took();
  rig.ladder.power_off(rig.now_ms);
  rig.run_to("dial");
  EXPECT_EQ(rig.took(), "off lines press release ask speed sim net dial");
}

TEST(LteLadder, WhatNobodyAskedForChangesNothing) {
  Rig rig;
  rig.ladder.fell(0);
  rig.ladder.got_address(0);
  rig.ladder.missed(0);
  rig.ladder.done(false, 0);
  rig.run_to("dial");
  EXPECT_TRUE(rig.ladder.has_address());
}

}  // namespace
}  // namespace heliograph::firmware
