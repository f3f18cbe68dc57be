#include "firmware/core/log_ring.hpp"

#include "firmware/core/civil_time.hpp"

#include <cstring>

namespace heliograph::firmware {
namespace {

using Line = Text<max_log_line - 1>;  // and its end

void append_plain(Line& line, std::string_view text) {
  for (const char c : text) line.append(c >= ' ' && c <= '~' ? c : '?');
}

template <class Number>
void append_fact(Line& line, std::string_view name, Number number) {
  line.append(' ').append(name).append('=').append_number(number);
}

// "2026-11-22T15:01:02Z sent 7f3c9a52e1d04b68-42 bytes=81234"
Line line_of(const Event& event, const Clock& clock) {
  Line line;
  const auto wall_ms = clock.wall_ms();
  if (wall_ms) {
    line.append(utc_text(*wall_ms).view());
  } else {
    line.append('+').append_number(clock.mono_ms() / 1000).append('s');  // since some start
  }
  line.append(' ').append(to_string(event.kind));
  if (!event.boot.empty()) {
    line.append(' ');
    append_plain(line, event.boot);
    line.append('-').append_number(event.sequence);
    append_fact(line, "bytes", event.size_bytes);
  }
  if (event.status != 0) append_fact(line, "status", event.status);
  if (event.retry_in_ms > 0) append_fact(line, "retry_in_ms", event.retry_in_ms);
  if (event.lost > 0) append_fact(line, "lost", event.lost);
  if (event.waiting > 0) append_fact(line, "waiting", event.waiting);
  for (const std::string_view text : {event.label, event.detail}) {
    if (text.empty()) continue;
    line.append(' ');
    append_plain(line, text);
  }
  return line;
}

}  // namespace

void LogRing::record(const Event& event) {
  keep(line_of(event, clock_).view());
  next_.record(event);
}

void LogRing::keep(std::string_view line) {
  std::size_t gone = 0;
  while (size_ - gone + line.size() + 1 > log_ring_size) {
    gone += std::string_view(kept_ + gone, size_ - gone).find('\n') + 1;
  }
  std::memmove(kept_, kept_ + gone, size_ - gone);
  size_ -= gone;
  std::memcpy(kept_ + size_, line.data(), line.size());
  size_ += line.size();
  kept_[size_++] = '\n';
}

std::string_view LogRing::last(std::size_t lines) const {
  std::size_t begin = size_;
  for (std::size_t found = 0; begin > 0; --begin) {
    if (kept_[begin - 1] == '\n' && found++ == lines) break;
  }
  return {kept_ + begin, size_ - begin};
}

}  // namespace heliograph::firmware
