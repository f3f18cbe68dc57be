#include "firmware/core/monthly_data.hpp"

#include "firmware/core/json_text.hpp"

namespace heliograph::firmware {
namespace {

constexpr std::string_view file_name = "BUDGET.TXT";
// Bytes of it: two numbers and their names.
constexpr std::size_t max_file = 96;

}  // namespace

void MonthlyData::recover() {
  char text[max_file];
  const FileRead read = storage_.read(Area::state, file_name, text, sizeof text);
  if (read.status != StorageStatus::ok || read.file_size > sizeof text) return;
  const std::string_view written(text, read.size_read);
  const auto month = json_integer(written, "month");
  const auto bytes = json_integer(written, "bytes");
  if (month && bytes) budget_.restore({*month, *bytes});
}

bool MonthlyData::account(std::int64_t bytes, std::optional<std::int64_t> wall_ms) {
  budget_.look(wall_ms);
  budget_.count(bytes);
  if (const auto state = budget_.to_save()) {
    Text<max_file> text(std::string_view("{\"month\":"));
    text.append_number(state->month).append(",\"bytes\":").append_number(state->bytes).append("}");
    // If that fails it is counted anew after the next start from what was written before.
    storage_.put(Area::state, file_name, {text.view().data(), text.view().size()}, {});
  }
  const bool before = spent_;
  spent_ = budget_.spent();
  return spent_ != before;
}

}  // namespace heliograph::firmware
