#include "server/cameras/commands.hpp"

#include <map>
#include <string_view>
#include <utility>

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::cameras {
namespace {

using catalog::CommandState;
using enum catalog::CommandState;
using enum CommandEvent;
using testing::HasSubstr;

constexpr CommandState states[] = {queued, delivered, accepted, succeeded,
                                   failed, rejected,  expired,  cancelled};
constexpr CommandEvent events[] = {deliver, accept, succeed, fail, reject, expire, cancel};

TEST(Transition, OfEveryStateWithEveryEvent) {
  // What is not here leads nowhere.
  const std::map<std::pair<CommandState, CommandEvent>, CommandState> expected{
      {{queued, deliver}, delivered},   {{queued, expire}, expired},       {{queued, cancel}, cancelled},
      {{delivered, accept}, accepted},  {{delivered, succeed}, succeeded}, {{delivered, fail}, failed},
      {{delivered, reject}, rejected},  {{delivered, expire}, expired},    {{delivered, cancel}, cancelled},
      {{accepted, succeed}, succeeded}, {{accepted, fail}, failed},        {{accepted, reject}, rejected},
      {{accepted, expire}, expired},    {{expired, succeed}, succeeded},   {{expired, fail}, failed},
      {{expired, reject}, rejected},    {{cancelled, succeed}, succeeded}, {{cancelled, fail}, failed},
      {{cancelled, reject}, rejected},
  };
  for (const CommandState state : states) {
    for (const CommandEvent event : events) {
      const auto found = expected.find({state, event});
      const auto leads_to = found == expected.end() ? std::nullopt : std::optional(found->second);
      EXPECT_EQ(transition(state, event), leads_to)
          << to_string(state) << ", event " << static_cast<int>(event);
    }
  }
}

TEST(Transition, WhatTheCameraSaidItDidIsFinal) {
  for (const CommandState state : {succeeded, failed, rejected}) {
    for (const CommandEvent event : events) EXPECT_EQ(transition(state, event), std::nullopt);
  }
}

TEST(IsOverdue, GivesACommandThatHasBegunMoreTime) {
  const Timestamp end = from_ms(1'795'348'800'000);
  catalog::Command command;
  command.expires_at = end;
  for (const CommandState state : {queued, delivered}) {
    command.state = state;
    EXPECT_FALSE(is_overdue(command, end - std::chrono::milliseconds(1)));
    EXPECT_TRUE(is_overdue(command, end));
  }
  command.state = accepted;
  EXPECT_FALSE(is_overdue(command, end + outcome_grace - std::chrono::milliseconds(1)));
  EXPECT_TRUE(is_overdue(command, end + outcome_grace));
}

TEST(CheckCommand, TakesWhatTheTableHas) {
  const struct {
    std::string_view name;
    std::string_view arguments;
    std::string_view complaint;  // empty: none
  } table[] = {
      {"capture", "{}", ""},
      {"reboot", "{}", ""},
      {"format-spool", "{}", ""},
      {"self-test", "{}", ""},
      {"send-log", R"({"lines":200})", ""},
      {"identify", R"({"seconds":60})", ""},
      {"identify", "{}", ""},
      {"burst", R"({"count":2,"interval_ms":0})", ""},
      {"sleep-until", R"({"until":1795348800000})", ""},
      {"explode", "{}", "`explode`"},
      {"capture", R"({"flash":1})", "`flash`"},
      {"burst", "{}", "`count`"},
      {"burst", R"({"count":1})", "from 2 to 20"},
      {"burst", R"({"count":2.5})", "`count`"},
      {"burst", R"({"count":"2"})", "`count`"},
      {"identify", R"({"seconds":61})", "`seconds`"},
      {"sleep-until", R"({"until":1})", "`until`"},
  };
  for (const auto& row : table) {
    const auto arguments = boost::json::parse(std::string(row.arguments)).as_object();
    const auto checked = check_command(row.name, arguments, {});
    if (row.complaint.empty()) {
      EXPECT_EQ(checked.value(), row.arguments);
    } else {
      EXPECT_EQ(checked.error().kind, ErrorKind::bad_request) << row.name << row.arguments;
      EXPECT_THAT(checked.error().detail, HasSubstr(std::string(row.complaint)));
    }
  }
}

TEST(CheckCommand, AsksWhatTheCameraCanDo) {
  Capabilities capabilities;
  capabilities.commands = {"capture"};
  EXPECT_TRUE(check_command("capture", {}, capabilities));
  EXPECT_EQ(check_command("reboot", {}, capabilities).error().kind, ErrorKind::unprocessable);
}

TEST(CommandId, IsOneWord) {
  EXPECT_TRUE(command_id_valid("01J-abc_9"));
  EXPECT_FALSE(command_id_valid(""));
  EXPECT_FALSE(command_id_valid("a b"));
  EXPECT_FALSE(command_id_valid(std::string(37, 'a')));
}

}  // namespace
}  // namespace heliograph::cameras
