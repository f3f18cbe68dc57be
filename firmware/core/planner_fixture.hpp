// What tests of the planner are written in.
#pragma once

#include "firmware/core/planner.hpp"
#include "firmware/core/platform/fake_random.hpp"

#include <string>

#include <gtest/gtest.h>

namespace heliograph::firmware {

// A day of a camera, told line by line. Chance always draws its largest number unless said otherwise.
struct Script {
  explicit Script(PlannerConfig config = {}) : planner(config, random) {}

  // What the planner wants now: "capture", "upload", "upload unspooled", "obey", "heartbeat",
  // "say" (over the link), "fetch", "roots", "rest 50000" (for so long), "sleep 60000" (until then) or
  // "stop".
  std::string next() const {
    const Action action = planner.next_action(now_ms, waiting, duty);
    if (std::holds_alternative<Obey>(action)) return "obey";
    if (const auto* heartbeat = std::get_if<Heartbeat>(&action))
      return heartbeat->over_link ? "say" : "heartbeat";
    if (std::holds_alternative<Fetch>(action)) return "fetch";
    if (std::holds_alternative<AskForRoots>(action)) return "roots";
    if (const auto* rest = std::get_if<RestSensor>(&action)) return "rest " + std::to_string(rest->for_ms);
    if (std::holds_alternative<Capture>(action)) return "capture";
    if (const auto* upload = std::get_if<Upload>(&action))
      return upload->unspooled ? "upload unspooled" : "upload";
    if (const auto* sleep = std::get_if<Sleep>(&action)) return "sleep " + std::to_string(sleep->until_ms);
    return "stop";
  }

  void capture(CaptureResult result = CaptureResult::spooled) {
    EXPECT_EQ(next(), "capture") << "at " << now_ms;
    if (result == CaptureResult::spooled) ++waiting;
    planner.captured(now_ms, result);
  }

  void upload(Verdict verdict, std::optional<std::int64_t> retry_after_ms = {}, std::int64_t took_ms = 0) {
    EXPECT_EQ(next().substr(0, 6), "upload") << "at " << now_ms;
    const bool unspooled = next() == "upload unspooled";
    now_ms += took_ms;
    const bool done = verdict == Verdict::stored || verdict == Verdict::refused;
    if (done && !unspooled) --waiting;
    pause_ms = planner.uploaded(now_ms, {verdict, retry_after_ms});
  }

  void at(std::int64_t then_ms) { now_ms = then_ms; }

  FakeRandom random;
  Planner planner;
  std::int64_t now_ms = 0;
  std::size_t waiting = 0;
  Duty duty;
  std::int64_t pause_ms = 0;
};

inline PlannerConfig every(std::int64_t interval_ms) {
  PlannerConfig config;
  config.interval_ms = interval_ms;
  return config;
}

}  // namespace heliograph::firmware
