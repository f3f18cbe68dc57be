// Whatever a camera says: what is taken of it fits into the catalog.
#include "server/http/api/spoken.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

using namespace heliograph;

bool fits(const std::optional<std::string>& text, std::size_t most) {
  return !text || text->size() <= most;
}

void check(const cameras::Spoken& spoken) {
  if (spoken.self) {
    const bool named = !spoken.self->boot.empty() && spoken.self->boot.size() <= 36;
    if (!named || !fits(spoken.self->model, http::max_self_text)) std::abort();
    if (!fits(spoken.self->capabilities, http::max_capabilities)) std::abort();
  }
  if (spoken.settings && !fits(spoken.settings->reason, http::max_reason)) std::abort();
  if (spoken.reports.size() > http::max_reports) std::abort();
  for (const cameras::CommandReport& report : spoken.reports) {
    if (!cameras::command_id_valid(report.command)) std::abort();
    if (!fits(report.reason, http::max_reason) || !fits(report.result, http::max_result)) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check(http::read_report_header(text));
  if (const auto spoken = http::read_heartbeat(text, from_ms(0))) check(*spoken);
  return 0;
}
