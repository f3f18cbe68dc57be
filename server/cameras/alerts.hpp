// When a problem becomes an alert, and when that is over: so that nobody is told twice of what flaps, nor of
// what nobody could know. Pure.
#pragma once

#include "server/cameras/alert_kind.hpp"
#include "server/cameras/orders.hpp"
#include "server/catalog/alerts.hpp"

#include <chrono>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace heliograph::cameras {

// What is wrong now.
struct Wrong {
  std::optional<CameraId> camera;  // none: with the server itself
  AlertKind kind;
  std::string detail;
  // False: it may be, or nobody could know. That opens nothing, and ends nothing.
  bool certain = true;
};

// A step of what is known to what is now.
struct AlertStep {
  enum class What {
    watch,   // a problem that was not there
    forget,  // one that went before it was an alert
    open,
    doubt,   // an alert that seems to be over …
    resume,  // … but is not
    close,   // it is over
    drop     // its camera is no more: it is over, and nobody is told
  };
  What what;
  std::optional<AlertId> alert{};  // none: of `watch`
  std::optional<Wrong> wrong{};    // of `watch` and `open`
};

// `unfinished`: of the catalog. `cameras`: those that are there.
std::vector<AlertStep> next_alert_steps(std::span<const catalog::Alert> unfinished,
                                        std::span<const Wrong> wrong, const std::set<CameraId>& cameras,
                                        Timestamp now);

// How long a problem must hold before it opens, and be gone before it ends.
struct AlertHold {
  std::chrono::minutes opens;
  std::chrono::minutes ends;
};
AlertHold hold_of(AlertKind kind);

// Whether somebody was there to hear a camera that counts as silent: it still would if its last word had
// come when the server began to listen. So those whose words nobody took are given as long again.
bool could_be_heard(const CameraPresence& presence, Timestamp listening_since, Timestamp now);

// Who looks comes again after a minute. Somebody who was away for longer than this did not hear cameras.
inline constexpr std::chrono::minutes longest_deafness{5};
// An alert is forgotten so long after its end.
inline constexpr std::chrono::days alert_life{90};

}  // namespace heliograph::cameras
