#include "firmware/core/planner_fixture.hpp"

#include <string>

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

PlannerConfig idle(std::int64_t heartbeat_ms) {
  PlannerConfig config;
  config.interval_ms = 10'000'000;
  config.first_capture_ms = 10'000'000;
  config.heartbeat_ms = heartbeat_ms;
  return config;
}

TEST(PlannerLink, SpeaksAtOnceWhenTheLinkIsMadeAndWhenItIsCalled) {
  Script camera(idle(30'000));
  EXPECT_EQ(camera.next(), "sleep 10000000");
  camera.planner.linked(true);
  EXPECT_EQ(camera.next(), "say");
  camera.planner.asked(0);
  EXPECT_EQ(camera.next(), "sleep " + std::to_string(link_answer_patience_ms));
  camera.planner.called(100);
  EXPECT_EQ(camera.next(), "sleep " + std::to_string(link_answer_patience_ms)) << "one word at a time";
  camera.planner.answered(200);
  EXPECT_EQ(camera.next(), "say");
  camera.planner.asked(200);
  camera.planner.answered(300);
  camera.at(300);
  EXPECT_EQ(camera.next(), "sleep " + std::to_string(300 + link_heartbeat_ms)) << "seldom else";
  camera.at(300 + link_heartbeat_ms);
  EXPECT_EQ(camera.next(), "say");
}

TEST(PlannerLink, TellsWhatCameOfACommandWithoutRegardToAServerThatTakesNoPictures) {
  Script camera(every(10'000));
  camera.capture();
  camera.upload(Verdict::try_again, 60'000);
  camera.planner.linked(true);
  camera.planner.asked(0);
  camera.planner.answered(0);
  camera.duty.report = true;
  EXPECT_EQ(camera.next(), "say");
}

TEST(PlannerLink, SpeaksOverHttpWhenTheLinkDoesNotAnswer) {
  Script camera(idle(0));
  camera.planner.linked(true);
  camera.planner.asked(0);
  camera.at(link_answer_patience_ms);
  EXPECT_EQ(camera.next(), "heartbeat");
  camera.planner.spoken(camera.now_ms, {Verdict::stored, {}});
  EXPECT_EQ(camera.next(), "sleep 10000000");
  camera.duty.report = true;
  EXPECT_EQ(camera.next(), "heartbeat") << "and stays there";
  camera.planner.called(camera.now_ms);
  EXPECT_EQ(camera.next(), "say") << "until the link is heard of";
}

TEST(PlannerLink, WhatWasNotAnsweredIsSaidAnewOverTheNextLink) {
  Script camera(idle(0));
  camera.planner.linked(true);
  camera.planner.asked(0);
  camera.planner.linked(false);
  EXPECT_EQ(camera.next(), "sleep 10000000");
  camera.duty.report = true;
  EXPECT_EQ(camera.next(), "heartbeat");
  camera.planner.linked(true);
  EXPECT_EQ(camera.next(), "say");
}

TEST(Planner, AsksOverHttpWhatThereIsToDoWhenItWasCalledSo) {
  Script camera(every(60'000));
  camera.capture();
  camera.upload(Verdict::stored);
  camera.planner.called(camera.now_ms);
  EXPECT_EQ(camera.next(), "heartbeat");
  camera.planner.spoken(camera.now_ms, {Verdict::try_again, {}});
  camera.at(camera.now_ms + 2'000);
  EXPECT_EQ(camera.next(), "heartbeat");
  camera.planner.spoken(camera.now_ms, {Verdict::stored, {}});
  EXPECT_EQ(camera.next(), "sleep 60000");
}

}  // namespace
}  // namespace heliograph::firmware
