// What a camera can be told to do, and the life of one such command. Pure.
#pragma once

#include "server/base/base.hpp"
#include "server/cameras/capabilities.hpp"
#include "server/catalog/orders.hpp"

#include <optional>
#include <string>
#include <string_view>

#include <boost/json/fwd.hpp>

namespace heliograph::cameras {

// What tells a camera to take a release. Sent by rollouts and by nobody else: check_command refuses it.
inline constexpr std::string_view update_command = "update-firmware";
inline bool is_update(const catalog::Command& command) {
  return command.name == update_command;
}

// Does the camera say of an update that came to no good end that the same one may do another time? `result`:
// JSON.
bool is_put_off(std::string_view result);

enum class CommandEvent {
  deliver,  // it is in an answer to the camera
  accept,   // these four: the camera says so
  succeed,
  fail,
  reject,
  expire,  // its time is over
  cancel   // somebody does not want it any more
};
std::optional<CommandEvent> parse_report(std::string_view state);  // "accepted", "succeeded", …

// Where the event leads; none: nothing comes of it. A command that expired or was cancelled while the camera
// had it may have been carried out all the same, so what the camera says of its end still counts.
std::optional<catalog::CommandState> transition(catalog::CommandState state, CommandEvent event);

// Is its time over? One that the camera has begun gets outcome_grace more.
bool is_overdue(const catalog::Command& command, Timestamp now);

// The longest burst, a reboot, and a link that is away: so long after its time a camera may still say what
// came of a command.
inline constexpr std::chrono::minutes outcome_grace{30};
// How long a command may wait for a camera. A week covers one that sleeps over a weekend.
inline constexpr std::chrono::milliseconds min_command_life{1000};
inline constexpr std::chrono::milliseconds max_command_life = std::chrono::hours{24 * 7};
inline constexpr std::chrono::milliseconds usual_command_life = std::chrono::hours{24};
// That wait for one camera: more are not what somebody wants now.
inline constexpr std::ptrdiff_t max_unfinished_commands = 16;

// 1 to 36 characters of [A-Za-z0-9_-], as boot ids are.
bool command_id_valid(std::string_view id);

// The arguments as the camera is told them. bad_request, naming the argument: there is no such command or
// argument, or it is out of its range. unprocessable: the camera says that it does not know the command.
Result<std::string> check_command(std::string_view name, const boost::json::object& arguments,
                                  const Capabilities& capabilities);

}  // namespace heliograph::cameras
