#include "firmware/core/link_planner.hpp"

#include "firmware/core/json_text.hpp"
#include "firmware/core/planner.hpp"
#include "protocol/link.hpp"
#include "protocol/web_socket.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>
#include <system_error>

namespace heliograph::firmware {

namespace {

constexpr std::int64_t silence_ms = protocol::link_silence_s * 1000;

bool is(int code, protocol::SocketClose reason) {
  return code == static_cast<int>(reason);
}

// A whole number within the bounds; none when there is none, or it lies elsewhere.
std::optional<std::int64_t> integer(std::string_view json, std::string_view key, std::int64_t least,
                                    std::int64_t most) {
  const auto text = json_member(json, key);
  if (!text) return std::nullopt;
  std::int64_t number = 0;
  const char* end = text->data() + text->size();
  const auto [stopped, fault] = std::from_chars(text->data(), end, number);
  if (fault != std::errc{} || stopped != end || number < least || number > most) return std::nullopt;
  return number;
}

}  // namespace

LinkAction LinkPlanner::next_action(std::int64_t now_ms, const LinkWants& wants) const {
  if (!connected_) {
    const std::int64_t begin_ms = std::max(next_connect_ms_, wants.rest_until_ms);
    if (now_ms >= begin_ms) return LinkConnect{};
    return LinkSleep{begin_ms};
  }
  const std::int64_t dead_ms = heard_ms_ + silence_ms;
  if (now_ms >= dead_ms) return LinkHangUp{};
  if (wants.say) return LinkSay{};
  if (now_ms < wants.rest_until_ms) return LinkGoodbye{};
  if (!streams(now_ms)) return LinkListen{dead_ms};
  if (now_ms >= next_frame_ms_) return LinkSend{stream_, sequence_, wish_};
  return LinkListen{std::min(dead_ms, next_frame_ms_)};
}

void LinkPlanner::connected(std::int64_t now_ms) {
  connected_ = true;
  connected_ms_ = now_ms;
  heard_ms_ = now_ms;
  lease_ends_ms_ = 0;
  credits_ = 0;
}

std::int64_t LinkPlanner::pause(std::int64_t now_ms, std::int64_t pause_ms) {
  next_connect_ms_ = now_ms + pause_ms;
  return pause_ms;
}

std::int64_t LinkPlanner::refused(std::int64_t now_ms, int status) {
  if (status == 401 || status == 403) return pause(now_ms, needs_owner_pause_ms);
  if (status == 404 || status == 405) return pause(now_ms, no_link_pause_ms);
  return pause(now_ms, backoff_.next_ms());
}

std::int64_t LinkPlanner::lost(std::int64_t now_ms, int code) {
  connected_ = false;
  if (now_ms - connected_ms_ >= link_holds_ms) backoff_.reset();
  if (is(code, protocol::SocketClose::not_allowed)) return pause(now_ms, needs_owner_pause_ms);
  if (is(code, protocol::SocketClose::replaced)) {
    return pause(now_ms, replaced_pause_ms + random_up_to(random_, replaced_pause_ms));
  }
  return pause(now_ms, backoff_.next_ms());
}

void LinkPlanner::told(std::int64_t now_ms, std::string_view json) {
  const auto type = json_string<16>(json, "type");
  const auto stream = integer(json, "stream", 0, std::numeric_limits<std::uint32_t>::max());
  if (!stream) return;  // it is about none: not for us
  const std::int64_t lease_ms = std::min(
      integer(json, "lease_ms", 0, std::numeric_limits<std::int64_t>::max()).value_or(0), max_lease_ms);
  if (type.view() == "start-live") {
    const auto fps = integer(json, "fps", 1, max_live_fps);
    const auto credits = integer(json, "credits", 1, max_link_credits);
    if (!fps || !credits) return;
    stream_ = static_cast<std::uint32_t>(*stream);
    sequence_ = 0;
    credits_ = static_cast<std::uint32_t>(*credits);
    interval_ms_ = 1'000 / *fps;
    lease_ends_ms_ = now_ms + lease_ms;
    next_frame_ms_ = now_ms;
    wish_.width = static_cast<int>(integer(json, "width", 0, max_live_width).value_or(0));
    wish_.quality = static_cast<int>(integer(json, "quality", 1, 100).value_or(0));
    failures_ = 0;
    return;
  }
  if (*stream != stream_ || now_ms >= lease_ends_ms_) return;
  if (type.view() == "renew") lease_ends_ms_ = now_ms + lease_ms;
  if (type.view() == "stop-live") lease_ends_ms_ = now_ms;
  if (type.view() == "credit") {
    const auto frames = integer(json, "frames", 0, max_link_credits).value_or(0);
    credits_ = std::min(credits_ + static_cast<std::uint32_t>(frames), max_link_credits);
  }
}

bool LinkPlanner::failed(std::int64_t now_ms) {
  next_frame_ms_ = now_ms + frame_failure_pause_ms;
  if (++failures_ < max_frame_failures) return false;
  lease_ends_ms_ = now_ms;
  return true;
}

std::optional<std::uint32_t> LinkPlanner::stream(std::int64_t now_ms) const {
  return connected_ && now_ms < lease_ends_ms_ ? std::optional(stream_) : std::nullopt;
}

void LinkPlanner::sent(std::int64_t now_ms) {
  failures_ = 0;
  --credits_;
  ++sequence_;
  // From slot to slot; those that were missed are skipped.
  next_frame_ms_ = std::max(next_frame_ms_ + interval_ms_, now_ms);
}

}  // namespace heliograph::firmware
