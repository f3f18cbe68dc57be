#include "firmware/core/log_ring.hpp"

#include "firmware/core/platform/fake_clock.hpp"
#include "firmware/core/platform/fake_log.hpp"

#include <algorithm>
#include <string>

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

struct Kept {
  void tell(std::string_view detail) {
    Event event;
    event.kind = EventKind::postponed;
    event.detail = detail;
    ring.record(event);
  }

  FakeClock clock;
  FakeLog next;
  LogRing ring{next, clock};
};

TEST(LogRing, KeepsLinesAndPassesThemOn) {
  Kept kept;
  kept.clock.now_ms = 7'000;
  kept.tell("no route");
  kept.clock.wall_offset_ms = 1'795'359'662'000 - 7'000;
  Event sent;
  sent.kind = EventKind::sent;
  sent.boot = "b1";
  sent.sequence = 4;
  sent.size_bytes = 81'234;
  kept.ring.record(sent);
  EXPECT_EQ(kept.ring.last(9), "+7s postponed no route\n2026-11-22T15:01:02Z sent b1-4 bytes=81234\n");
  EXPECT_EQ(kept.ring.last(1), "2026-11-22T15:01:02Z sent b1-4 bytes=81234\n");
  EXPECT_EQ(kept.ring.last(0), "");
  EXPECT_EQ(kept.next.lines.size(), 2U);
}

TEST(LogRing, ForgetsTheOldestWholeLines) {
  Kept kept;
  EXPECT_EQ(kept.ring.last(200), "");
  for (int i = 0; i < 1'000; ++i) kept.tell("line " + std::to_string(i));
  const std::string all(kept.ring.last(200));
  EXPECT_LE(all.size(), log_ring_size);
  EXPECT_GT(all.size(), log_ring_size - max_log_line);
  EXPECT_EQ(all.rfind("+1s postponed line ", 0), 0U) << all.substr(0, 40);
  EXPECT_NE(all.find("line 999\n"), std::string::npos);
  const std::string three(kept.ring.last(3));
  EXPECT_EQ(std::count(three.begin(), three.end(), '\n'), 3);
  EXPECT_EQ(three.rfind("+1s postponed line 997\n", 0), 0U);
}

TEST(LogRing, IsPlainTextWhateverANetworkSays) {
  Kept kept;
  kept.tell("a\nb\x1B[31m\xC3\xA4");
  kept.tell(std::string(5'000, 'x'));
  const std::string first(kept.ring.last(200));
  EXPECT_EQ(first.rfind("+1s postponed a?b?[31m??\n", 0), 0U) << first;
  EXPECT_EQ(kept.ring.last(1).size(), max_log_line);
}

}  // namespace
}  // namespace heliograph::firmware
