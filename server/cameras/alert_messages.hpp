// What a browser is told of alerts: short English, and few messages. Pure.
#pragma once

#include "server/base/id.hpp"
#include "server/base/time.hpp"
#include "server/cameras/alert_kind.hpp"

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace heliograph::cameras {

// An alert that has opened, or is over.
struct AlertNews {
  std::optional<CameraId> camera;  // none: of the server itself
  std::string camera_name;
  AlertKind kind;
  std::string detail;  // as of Alert
  bool over = false;
  Timestamp at;
  bool fresh = true;  // false: it was told of already, a moment ago
};

struct AlertMessage {
  std::string topic;  // of one, only the newest is shown: 32 characters at most
  std::string title;
  std::string body;
  AlertKind kind;
  bool over = false;
  std::optional<CameraId> camera;  // none: of the server itself, or of many
  std::string url;                 // a path of the dashboard
  Timestamp at;

  friend bool operator==(const AlertMessage&, const AlertMessage&) = default;
};

// For somebody who may see all of `news`. Of a kind that comes in numbers one message about them all: a
// server whose network was away loses its whole fleet at once.
std::vector<AlertMessage> messages_of(std::span<const AlertNews> news);

// To see that a browser can be told.
AlertMessage trial_message(Timestamp now);

// As the dashboard's service worker reads it.
std::string to_json(const AlertMessage& message);

// So many of a kind are told one by one. More is no list that somebody reads on a phone.
inline constexpr std::size_t max_single_messages = 3;
// What opens within so long comes together: cameras of one site have intervals of their own.
inline constexpr std::chrono::minutes burst_window{15};

}  // namespace heliograph::cameras
