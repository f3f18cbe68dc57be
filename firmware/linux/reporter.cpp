#include "firmware/linux/reporter.hpp"

#include <cstdio>
#include <ctime>
#include <string>
#include <string_view>

#include <boost/json.hpp>
#include <fmt/chrono.h>
#include <fmt/format.h>

namespace heliograph::firmware {

namespace {

// What a person would call the picture.
std::string picture_name(const Event& event) {
  if (!event.label.empty()) return std::string(event.label);
  return fmt::format("{}-{}", event.boot, event.sequence);
}

// Where it is on the server; the answer to the last of several pieces names no file.
std::string stored_as(const Event& event) {
  return std::string(event.filename.empty() ? event.image_id : event.filename);
}

std::string pictures(std::uint64_t count) {
  return count == 1 ? "1 picture" : fmt::format("{} pictures", count);
}

// What a person wants to read of it; empty when nothing.
std::string sentence(const Event& event) {
  switch (event.kind) {
    case EventKind::captured:
      return {};  // "sent" follows, or says why not
    case EventKind::recovered: {
      if (!event.detail.empty()) return fmt::format("failed    {}", event.detail);
      if (event.lost > 0)
        return fmt::format("damaged   {} of an earlier run cannot be read; kept in damaged/",
                           pictures(event.lost));
      return event.waiting == 0 ? std::string()
                                : fmt::format("waiting   {} of an earlier run", pictures(event.waiting));
    }
    case EventKind::capture_failed:
      return fmt::format("skipped   {}", event.detail);
    case EventKind::unspooled:
      return fmt::format("unsafe    {} is in memory only: {}", picture_name(event), event.detail);
    case EventKind::dropped:
      return fmt::format("dropped   {}, the oldest: the spool is full", pictures(event.lost));
    case EventKind::damaged:
      return fmt::format("damaged   {}; kept in damaged/", event.detail);
    case EventKind::sent:
      if (event.duplicate)
        return fmt::format("repeat    {} is stored already: {}", picture_name(event), stored_as(event));
      return fmt::format("sent      {} ({} KB, {} ms): {}", picture_name(event),
                         (event.size_bytes + 500) / 1000, event.duration_ms, stored_as(event));
    case EventKind::refused:
      return fmt::format("refused   {} ({}): {}", picture_name(event), event.status, event.detail);
    case EventKind::linked:
      return "linked    can be watched live";
    case EventKind::link_lost:
      return fmt::format("unlinked  {}; next try in {:.1f} s", event.detail,
                         static_cast<double>(event.retry_in_ms) / 1000);
    case EventKind::updating:
      return fmt::format("update    {}{}{}", event.label, event.detail.empty() ? "" : ": ", event.detail);
    case EventKind::trusting:
      return fmt::format("trust     {}", event.detail);
    case EventKind::obeyed:
      return fmt::format("obeyed    {}", event.label);
    case EventKind::identified:
      return fmt::format("identify  {}", event.detail);
    case EventKind::set:
      return fmt::format("set       {}", event.detail.empty() ? "as the server wants" : event.detail);
    case EventKind::spent:
      return fmt::format("data      {}", event.detail);
    case EventKind::postponed:
      break;
  }
  return fmt::format("waiting   {}{}; {} in the spool, next try in {:.1f} s", event.detail,
                     event.status == 0 ? "" : fmt::format(" ({})", event.status), pictures(event.waiting),
                     static_cast<double>(event.retry_in_ms) / 1000);
}

boost::json::value text(std::string_view value) {
  return boost::json::string(value.data(), value.size());
}

boost::json::object as_json(int camera, const Event& event) {
  boost::json::object object{{"event", text(to_string(event.kind))}, {"camera", camera}};
  if (!event.boot.empty()) {
    object["boot"] = text(event.boot);
    object["sequence"] = event.sequence;
    object["bytes"] = event.size_bytes;
  }
  if (!event.label.empty()) object["file"] = text(event.label);
  if (event.captured_at_ms) object["captured_at"] = *event.captured_at_ms;
  if (event.status != 0) object["status"] = event.status;
  if (!event.detail.empty()) object["detail"] = text(event.detail);
  if (event.kind == EventKind::sent) {
    object["id"] = text(event.image_id);
    object["filename"] = text(event.filename);
    object["duplicate"] = event.duplicate;
    object["duration_ms"] = event.duration_ms;
  }
  if (event.kind == EventKind::postponed || event.kind == EventKind::link_lost)
    object["retry_in_ms"] = event.retry_in_ms;
  if (event.lost > 0) object["lost"] = event.lost;
  object["waiting"] = event.waiting;
  return object;
}

void print(const std::string& line) {
  std::fwrite(line.data(), 1, line.size(), stdout);
  std::fputc('\n', stdout);
  std::fflush(stdout);  // whoever reads a pipe wants it now
}

}  // namespace

void Reporter::record(int camera, const Event& event) {
  const std::lock_guard lock(mutex_);
  count(event);
  if (format_ == Format::json) return print(boost::json::serialize(as_json(camera, event)));
  const std::string said = sentence(event);
  if (said.empty()) return;
  const std::string who = camera_count_ > 1 ? fmt::format("camera {:<3} ", camera) : std::string();
  print(fmt::format("{:%H:%M:%S}  {}{}", fmt::localtime(std::time(nullptr)), who, said));
}

void Reporter::count(const Event& event) {
  switch (event.kind) {
    case EventKind::captured:
      ++totals_.captured;
      break;
    case EventKind::capture_failed:
      ++totals_.capture_failures;
      break;
    case EventKind::dropped:
      totals_.dropped += event.lost;
      break;
    case EventKind::damaged:
      ++totals_.damaged;
      break;
    case EventKind::recovered:
      totals_.damaged += event.lost;
      break;
    case EventKind::refused:
      ++totals_.refused;
      break;
    case EventKind::sent:
      ++totals_.sent;
      if (event.duplicate) ++totals_.duplicates;
      break;
    case EventKind::unspooled:
    case EventKind::linked:
    case EventKind::link_lost:
    case EventKind::updating:
    case EventKind::trusting:
    case EventKind::obeyed:
    case EventKind::identified:
    case EventKind::set:
    case EventKind::spent:
    case EventKind::postponed:
      break;
  }
}

void Reporter::finish(std::uint64_t waiting) {
  const std::lock_guard lock(mutex_);
  if (format_ == Format::json) {
    print(boost::json::serialize(boost::json::object{{"event", "finished"},
                                                     {"captured", totals_.captured},
                                                     {"sent", totals_.sent},
                                                     {"duplicates", totals_.duplicates},
                                                     {"refused", totals_.refused},
                                                     {"skipped", totals_.capture_failures},
                                                     {"dropped", totals_.dropped},
                                                     {"damaged", totals_.damaged},
                                                     {"waiting", waiting}}));
    return;
  }
  std::string line = fmt::format("{} sent", totals_.sent);
  if (totals_.duplicates > 0) line += fmt::format(", {} of them repeats", totals_.duplicates);
  if (totals_.refused > 0) line += fmt::format("; {} refused", totals_.refused);
  if (totals_.capture_failures > 0) line += fmt::format("; {} skipped", totals_.capture_failures);
  if (totals_.dropped > 0) line += fmt::format("; {} dropped", totals_.dropped);
  if (totals_.damaged > 0) line += fmt::format("; {} damaged", totals_.damaged);
  if (waiting > 0) line += fmt::format("; {} left in the spool, sent when this starts again", waiting);
  print(line);
}

Totals Reporter::totals() const {
  const std::lock_guard lock(mutex_);
  return totals_;
}

}  // namespace heliograph::firmware
