// What a camera is to be told now, and what follows from what it says. Whatever carries the words — the
// answer to an upload, a heartbeat, a link — calls the same two verbs.
//
// At most one command is in flight for a camera; an update that it has begun, which takes long, is none. It
// is told again until the camera has said something of it, and the settings until it has answered for their
// version: an answer that is lost costs nothing, and a camera knows by the id what it has done already.
#pragma once

#include "protocol/telemetry.hpp"
#include "server/cameras/commands.hpp"
#include "server/cameras/presence.hpp"
#include "server/catalog/orders.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace heliograph::cameras {

struct NextOrders {
  std::optional<catalog::CameraSettings> settings;
  std::optional<catalog::Command> command;
};
// Pure. `unfinished`: of the camera, oldest first.
NextOrders next_orders(const catalog::CameraSettings& settings, std::span<const catalog::Command> unfinished,
                       Timestamp now);

struct CommandReport {
  std::string command;
  CommandEvent event = CommandEvent::accept;
  std::optional<std::string> reason;
  std::optional<std::string> result;  // JSON
};

// What a camera says beside its pictures.
struct Spoken {
  std::optional<catalog::CameraSelf> self;
  std::optional<catalog::SettingsReport> settings;
  std::vector<CommandReport> reports;
  protocol::Telemetry telemetry;
};

struct Exchanged {
  NextOrders orders;
  std::vector<catalog::Command> changed;  // as they are now
  bool settings_changed = false;          // the camera has answered for them
};

// Takes what it says, and hands out what it is to be told: a command counts as delivered from then on.
Result<Exchanged> exchange(catalog::Catalog& catalog, const Clock& clock, CameraId camera,
                           const Spoken& spoken);

// Wants something done. The same id again is the same command: it is returned as it is. bad_request;
// unprocessable: the camera cannot do that; conflict: the id is that of something else; too_many.
struct Wish {
  std::string id;
  std::string name;
  std::string arguments;  // as check_command made them
  std::string actor;
  std::chrono::milliseconds life = usual_command_life;
};
struct Submitted {
  catalog::Command command;
  bool is_new = true;
};
Result<Submitted> submit(catalog::Catalog& catalog, const Clock& clock, CameraId camera, const Wish& wish);

// not_found; conflict: it has begun, or has ended.
Result<catalog::Command> cancel(catalog::Catalog& catalog, const Clock& clock, CameraId camera,
                                std::string_view id);

// Ends what is past its time, of all cameras; a hundred at a time. Returns them as they are now.
Result<std::vector<catalog::Command>> expire_overdue(catalog::Catalog& catalog, const Clock& clock);

// What the camera says that it can do. Empty: it never said.
Result<Capabilities> capabilities_of(catalog::Catalog& catalog, CameraId camera);

// The camera's link has broken off, with no goodbye. `heard_at`: its last byte. It is due since it should
// have answered the next ping, whatever it promised before; until it is heard again.
Result<void> lose_link(catalog::Catalog& catalog, CameraId camera, Timestamp heard_at);

struct CameraPresence {
  CameraId camera;
  std::optional<Timestamp> heard_at;
  PresenceFound found;
};
// Of one camera, or of all.
Result<std::vector<CameraPresence>> presences(catalog::Catalog& catalog, std::optional<CameraId> camera,
                                              Timestamp now);

}  // namespace heliograph::cameras
