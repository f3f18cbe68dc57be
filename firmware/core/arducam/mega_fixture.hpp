// A Mega on its bus, its driver, and a slab for its pictures.
#pragma once

#include "firmware/core/arducam/fake_mega.hpp"
#include "firmware/core/arducam/mega.hpp"

#include <string>
#include <vector>

namespace heliograph::firmware {

struct MegaRig {
  explicit MegaRig(std::uint8_t id, bool can_power_cycle = true)
      : camera(clock, id), driver(camera, clock, can_power_cycle ? &camera : nullptr) {}

  CaptureStatus take(std::int64_t within_ms = 10'000) {
    const std::int64_t began_ms = clock.now_ms;
    const CaptureStatus status = driver.capture(slab.data(), slab.size(), clock.now_ms + within_ms, frame);
    took_ms = clock.now_ms - began_ms;
    return status;
  }
  std::string picture() const {
    return {slab.begin(), slab.begin() + static_cast<std::ptrdiff_t>(frame.size)};
  }
  // It shows what was to be seen, and not the dark of the first frames.
  bool is_lit() const { return frame.size > 4 && slab[2] == 'p'; }

  FakeClock clock;
  FakeMega camera;
  ArducamMega driver;
  std::vector<std::uint8_t> slab = std::vector<std::uint8_t>(768 * 1024);
  Frame frame;
  std::int64_t took_ms = 0;
};

inline constexpr std::uint8_t mega_ids[] = {0x81, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87};

}  // namespace heliograph::firmware
