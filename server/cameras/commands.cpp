#include "server/cameras/commands.hpp"

#include "protocol/upload.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include <boost/json.hpp>

namespace heliograph::cameras {
namespace {

using catalog::CommandState;

struct Argument {
  std::string_view name;
  std::int64_t least = 0;
  std::int64_t most = 0;
  bool required = false;
};

constexpr Argument burst_arguments[] = {{"count", 2, 20, true}, {"interval_ms", 0, 60'000}};
constexpr Argument identify_arguments[] = {{"seconds", 1, 60}};
constexpr Argument sleep_arguments[] = {
    {"until", protocol::min_captured_at_ms, protocol::max_captured_at_ms, true}};
constexpr Argument log_arguments[] = {{"lines", 1, 200}};

struct Known {
  std::string_view name;
  std::span<const Argument> arguments = {};
};
constexpr std::array<Known, 8> known_commands{{
    {"capture"},
    {"burst", burst_arguments},
    {"reboot"},
    {"identify", identify_arguments},
    {"sleep-until", sleep_arguments},
    {"format-spool"},
    {"send-log", log_arguments},
    {"self-test"},
}};

constexpr std::array<std::pair<std::string_view, CommandEvent>, 4> reports{{
    {"accepted", CommandEvent::accept},
    {"succeeded", CommandEvent::succeed},
    {"failed", CommandEvent::fail},
    {"rejected", CommandEvent::reject},
}};

std::string in_quotes(std::string_view text) {
  return "`" + std::string(text) + "`";
}

Error unknown_command(std::string_view name) {
  std::string sentence = "there is no command " + in_quotes(name) + "; there are";
  for (const Known& known : known_commands) sentence.append(" ").append(known.name);
  return {ErrorKind::bad_request, std::move(sentence)};
}

Result<void> check_argument(const Argument& argument, const boost::json::value& value) {
  const auto* number = value.if_int64();
  if (number != nullptr && *number >= argument.least && *number <= argument.most) return {};
  return Error{ErrorKind::bad_request, in_quotes(argument.name) + " must be a whole number from " +
                                           std::to_string(argument.least) + " to " +
                                           std::to_string(argument.most)};
}

// What a report of the camera's leads to, whatever came before.
std::optional<CommandState> end_of(CommandEvent event) {
  switch (event) {
    case CommandEvent::succeed:
      return CommandState::succeeded;
    case CommandEvent::fail:
      return CommandState::failed;
    case CommandEvent::reject:
      return CommandState::rejected;
    default:
      return std::nullopt;
  }
}

}  // namespace

bool is_put_off(std::string_view result) {
  boost::system::error_code failed;
  const boost::json::value value = boost::json::parse({result.data(), result.size()}, failed);
  if (failed || !value.is_object()) return false;
  const boost::json::value* said = value.get_object().if_contains("put_off");
  return said != nullptr && said->is_bool() && said->get_bool();
}

std::optional<CommandEvent> parse_report(std::string_view state) {
  for (const auto& [name, event] : reports) {
    if (name == state) return event;
  }
  return std::nullopt;
}

std::optional<CommandState> transition(CommandState state, CommandEvent event) {
  switch (state) {
    case CommandState::queued:
      if (event == CommandEvent::deliver) return CommandState::delivered;
      if (event == CommandEvent::expire) return CommandState::expired;
      if (event == CommandEvent::cancel) return CommandState::cancelled;
      return std::nullopt;  // the camera cannot know of it
    case CommandState::delivered:
      if (event == CommandEvent::accept) return CommandState::accepted;
      if (event == CommandEvent::expire) return CommandState::expired;
      if (event == CommandEvent::cancel) return CommandState::cancelled;
      return end_of(event);
    case CommandState::accepted:
      if (event == CommandEvent::expire) return CommandState::expired;
      return end_of(event);
    case CommandState::expired:
    case CommandState::cancelled:
      return end_of(event);
    case CommandState::succeeded:
    case CommandState::failed:
    case CommandState::rejected:
      break;
  }
  return std::nullopt;
}

bool is_overdue(const catalog::Command& command, Timestamp now) {
  const bool begun = command.state == CommandState::accepted;
  return now >= command.expires_at + (begun ? outcome_grace : std::chrono::minutes{0});
}

bool command_id_valid(std::string_view id) {
  return protocol::boot_id_valid(id);
}

Result<std::string> check_command(std::string_view name, const boost::json::object& arguments,
                                  const Capabilities& capabilities) {
  if (name == update_command) {
    return Error{ErrorKind::bad_request,
                 "cameras are updated by a rollout: `heliograph firmware start`, or POST /api/v1/rollouts"};
  }
  const auto known = std::ranges::find(known_commands, name, &Known::name);
  if (known == known_commands.end()) return unknown_command(name);
  if (!offers(capabilities.commands, name)) {
    return Error{ErrorKind::unprocessable, "this camera does not know the command " + in_quotes(name)};
  }
  for (const auto& [key, value] : arguments) {
    const auto argument =
        std::ranges::find(known->arguments, std::string_view(key.data(), key.size()), &Argument::name);
    if (argument == known->arguments.end()) {
      return Error{ErrorKind::bad_request, in_quotes(name) + " has no argument " + in_quotes(key)};
    }
    if (auto checked = check_argument(*argument, value); !checked) return checked.error();
  }
  for (const Argument& argument : known->arguments) {
    if (!argument.required || arguments.contains({argument.name.data(), argument.name.size()})) continue;
    return Error{ErrorKind::bad_request, in_quotes(name) + " needs " + in_quotes(argument.name)};
  }
  return boost::json::serialize(arguments);
}

}  // namespace heliograph::cameras
