// The last lines of what a camera had to tell, for whoever asks for them from afar. Every event goes on to
// the port's own log as well. The agent's thread.
#pragma once

#include "firmware/core/platform/clock.hpp"
#include "firmware/core/platform/log.hpp"
#include "firmware/core/text.hpp"

#include <cstddef>
#include <string_view>

namespace heliograph::firmware {

// Bytes that are kept: some fifty lines, an hour of a camera that has trouble every minute.
inline constexpr std::size_t log_ring_size = 4096;
// Bytes of a line; what is longer is cut.
inline constexpr std::size_t max_log_line = 160;

class LogRing final : public Log {
 public:
  // Both outlive this.
  LogRing(Log& next, const Clock& clock) : next_(next), clock_(clock) {}

  void record(const Event& event) override;

  // At most so many lines, the oldest first, each ended by LF. Plain ASCII. Valid until the next event.
  std::string_view last(std::size_t lines) const;

 private:
  void keep(std::string_view line);

  Log& next_;
  const Clock& clock_;
  char kept_[log_ring_size];  // whole lines from the front on, so that they are sent as they lie
  std::size_t size_ = 0;
};

}  // namespace heliograph::firmware
