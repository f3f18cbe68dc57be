#include "firmware/core/duties.hpp"

#include "firmware/core/platform/fake_board.hpp"
#include "firmware/core/platform/fake_storage.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

using testing::HasSubstr;

constexpr std::int64_t trial_ms = 600'000;

std::string told(const std::string& id, const std::string& name = "capture") {
  return R"({"orders":{"command":{"id":")" + id + R"(","name":")" + name + R"(","arguments":{}}}})";
}
std::string wanted(int version, const std::string& values) {
  return R"({"orders":{"settings":{"version":)" + std::to_string(version) + R"(,"values":)" + values + "}}}";
}

class DutiesTest : public testing::Test {
 protected:
  DutiesTest() { restart(); }
  // As after a power cut: what was not written down is gone.
  void restart(std::int64_t now_ms = 0) {
    duties_.emplace(card_, trial_ms);
    duties_->recover(now_ms);
  }
  bool hear(const std::string& body, std::int64_t now_ms = 0) { return duties_->heard(body, now_ms, board_); }
  std::string reports() const {
    HeartbeatText text;
    duties_->write_reports(text);
    return std::string(text.view());
  }

  FakeStorage card_;
  FakeBoard board_;
  std::optional<Duties> duties_;
};

TEST_F(DutiesTest, ACommandIsDoneOnceAndToldUntilItIsHeard) {
  hear(told("a"));
  ASSERT_TRUE(duties_->to_do());
  EXPECT_FALSE(duties_->has_report());
  ASSERT_TRUE(duties_->begin());
  duties_->end(Outcome::succeeded, {}, R"({"sequence":3})");
  EXPECT_FALSE(duties_->to_do());
  const std::string report = R"(,"reports":[{"command":"a","state":"succeeded","result":{"sequence":3}}])";
  EXPECT_EQ(reports(), report);
  hear(told("a"));  // the server does not know yet
  hear(told("b"));
  EXPECT_FALSE(duties_->to_do());
  restart();
  EXPECT_EQ(reports(), report);
  duties_->reported(duties_->report_number());
  EXPECT_FALSE(duties_->has_report());
  EXPECT_EQ(reports(), "");
  restart();
  hear(told("a"));  // an answer that was on its way
  EXPECT_FALSE(duties_->to_do());
  hear(told("b"));
  EXPECT_TRUE(duties_->to_do());
}

TEST_F(DutiesTest, WhatIsAtWorkIsSaidToBe) {
  hear(told("a"));
  duties_->begin();
  EXPECT_EQ(reports(), R"(,"reports":[{"command":"a","state":"accepted"}])");
  EXPECT_FALSE(duties_->has_report()) << "nobody has to hear it";
}

TEST_F(DutiesTest, AnAnswerToAnEarlierReportIsNoneToThisOne) {
  hear(wanted(1, R"({"interval_s":60})"));
  hear(told("a"));
  duties_->begin();
  const std::uint32_t at_work = duties_->report_number();
  duties_->end(Outcome::succeeded, {}, {});
  duties_->reported(at_work);
  EXPECT_THAT(reports(), HasSubstr(R"("state":"succeeded")"));
  const std::uint32_t ended = duties_->report_number();
  hear(wanted(2, R"({"interval_s":30})"));
  duties_->reported(ended);
  EXPECT_THAT(reports(), HasSubstr(R"("version":2)"));
  EXPECT_THAT(reports(), HasSubstr(R"("state":"succeeded")"));
  duties_->reported(duties_->report_number());
  EXPECT_FALSE(duties_->has_report());
}

TEST_F(DutiesTest, WhatWasNotBegunBeforeARestartIsToldAgain) {
  hear(told("a"));
  restart();
  EXPECT_FALSE(duties_->has_report());
  hear(told("a"));
  EXPECT_TRUE(duties_->to_do());
}

TEST_F(DutiesTest, WhatWasBegunBeforeARestartIsNotDoneAgain) {
  hear(told("a"));
  duties_->begin();
  restart();
  EXPECT_THAT(reports(), HasSubstr(R"("state":"failed","reason":"broken off by a restart")"));
  hear(told("a"));
  EXPECT_FALSE(duties_->to_do());
}

TEST_F(DutiesTest, ARestartIsTheEndOfAReboot) {
  hear(told("a", "reboot"));
  duties_->begin();
  restart();
  EXPECT_EQ(reports(), R"(,"reports":[{"command":"a","state":"succeeded"}])");
}

TEST_F(DutiesTest, WhatCannotBeWrittenDownIsNotDone) {
  hear(told("a"));
  card_.fault = StorageStatus::failed;
  EXPECT_FALSE(duties_->begin());
  EXPECT_THAT(reports(), HasSubstr(R"("state":"failed")"));
}

TEST_F(DutiesTest, SettingsAreAnsweredOnce) {
  EXPECT_TRUE(hear(wanted(1, R"({"interval_s":60,"quality":40})")));
  EXPECT_EQ(duties_->settings().interval_ms, 60'000);
  EXPECT_EQ(board_.applied.quality, 40);
  EXPECT_EQ(reports(), R"(,"settings":{"version":1,"status":"applied"})");
  EXPECT_TRUE(duties_->has_report());
  EXPECT_FALSE(hear(wanted(1, R"({"interval_s":60,"quality":40})")));
  duties_->reported(duties_->report_number());
  EXPECT_FALSE(duties_->has_report());
  restart();
  EXPECT_EQ(duties_->settings().interval_ms, 60'000);
  EXPECT_FALSE(duties_->has_report());
}

TEST_F(DutiesTest, SettingsThatCannotBeChangeNothing) {
  hear(wanted(1, R"({"interval_s":60})"));
  EXPECT_FALSE(hear(wanted(2, R"({"interval_s":30,"quality":90})")));  // the board's no
  EXPECT_FALSE(hear(wanted(3, R"({"interval_s":30,"zoom":"2"})")));
  EXPECT_EQ(duties_->settings().interval_ms, 60'000);
  EXPECT_THAT(reports(),
              HasSubstr(R"("version":3,"status":"rejected","reason":"`zoom` cannot be set here")"));
}

TEST_F(DutiesTest, SettingsUnderWhichNobodyAnswersAreGivenUp) {
  hear(wanted(1, R"({"interval_s":60})"), 1000);
  duties_->reached();
  EXPECT_FALSE(duties_->trial_ends_ms());
  hear(wanted(2, R"({"interval_s":30})"), 2000);
  duties_->missed(3000);
  EXPECT_FALSE(duties_->look_at_trial(3000 + trial_ms - 1));
  EXPECT_EQ(duties_->settings().interval_ms, 30'000);
  EXPECT_TRUE(duties_->look_at_trial(3000 + trial_ms));
  EXPECT_EQ(duties_->settings().interval_ms, 60'000);
  EXPECT_FALSE(duties_->trial_ends_ms());
  EXPECT_THAT(reports(), HasSubstr(R"("version":2,"status":"rolled-back","reason":"the server could)"));
  restart();
  EXPECT_EQ(duties_->settings().interval_ms, 60'000);
  EXPECT_TRUE(duties_->has_report());
  EXPECT_FALSE(hear(wanted(2, R"({"interval_s":30})")));  // not again
}

TEST_F(DutiesTest, SettingsThatMakeItStartAgainAndAgainAreGivenUp) {
  hear(wanted(1, R"({"interval_s":60})"));
  duties_->reached();
  hear(wanted(2, R"({"interval_s":30})"));
  for (int start = 0; start < max_trial_starts; ++start) {
    restart();
    EXPECT_FALSE(duties_->look_at_trial(0)) << start;
    EXPECT_EQ(duties_->settings().interval_ms, 30'000);
  }
  restart();
  EXPECT_TRUE(duties_->look_at_trial(0));
  EXPECT_EQ(duties_->settings().interval_ms, 60'000);
  EXPECT_THAT(reports(), HasSubstr("the camera started again and again with them"));
  restart();
  EXPECT_FALSE(duties_->look_at_trial(0));  // once
}

TEST_F(DutiesTest, ThoseBeforeAreTheLastThatWereProven) {
  hear(wanted(1, R"({"interval_s":60})"));
  hear(wanted(2, R"({"interval_s":30})"));  // both on trial
  duties_->missed(0);
  EXPECT_TRUE(duties_->look_at_trial(trial_ms));
  EXPECT_EQ(duties_->settings().interval_ms, std::nullopt);
}

TEST_F(DutiesTest, WhatIsRemarkedOfSettingsIsToldOnce) {
  duties_->remark("nothing is set");
  EXPECT_FALSE(duties_->has_report());
  hear(wanted(1, R"({"monthly_budget_mb":5})"));
  duties_->reported(duties_->report_number());
  duties_->remark("the data is used up");
  EXPECT_EQ(reports(), R"(,"settings":{"version":1,"status":"applied","reason":"the data is used up"})");
  duties_->reported(duties_->report_number());
  duties_->remark("the data is used up");
  EXPECT_FALSE(duties_->has_report());
  duties_->remark("");
  EXPECT_EQ(reports(), R"(,"settings":{"version":1,"status":"applied"})");
  EXPECT_TRUE(duties_->has_report());
  hear(wanted(2, R"({"zoom":2})"));
  duties_->remark("the data is used up");  // why it was refused matters more
  EXPECT_THAT(reports(), HasSubstr("`zoom` cannot be set here"));
}

TEST_F(DutiesTest, AFileThatCannotBeReadIsNone) {
  for (const char* text : {"", "rubbish", R"({"version":7,"told":fals)", R"({"stage":"begun"})"}) {
    card_.files(Area::state)["ORDERS.TXT"] = text;
    restart();
    EXPECT_FALSE(duties_->to_do()) << text;
    hear(told("a"));
    EXPECT_TRUE(duties_->to_do()) << text;
  }
}

TEST_F(DutiesTest, AnUpdateOutlivesRestarts) {
  hear(R"({"orders":{"command":{"id":"u","name":"update-firmware","arguments":{"release":"r1"}}}})");
  ASSERT_TRUE(duties_->to_do());
  EXPECT_FALSE(duties_->updating());
  ASSERT_TRUE(duties_->begin());
  EXPECT_TRUE(duties_->has_report());
  EXPECT_EQ(reports(), R"(,"reports":[{"command":"u","state":"accepted"}])");
  duties_->reported(duties_->report_number());
  EXPECT_FALSE(duties_->has_report());
  restart();
  ASSERT_TRUE(duties_->updating());
  EXPECT_EQ(duties_->updating()->view(), "r1");
  hear(R"({"orders":{"command":{"id":"v","name":"update-firmware","arguments":{"release":"r2"}}}})");
  EXPECT_FALSE(duties_->to_do());  // one at a time
  duties_->end_update(Outcome::failed, "no room", {});
  EXPECT_FALSE(duties_->updating());
  restart();
  EXPECT_EQ(reports(), R"(,"reports":[{"command":"u","state":"failed","reason":"no room"}])");
}

TEST_F(DutiesTest, OtherCommandsAreDoneBesideAnUpdate) {
  hear(R"({"orders":{"command":{"id":"u","name":"update-firmware","arguments":{"release":"r1"}}}})");
  duties_->begin();
  duties_->reported(duties_->report_number());
  for (const std::string id : {"a", "b"}) {
    hear(told(id));
    ASSERT_TRUE(duties_->to_do());
    EXPECT_EQ(duties_->to_do()->id.view(), id);
    ASSERT_TRUE(duties_->begin());
    duties_->end(Outcome::succeeded, {}, {});
    restart();
    EXPECT_EQ(reports(), R"(,"reports":[{"command":")" + id +
                             R"(","state":"succeeded"},{"command":"u","state":"accepted"}])");
    duties_->reported(duties_->report_number());
    hear(told(id));
    EXPECT_FALSE(duties_->to_do());
    ASSERT_TRUE(duties_->updating());
  }
  hear(told("c"));
  duties_->begin();
  restart();
  EXPECT_THAT(reports(), HasSubstr(R"("command":"c","state":"failed","reason":"broken off by a restart")"));
  EXPECT_TRUE(duties_->updating());
}

}  // namespace
}  // namespace heliograph::firmware
