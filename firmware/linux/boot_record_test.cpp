#include "firmware/linux/boot_record.hpp"

#include <string>

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

using EndingKind = Ending::Kind;

BootRecord record(Slot active, std::optional<Slot> trial = {}, int starts = 0) {
  BootRecord made;
  made.active = active;
  made.trial = trial;
  made.starts = starts;
  return made;
}

TEST(BootRecords, AreReadAsTheyAreWritten) {
  BootRecord one = record(Slot::a, Slot::b, 2);
  one.outcome = TrialOutcome::rolled_back;
  one.reason = "it ended with status 1";
  one.security = 4'000'000'000;
  EXPECT_EQ(read_boot_record(write_boot_record(one)), one);
  EXPECT_EQ(read_boot_record(write_boot_record({})), BootRecord{});
}

TEST(BootRecords, ThatAreDamagedAreNone) {
  const std::string good = write_boot_record(record(Slot::a, Slot::b, 1));
  ASSERT_TRUE(read_boot_record(good));
  for (std::size_t size = 0; size < good.size(); ++size) EXPECT_FALSE(read_boot_record(good.substr(0, size)));
  EXPECT_FALSE(read_boot_record(good + "\n"));
  EXPECT_FALSE(read_boot_record(write_boot_record(record(Slot::a, Slot::a))));  // to be tried beside itself
  EXPECT_FALSE(read_boot_record(write_boot_record(record(Slot::a, Slot::installed))));
}

TEST(ChooseStart, CountsTheStartsOfATrial) {
  const Start usual = choose_start(record(Slot::a));
  EXPECT_EQ(usual.slot, Slot::a);
  EXPECT_FALSE(usual.on_trial);
  EXPECT_EQ(usual.record, record(Slot::a));

  BootRecord now = record(Slot::a, Slot::b);
  for (int start = 1; start <= max_program_starts; ++start) {
    const Start trial = choose_start(now);
    EXPECT_EQ(trial.slot, Slot::b);
    EXPECT_TRUE(trial.on_trial);
    EXPECT_EQ(trial.record.starts, start);
    now = trial.record;
  }
  const Start back = choose_start(now);
  EXPECT_EQ(back.slot, Slot::a);
  EXPECT_FALSE(back.on_trial);
  EXPECT_EQ(back.record.outcome, TrialOutcome::rolled_back);
  EXPECT_FALSE(back.record.trial);
}

TEST(AfterAProgram, OnTrialItIsTakenBackHoweverItEnded) {
  const BootRecord trial = record(Slot::installed, Slot::a, 1);
  const Start start{trial, Slot::a, true};
  const std::pair<Ending, std::string> rows[] = {
      {{EndingKind::exited, 3, false}, "it ended with status 3"},
      {{EndingKind::exited, 0, false}, "it ended with status 0"},
      {{EndingKind::killed, 11, false}, "it was ended by signal 11"},
      {{EndingKind::out_of_time, 9, false}, "it hung: no word from the server in time, and no end"},
      {{EndingKind::not_started, 8, false}, "it could not be started (errno 8)"},
  };
  for (const auto& [ending, reason] : rows) {
    const Sequel sequel = after(start, trial, ending);
    EXPECT_TRUE(sequel.again);
    EXPECT_FALSE(sequel.record.trial);
    EXPECT_EQ(sequel.record.active, Slot::installed);
    EXPECT_EQ(sequel.record.outcome, TrialOutcome::rolled_back);
    EXPECT_EQ(sequel.record.reason, reason);
  }
}

TEST(AfterAProgram, WhoeverAskedForTheEndGetsItAndATrialGoesOn) {
  const BootRecord trial = record(Slot::installed, Slot::a, 1);
  const Sequel sequel = after({trial, Slot::a, true}, trial, {EndingKind::exited, 0, true});
  EXPECT_FALSE(sequel.again);
  EXPECT_EQ(sequel.record, trial);
}

TEST(AfterAProgram, AnotherOneIsStartedWhenItSaysSo) {
  const BootRecord before = record(Slot::a);
  const BootRecord wants = record(Slot::a, Slot::b);
  EXPECT_TRUE(after({before, Slot::a, false}, wants, {EndingKind::exited, 0, false}).again);
  const BootRecord gave_up = rolled_back(record(Slot::a), "no server");
  EXPECT_TRUE(after({wants, Slot::b, true}, gave_up, {EndingKind::exited, 0, false}).again);
  EXPECT_FALSE(
      after({before, Slot::a, false}, gave_up, {EndingKind::exited, 0, false}).again);  // told already
}

TEST(AfterAProgram, OneThatHasProvenItselfEndsTheLauncher) {
  BootRecord confirmed = record(Slot::a);
  confirmed.outcome = TrialOutcome::confirmed;
  for (const bool on_trial : {true, false}) {
    const Sequel sequel = after({confirmed, Slot::a, on_trial}, confirmed, {EndingKind::killed, 6, false});
    EXPECT_FALSE(sequel.again);
    EXPECT_EQ(sequel.record, confirmed);
  }
}

TEST(AfterAProgram, OneThatCannotBeStartedLeavesTheInstalledOne) {
  const BootRecord now = record(Slot::b);
  const Sequel sequel = after({now, Slot::b, false}, now, {EndingKind::not_started, 2, false});
  EXPECT_TRUE(sequel.again);
  EXPECT_EQ(sequel.record.active, Slot::installed);
  const Start installed{sequel.record, Slot::installed, false};
  EXPECT_FALSE(after(installed, sequel.record, {EndingKind::not_started, 2, false}).again);
}

TEST(AfterAProgram, TheNextOneIsToldHowItEnded) {
  using protocol::ResetReason;
  EXPECT_EQ(reset_after({EndingKind::exited, 0, false}), ResetReason::software);
  EXPECT_EQ(reset_after({EndingKind::killed, 11, false}), ResetReason::panic);
  EXPECT_EQ(reset_after({EndingKind::out_of_time, 9, false}), ResetReason::watchdog);
  EXPECT_EQ(reset_after({EndingKind::not_started, 2, false}), ResetReason::software);
}

TEST(Slots, TakeTurns) {
  EXPECT_EQ(other_than(Slot::installed), Slot::a);
  EXPECT_EQ(other_than(Slot::a), Slot::b);
  EXPECT_EQ(other_than(Slot::b), Slot::a);
}

}  // namespace
}  // namespace heliograph::firmware
