// How it is written whether a camera is there.
#pragma once

#include "server/cameras/orders.hpp"
#include "server/http/json.hpp"
#include "server/live/link_hub.hpp"

#include <algorithm>
#include <optional>

namespace heliograph::http {

// A camera that holds a link is there, whenever it spoke last; and it was heard when it last answered a ping.
// Net thread.
inline cameras::CameraPresence with_link(cameras::CameraPresence presence, const live::LinkHub& links,
                                         const Clock& clock) {
  const auto heard_at = links.heard_at(presence.camera);
  if (!heard_at) return presence;
  presence.heard_at = std::max(presence.heard_at, std::optional(to_wall(clock, *heard_at)));
  presence.found = {cameras::Presence::online, std::nullopt};
  return presence;
}

// The fields `presence`, `heard_at` and `due_at`.
inline void write_presence(JsonWriter& json, const cameras::CameraPresence& presence) {
  const auto in_ms = [](std::optional<Timestamp> at) {
    return at ? std::optional(to_ms(*at)) : std::nullopt;
  };
  json.field("presence", to_string(presence.found.presence));
  json.field("heard_at", in_ms(presence.heard_at));
  json.field("due_at", in_ms(presence.found.due_at));
}

}  // namespace heliograph::http
