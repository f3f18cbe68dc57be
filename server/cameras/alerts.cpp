#include "server/cameras/alerts.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace heliograph::cameras {
namespace {

using catalog::Alert;
using What = AlertStep::What;

// What is to be done about one that is known; nothing: it stays as it is.
std::optional<AlertStep> next_step(const Alert& alert, const Wrong* wrong, AlertHold hold, Timestamp now) {
  if (!alert.opened_at) {
    if (wrong == nullptr) return AlertStep{What::forget, alert.id};
    if (!wrong->certain || now - alert.wrong_since < hold.opens) return std::nullopt;
    return AlertStep{What::open, alert.id, *wrong};
  }
  if (wrong != nullptr) {
    if (!alert.right_since) return std::nullopt;
    return AlertStep{What::resume, alert.id};
  }
  const Timestamp since = alert.right_since.value_or(now);
  if (now - since >= hold.ends) return AlertStep{What::close, alert.id};
  if (alert.right_since) return std::nullopt;
  return AlertStep{What::doubt, alert.id};
}

}  // namespace

AlertHold hold_of(AlertKind kind) {
  using std::chrono::hours;
  using std::chrono::minutes;
  switch (kind) {
    case AlertKind::doubted:
      return {minutes(0), minutes(0)};  // until somebody decides, and that somebody knows
    case AlertKind::silent:
      // Presence has waited already; a camera that is linked needs a moment to come back to a server that was
      // started again. On a bad link one word is no return.
      return {minutes(2), minutes(10)};
    case AlertKind::frozen:
      return {hours(1), hours(1)};  // several pictures in a dark room are alike too
    case AlertKind::refused:
      return {minutes(0), minutes(0)};  // it counts for a day after the last one
    case AlertKind::battery:
      return {minutes(30), hours(24)};  // a modem's start pulls it down; the sun lifts it every day
    case AlertKind::spool:
      return {hours(1), hours(1)};  // what is not gone in an hour is not going away
    case AlertKind::clock:
      return {hours(1), hours(1)};  // it is judged by the last pictures, which must come first
    case AlertKind::storage:
      return {minutes(10), hours(1)};  // retention runs early and may make room by itself
    case AlertKind::certificate:
      break;
  }
  return {minutes(0), minutes(0)};  // ACME clients have tried for days
}

std::vector<AlertStep> next_alert_steps(std::span<const Alert> unfinished, std::span<const Wrong> wrong,
                                        const std::set<CameraId>& cameras, Timestamp now) {
  // What is wrong and not known yet is left in it in the end.
  std::map<std::pair<std::optional<CameraId>, AlertKind>, const Wrong*> rest;
  for (const Wrong& one : wrong) rest.emplace(std::pair(one.camera, one.kind), &one);
  std::vector<AlertStep> steps;
  for (const Alert& alert : unfinished) {
    const auto kind = parse_alert_kind(alert.kind);
    if (!kind || (alert.camera && !cameras.contains(*alert.camera))) {
      steps.push_back({alert.opened_at ? What::drop : What::forget, alert.id});
      continue;
    }
    const auto found = rest.extract(std::pair(alert.camera, *kind));
    const Wrong* one = found.empty() ? nullptr : found.mapped();
    if (auto step = next_step(alert, one, hold_of(*kind), now)) steps.push_back(std::move(*step));
  }
  for (const auto& [what, one] : rest) {
    if (one->certain) steps.push_back({What::watch, std::nullopt, *one});
  }
  return steps;
}

bool could_be_heard(const CameraPresence& presence, Timestamp listening_since, Timestamp now) {
  if (!presence.heard_at || !presence.found.due_at) return false;
  const auto gap = *presence.found.due_at - *presence.heard_at;
  const Timestamp since = std::max(*presence.heard_at, listening_since);
  return now > since + gap + patience_after(gap);
}

}  // namespace heliograph::cameras
