#include "server/http/api/telemetry_query.hpp"

#include "server/catalog/series.hpp"
#include "server/http/api/numbers.hpp"

#include <algorithm>
#include <string>
#include <string_view>

namespace heliograph::http {
namespace {

using std::chrono::milliseconds;

constexpr std::chrono::hours usual_range{24};
// How far apart two times may be: a century in milliseconds, which no sum overflows.
constexpr std::int64_t max_time_ms = 4'102'444'800'000;

Result<std::optional<std::int64_t>> number_in(const Request& request, std::string_view name) {
  const auto text = request.query_value(name);
  if (!text) return std::optional<std::int64_t>{};
  const auto number = read_integer(*text);
  if (number && *number >= 0 && *number <= max_time_ms) return number;
  return Error{ErrorKind::bad_request,
               "`" + std::string(name) + "` must be a whole number from 0 to " + std::to_string(max_time_ms)};
}

}  // namespace

Result<TelemetryRange> read_telemetry_range(const Request& request, Timestamp now) {
  const auto from = number_in(request, "from");
  if (!from) return from.error();
  const auto to = number_in(request, "to");
  if (!to) return to.error();
  const auto step = number_in(request, "step");
  if (!step) return step.error();
  TelemetryRange range;
  range.to = *to ? from_ms(**to) : now;
  range.from = *from ? from_ms(**from) : range.to - usual_range;
  if (range.from >= range.to) return Error{ErrorKind::bad_request, "`from` must be before `to`"};
  if (*step) range.step = milliseconds(**step);
  return range;
}

milliseconds in_whole_slots(milliseconds step) {
  constexpr milliseconds slot = catalog::telemetry_slot;
  return slot * std::max<std::int64_t>(1, (step + slot - milliseconds(1)) / slot);
}

}  // namespace heliograph::http
