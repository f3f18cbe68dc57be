// Whatever a gallery's query says: it is refused, or what was read of it keeps the limits that the catalog
// relies on, and says of every moment whether it is within the hours.
#include "protocol/upload.hpp"
#include "server/catalog/detections.hpp"
#include "server/catalog/marks.hpp"
#include "server/http/api/filter_query.hpp"
#include "server/http/parser.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using namespace heliograph;
using namespace heliograph::http;

void require(bool holds) {
  if (!holds) std::abort();
}

void check_hours(const catalog::HoursOfDay& hours) {
  require(hours.from >= 0 && hours.from <= 23 && hours.to >= 1 && hours.to <= 24 && hours.from != hours.to);
  require(hours.offsets.size() <= max_offsets);
  require(std::ranges::is_sorted(hours.offsets, {}, &catalog::HoursOfDay::Offset::since));
  // A span of hours and the rest of the day: every moment is in one of them.
  catalog::HoursOfDay rest = hours;
  rest.from = hours.to % 24;
  rest.to = hours.from == 0 ? 24 : hours.from;
  for (const std::int64_t ms :
       {std::int64_t{0}, protocol::min_captured_at_ms, protocol::max_captured_at_ms}) {
    if (rest.from != rest.to % 24) require(hours.cover(from_ms(ms)) != rest.cover(from_ms(ms)));
  }
  static_cast<void>(hours.has_whole_hours());
}

void check_filter(const catalog::ImageFilter& filter) {
  if (!filter.tag.empty()) {
    require(filter.tag.size() <= catalog::max_tag_length);
    const auto again = catalog::normal_tag(filter.tag);
    require(again && *again == filter.tag);
  }
  if (!filter.label.empty()) {
    require(filter.label.size() <= catalog::max_label_length);
    const auto again = catalog::normal_label(filter.label);
    require(again && *again == filter.label);
  }
  require(filter.text.size() <= catalog::max_note_length);
  if (filter.hours) check_hours(*filter.hours);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Limits limits;
  RequestParser parser(limits);
  const std::string head = "GET /api/v1/images?" + std::string(reinterpret_cast<const char*>(data), size) +
                           " HTTP/1.1\r\nHost: localhost\r\n\r\n";
  parser.read_head(head);
  if (!parser.head_done() || parser.refusal()) return 0;
  const auto choice = read_choice(parser.request());
  if (!choice) return 0;
  require(choice->cameras.size() <= max_chosen_cameras);
  check_filter(choice->filter);
  return 0;
}
