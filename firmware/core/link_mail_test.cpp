#include "firmware/core/link_mail.hpp"

#include "firmware/core/platform/fake_lock.hpp"
#include "firmware/core/platform/fake_stream.hpp"

#include <string>

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

struct Mail : testing::Test {
  FakeClock clock;
  FakeStream stream{clock};
  FakeLock lock;
  LinkMail mail{clock, stream, lock};

  std::string next() {
    std::string word(max_link_word, '?');
    word.resize(mail.next(word.data()));
    return word;
  }
};

TEST_F(Mail, CarriesAWordAndItsAnswer) {
  EXPECT_FALSE(mail.say(R"({"boot":"b"})")) << "there is no link";
  mail.stands(true);
  const auto number = mail.say(R"({"boot":"b"})");
  ASSERT_TRUE(number);
  EXPECT_TRUE(mail.has_word());
  EXPECT_EQ(next(), R"({"type":"heartbeat","number":1,"boot":"b"})");
  EXPECT_FALSE(mail.has_word());
  EXPECT_EQ(next(), "");
  mail.answered(*number, R"({"number":1})");
  const auto news = mail.take();
  EXPECT_EQ(news.answered, number);
  EXPECT_EQ(news.answer, R"({"number":1})");
  EXPECT_FALSE(mail.take().answered) << "it is told once";
}

TEST_F(Mail, TakesOneAnswerToWhatWasSaidLast) {
  mail.stands(true);
  mail.answered(0, "to nothing");
  EXPECT_FALSE(mail.take().answered);
  const auto first = mail.say(R"({"boot":"b"})");
  mail.answered(*first, "first");
  const auto news = mail.take();
  mail.answered(*first, "again");
  EXPECT_EQ(news.answer, "first") << "it is the agent's until he says something";
  EXPECT_FALSE(mail.take().answered);
  const auto second = mail.say(R"({"boot":"b"})");
  mail.answered(*first, "late");
  EXPECT_FALSE(mail.take().answered);
  mail.answered(*second, std::string(max_link_answer + 1, 'x'));
  EXPECT_EQ(mail.take().answer, std::string(max_link_answer, 'x'));
}

TEST_F(Mail, TellsWhatBecameOfTheLink) {
  EXPECT_FALSE(mail.take().changed);
  mail.stands(true);
  auto news = mail.take();
  EXPECT_TRUE(news.up && news.changed);
  news = mail.take();
  EXPECT_TRUE(news.up && !news.changed);
  mail.called();
  EXPECT_TRUE(mail.take().called);
  EXPECT_FALSE(mail.take().called);
}

TEST_F(Mail, WhatWasOnItsWayIsLostWithTheLink) {
  mail.stands(true);
  const auto number = mail.say(R"({"boot":"b"})");
  mail.answered(*number, "{}");
  mail.called();
  mail.stands(false);
  mail.stands(true);
  const auto news = mail.take();
  EXPECT_TRUE(news.up && news.changed);
  EXPECT_FALSE(news.answered || news.called) << "it is said anew";
  EXPECT_EQ(next(), "");
  EXPECT_NE(mail.say(R"({"boot":"b"})"), number) << "an answer that comes late is to nothing that was said";
}

TEST_F(Mail, SendsTheNewestWord) {
  mail.stands(true);
  mail.say(R"({"boot":"old"})");
  mail.say(R"({"boot":"new"})");
  EXPECT_EQ(next(), R"({"type":"heartbeat","number":2,"boot":"new"})");
}

}  // namespace
}  // namespace heliograph::firmware
