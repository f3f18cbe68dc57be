// Whatever a camera or a browser says is read or refused, and what is read is within its bounds.
#include "server/http/api/link_messages.hpp"
#include "server/http/api/spoken.hpp"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace heliograph;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto says = http::read_camera_message(text, from_ms(0))) {
    const auto* heartbeat = std::get_if<http::LinkHeartbeat>(&*says);
    if (heartbeat != nullptr &&
        (!heartbeat->spoken.self || heartbeat->spoken.reports.size() > http::max_reports)) {
      std::abort();
    }
  }
  const auto wish = http::read_viewer_message(text);
  if (!wish) return 0;
  if (wish->wants.fps < 1 || wish->wants.fps > live::max_fps || wish->wants.width > live::max_width) {
    std::abort();
  }
  if (wish->interval.count() != 0 &&
      (wish->interval < http::min_keep_interval || wish->interval > http::max_keep_interval)) {
    std::abort();
  }
  return 0;
}
