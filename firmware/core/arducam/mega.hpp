// The Arducam Mega on an SPI bus: finds out which sensor it has, sets it, takes JPEGs with it, and mends it.
//
// Nothing here waits without an end, and nothing of what the camera says is believed: not its state, not the
// length of its FIFO, not what stands in that. What its registers mean is in registers.hpp, what its sensors
// can do in sensors.hpp, how settings become values in form.hpp, when a frame counts in settling.hpp, what is
// done about failures in ladder.hpp; this carries it out.
//
// One thread at a time. Where the agent's and the link's share a camera, one lock is around all of it.
#pragma once

#include "firmware/core/arducam/bus.hpp"
#include "firmware/core/arducam/form.hpp"
#include "firmware/core/arducam/ladder.hpp"
#include "firmware/core/arducam/sensors.hpp"
#include "firmware/core/arducam/settling.hpp"
#include "firmware/core/platform/board.hpp"
#include "firmware/core/platform/clock.hpp"
#include "firmware/core/platform/frame_source.hpp"
#include "firmware/core/platform/power_switch.hpp"
#include "firmware/core/platform/spi.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace heliograph::firmware {

// With the supply cut the next picture takes the two seconds of a start, milliseconds: shorter pauses are
// spent in low power.
inline constexpr std::int64_t min_mega_off_ms = 60'000;

// Since the start; they wrap after years.
struct MegaCounters {
  std::uint32_t pictures = 0;
  std::uint32_t failures = 0;      // of single tries
  std::uint32_t resets = 0;        // begun, the first included
  std::uint32_t power_cycles = 0;  // begun
  std::uint32_t discarded = 0;     // frames that came before the sensor saw right
};

class ArducamMega final : public FrameSource {
 public:
  // `spi` runs at mega::clock_hz. `clock` is slept on by whoever calls capture(), start() or rest(); a
  // wake() that it swallows was for nobody else. `power`: null where the board cannot cut the camera's
  // supply. All outlive this.
  ArducamMega(Spi& spi, Clock& clock, PowerSwitch* power = nullptr)
      : clock_(clock), power_(power), bus_(spi, clock) {}

  // Resets the camera and finds out what it is: two seconds. capture() does the same where it was not done,
  // but a board wants to know what to say of itself. False: error_text() says why.
  bool start(std::int64_t deadline_ms);

  // Null until a camera was found that is known.
  const mega::Sensor* sensor() const { return sensor_; }

  // From the next picture on. While no camera has been found yet there is no complaint: they hold as soon as
  // it is there, and if it cannot take them, the camera is as it likes and capture() goes on.
  Complaint apply(const ImageSettings& settings);

  // Low power; or none, where the board can cut the supply and the pause is long enough to pay for a start.
  // What the sensor does not take is only in error_text(): the next capture() finds out what is wrong.
  void rest(std::int64_t for_ms) override;

  // Not longer than 50 ms past `deadline_ms`. A picture that finds no room is taken again with fewer bytes,
  // and the next ones are, until there is much room again.
  CaptureStatus capture(std::uint8_t* out, std::size_t capacity, std::int64_t deadline_ms,
                        Frame& frame) override;
  bool can_retake() const override { return true; }
  void prefer(const FrameWish& wish) override { wish_ = wish; }
  std::string_view error_text() const override { return bus_.problem().view(); }

  const MegaCounters& counters() const { return counters_; }

 private:
  enum class Taken { ok, failed, too_large };

  void cut_power();
  bool give_power();
  bool mend(mega::Remedy remedy);
  bool reset();
  bool write_idle(std::uint8_t address, std::uint8_t value);
  bool wake();
  bool switch_rest(bool resting);
  mega::Form wanted_form() const;
  bool set_form(const mega::Form& form);
  bool expose();
  bool read_size(const mega::Resolution& resolution, std::size_t& size);
  Taken take(std::uint8_t* out, std::size_t capacity, std::size_t& size);

  Clock& clock_;
  PowerSwitch* const power_;
  mega::Bus bus_;
  const mega::Sensor* sensor_ = nullptr;
  bool ready_ = false;  // it was reset, and has told what it is
  bool resting_ = false;
  bool is_off_ = false;  // its supply is cut
  ImageSettings settings_;
  FrameWish wish_;
  mega::Form written_;  // what its controls hold
  mega::Settling settling_;
  int failures_ = 0;  // in a row
  int smaller_ = 0;   // steps that its pictures are kept below what was asked for
  MegaCounters counters_;
};

}  // namespace heliograph::firmware
