// Registers and bursts of a Mega, and the waits between them. Every one has an end.
#pragma once

#include "firmware/core/platform/clock.hpp"
#include "firmware/core/platform/spi.hpp"
#include "firmware/core/text.hpp"

#include <cstddef>
#include <cstdint>

namespace heliograph::firmware::mega {

using Problem = Text<96>;  // for a person

// Calls return false once something went wrong, and problem() says what.
class Bus {
 public:
  Bus(Spi& spi, Clock& clock) : spi_(spi), clock_(clock) {}

  // What follows is over by then (Clock::mono_ms).
  void until(std::int64_t deadline_ms) { deadline_ms_ = deadline_ms; }
  bool in_time() const { return clock_.mono_ms() < deadline_ms_; }

  bool read(std::uint8_t address, std::uint8_t& value);
  bool write(std::uint8_t address, std::uint8_t value);

  // Until (state & mask) == value, for at most `limit_ms`. `what` is what somebody waits for: "become idle".
  bool wait_for_state(std::uint8_t mask, std::uint8_t value, std::int64_t limit_ms, std::string_view what);
  bool wait_idle(std::int64_t limit_ms);
  void pause(std::int64_t ms);

  // The bytes of a picture from its first on.
  bool read_fifo(std::uint8_t* out, std::size_t size);

  const Problem& problem() const { return problem_; }
  bool fail(const Problem& problem);

 private:
  bool transfer(const std::uint8_t* command, std::size_t command_size, std::uint8_t* reply,
                std::size_t reply_size);

  Spi& spi_;
  Clock& clock_;
  std::int64_t deadline_ms_ = 0;
  Problem problem_;
};

}  // namespace heliograph::firmware::mega
