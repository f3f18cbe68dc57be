// Which part of a camera's measurements is asked for, read from a query. Pure.
#pragma once

#include "server/base/time.hpp"
#include "server/http/http.hpp"

#include <chrono>
#include <cstdint>
#include <optional>

namespace heliograph::http {

struct TelemetryRange {
  Timestamp from;
  Timestamp to;
  std::optional<std::chrono::milliseconds> step{};  // as was asked

  std::int64_t length_ms() const { return (to - from).count(); }
};

// `from`, `to` and `step`, in milliseconds; the day before `now` if nothing is said. bad_request, naming the
// parameter.
Result<TelemetryRange> read_telemetry_range(const Request& request, Timestamp now);

// What is kept is of slots: the whole number of them that so long a step becomes, one at least.
std::chrono::milliseconds in_whole_slots(std::chrono::milliseconds step);

}  // namespace heliograph::http
