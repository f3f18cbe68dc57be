#include "firmware/core/monthly_data.hpp"

#include "firmware/core/json_text.hpp"
#include "firmware/core/state_file.hpp"

namespace heliograph::firmware {
namespace {

constexpr std::string_view file_name = "BUDGET.TXT";
// Bytes of it: two numbers and their names.
constexpr std::size_t max_text = 96;

}  // namespace

void MonthlyData::recover() {
  char text[max_text + state_trailer_size];
  const std::string_view written = kept_state(storage_, file_name, text, sizeof text);
  const auto month = json_integer(written, "month");
  const auto bytes = json_integer(written, "bytes");
  if (month && bytes) budget_.restore({*month, *bytes});
}

bool MonthlyData::account(std::int64_t bytes, std::optional<std::int64_t> wall_ms) {
  budget_.look(wall_ms);
  budget_.count(bytes);
  if (const auto state = budget_.to_save()) {
    Text<max_text> text(std::string_view("{\"month\":"));
    text.append_number(state->month).append(",\"bytes\":").append_number(state->bytes).append("}");
    // If that fails it is counted anew after the next start from what was written before.
    keep_state(storage_, file_name, text.view());
  }
  const bool before = spent_;
  spent_ = budget_.spent();
  return spent_ != before;
}

}  // namespace heliograph::firmware
