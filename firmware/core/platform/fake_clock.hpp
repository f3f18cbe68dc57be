// A clock that moves only when told, or when somebody sleeps.
#pragma once

#include "firmware/core/platform/clock.hpp"

namespace heliograph::firmware {

class FakeClock final : public Clock {
 public:
  std::int64_t mono_ms() const override { return now_ms; }
  std::optional<std::int64_t> wall_ms() const override {
    if (!wall_offset_ms) return std::nullopt;
    return now_ms + *wall_offset_ms;
  }
  void offer_wall_ms(std::int64_t wall_ms) override { offered_wall_ms = wall_ms; }
  void sleep_until(std::int64_t deadline_ms) override {
    if (deadline_ms > now_ms) now_ms = deadline_ms;
  }
  void wake() override {}

  std::int64_t now_ms = 1'000;
  std::optional<std::int64_t> wall_offset_ms;
  std::optional<std::int64_t> offered_wall_ms;
};

}  // namespace heliograph::firmware
