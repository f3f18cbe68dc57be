// A board that remembers what it was told.
#pragma once

#include "firmware/core/platform/board.hpp"

#include <vector>

namespace heliograph::firmware {

class FakeBoard final : public Board {
 public:
  BoardFacts facts() const override { return {"1.0", "test board", "ov2640", R"({"commands":["capture"]})"}; }
  void measure(protocol::Telemetry& telemetry) const override {
    telemetry.heap_bytes = heap_bytes;
    telemetry.battery_mv = battery_mv;
  }
  std::optional<std::size_t> free_block() const override { return block; }
  Complaint apply(const ImageSettings& settings) override {
    if (settings.quality.value_or(1) > 50) return Complaint("`quality` is too much for it");
    applied = settings;
    return {};
  }
  void limit_live(const LiveLimits& limits) override {
    live = limits;
    linked.push_back(limits.linked);
  }
  void identify(std::int64_t seconds) override { identified_s = seconds; }

  ImageSettings applied;
  std::optional<std::int64_t> heap_bytes;
  std::optional<std::int64_t> battery_mv;
  std::optional<std::size_t> block;
  LiveLimits live;           // the last
  std::vector<bool> linked;  // of all of them
  std::int64_t identified_s = 0;
};

}  // namespace heliograph::firmware
