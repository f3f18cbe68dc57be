#include "server/catalog/push.hpp"

#include "server/catalog/test_support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::catalog {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class PushTest : public OnEachEngine {
 protected:
  void SetUp() override {
    People people(catalog_);
    people.add({owner_, "owner", noon, true, false, {{every_camera, Role::administrator}}}, "hash").value();
    people.add({guest_, "guest", noon, true, false, {}}, "hash").value();
  }
  PushSubscription browser(std::int64_t id, PersonId person, std::string endpoint) {
    return {PushId{id},
            person,
            std::move(endpoint),
            std::vector<std::uint8_t>(65, 4),
            std::vector<std::uint8_t>(16, static_cast<std::uint8_t>(id)),
            {"silent", "battery"},
            "https://photos.example.org",
            noon};
  }
  PushMessage message(std::int64_t id, std::int64_t subscription, std::string topic) {
    return {PushMessageId{id},
            PushId{subscription},
            std::move(topic),
            "{\"n\":" + std::to_string(id) + "}",
            true,
            noon};
  }
  std::vector<std::int64_t> claim(Timestamp now, int limit = 10) {
    std::vector<std::int64_t> ids;
    for (const Push::Due& due : push_.claim(now, now + 5min, limit).value())
      ids.push_back(due.message.id.value);
    return ids;
  }

  const PersonId owner_{1};
  const PersonId guest_{2};
  Catalog catalog_ = connect();
  Push push_{catalog_};
};
HELIOGRAPH_ON_EACH_ENGINE(PushTest);

TEST_P(PushTest, TheFirstKeyStays) {
  const PushKey one{std::vector<std::uint8_t>(32, 1), std::vector<std::uint8_t>(65, 4)};
  const PushKey other{std::vector<std::uint8_t>(32, 2), std::vector<std::uint8_t>(65, 4)};
  EXPECT_EQ(push_.key().value(), std::nullopt);
  EXPECT_EQ(push_.keep_key(one).value(), one);
  EXPECT_EQ(push_.keep_key(other).value(), one);
  EXPECT_EQ(push_.key().value(), one);
}

TEST_P(PushTest, ABrowserIsToldForOnePerson) {
  const PushSubscription first = browser(1, owner_, "https://a/1");
  EXPECT_TRUE(push_.add(first, 9).value().is_new);
  EXPECT_THAT(push_.of(owner_).value(), ElementsAre(first));
  EXPECT_THAT(push_.of(guest_).value(), IsEmpty());

  PushSubscription again = browser(2, owner_, "https://a/1");
  again.kinds = {"clock"};
  const auto replaced = push_.add(again, 9).value();
  EXPECT_FALSE(replaced.is_new);
  EXPECT_EQ(replaced.id, PushId{1});
  again.id = PushId{1};
  EXPECT_THAT(push_.of(owner_).value(), ElementsAre(again));

  EXPECT_TRUE(push_.add(browser(3, guest_, "https://a/1"), 9).value().is_new);
  EXPECT_THAT(push_.of(owner_).value(), IsEmpty()) << "somebody else uses it now";
  EXPECT_EQ(push_.add(browser(4, PersonId{9}, "https://a/4"), 9).error().kind, ErrorKind::not_found);
}

TEST_P(PushTest, APersonHasSoMany) {
  push_.add(browser(1, owner_, "https://a/1"), 2).value();
  push_.add(browser(2, owner_, "https://a/2"), 2).value();
  EXPECT_EQ(push_.add(browser(3, owner_, "https://a/3"), 2).error().kind, ErrorKind::conflict);
  EXPECT_FALSE(push_.add(browser(3, owner_, "https://a/2"), 2).value().is_new);
  push_.add(browser(4, guest_, "https://a/4"), 2).value();
  EXPECT_THAT(push_.all().value(), SizeIs(3));
}

TEST_P(PushTest, IsItsPersonsOwn) {
  push_.add(browser(1, owner_, "https://a/1"), 9).value();
  const std::vector<std::string> clock{"clock"};
  EXPECT_EQ(push_.one(guest_, PushId{1}).error().kind, ErrorKind::not_found);
  EXPECT_EQ(push_.set_kinds(guest_, PushId{1}, clock).error().kind, ErrorKind::not_found);
  EXPECT_EQ(push_.remove(guest_, PushId{1}).error().kind, ErrorKind::not_found);
  push_.set_kinds(owner_, PushId{1}, clock).value();
  EXPECT_EQ(push_.one(owner_, PushId{1}).value().kinds, clock);
  push_.set_kinds(owner_, PushId{1}, {}).value();
  EXPECT_THAT(push_.one(owner_, PushId{1}).value().kinds, IsEmpty());
  push_.remove(owner_, PushId{1}).value();
  EXPECT_EQ(push_.remove(owner_, PushId{1}).error().kind, ErrorKind::not_found);
}

TEST_P(PushTest, GoesWithItsPersonAndTakesWhatWaitsAlong) {
  push_.add(browser(1, guest_, "https://a/1"), 9).value();
  push_.enqueue(message(1, 1, "a")).value();
  People(catalog_).remove(guest_).value();
  EXPECT_THAT(push_.all().value(), IsEmpty());
  EXPECT_THAT(claim(noon), IsEmpty());
  push_.enqueue(message(2, 1, "a")).value();
  EXPECT_THAT(claim(noon), IsEmpty());
}

TEST_P(PushTest, OfATopicOnlyTheNewestWaits) {
  push_.add(browser(1, owner_, "https://a/1"), 9).value();
  push_.add(browser(2, owner_, "https://a/2"), 9).value();
  push_.enqueue(message(1, 1, "a")).value();
  push_.enqueue(message(2, 1, "b")).value();
  push_.enqueue(message(3, 2, "a")).value();
  push_.enqueue(message(4, 1, "a")).value();
  EXPECT_THAT(claim(noon), ElementsAre(2, 3, 4));
}

TEST_P(PushTest, AMessageIsOnePersonsToSendUntilItsLeaseIsOver) {
  push_.add(browser(1, owner_, "https://a/1"), 9).value();
  for (int id = 1; id <= 3; ++id)
    push_.enqueue(message(id, 1, std::string(1, static_cast<char>('a' + id)))).value();
  EXPECT_THAT(claim(noon - 1ms), IsEmpty());
  EXPECT_THAT(claim(noon, 2), ElementsAre(1, 2));
  EXPECT_THAT(claim(noon, 2), ElementsAre(3));
  EXPECT_THAT(claim(noon, 2), IsEmpty());
  const auto again = push_.claim(noon + 5min, noon + 10min, 10).value();
  ASSERT_THAT(again, SizeIs(3));
  EXPECT_EQ(again[0].message.attempts, 2);
  EXPECT_EQ(again[0].message.body, "{\"n\":1}");
  EXPECT_TRUE(again[0].message.urgent);
  EXPECT_EQ(again[0].subscription, browser(1, owner_, "https://a/1"));
}

TEST_P(PushTest, KeepsWhatCameOfIt) {
  push_.add(browser(1, owner_, "https://a/1"), 9).value();
  push_.enqueue(message(1, 1, "a")).value();
  push_.fail(message(1, 1, "a"), "the push service answered 500", noon + 1min).value();
  EXPECT_EQ(push_.one(owner_, PushId{1}).value().failing, "the push service answered 500");
  EXPECT_THAT(claim(noon), IsEmpty());
  EXPECT_THAT(claim(noon + 1min), ElementsAre(1));
  push_.finish(message(1, 1, "a"), noon + 2min).value();
  EXPECT_EQ(push_.one(owner_, PushId{1}).value().failing, std::nullopt);
  EXPECT_EQ(push_.one(owner_, PushId{1}).value().told_at, noon + 2min);
  EXPECT_THAT(claim(noon + 1h), IsEmpty());

  push_.enqueue(message(2, 1, "a")).value();
  push_.fail(message(2, 1, "a"), "refused", std::nullopt).value();
  EXPECT_THAT(claim(noon + 1h), IsEmpty());
  push_.note(PushId{1}, noon + 3min, "tried").value();
  EXPECT_EQ(push_.one(owner_, PushId{1}).value().failing, "tried");
  push_.note(PushId{1}, noon + 4min, std::nullopt).value();
  EXPECT_EQ(push_.one(owner_, PushId{1}).value().told_at, noon + 4min);
}

TEST_P(PushTest, WhatComesMeanwhileIsNotTakenForWhatWasSent) {
  push_.add(browser(1, owner_, "https://a/1"), 9).value();
  push_.enqueue(message(1, 1, "a")).value();
  EXPECT_THAT(claim(noon), ElementsAre(1));
  push_.enqueue(message(2, 1, "a")).value();
  push_.finish(message(1, 1, "a"), noon).value();
  EXPECT_THAT(claim(noon), ElementsAre(2));
}

TEST_P(PushTest, ABrowserThatWantsNoMoreIsForgotten) {
  push_.add(browser(1, owner_, "https://a/1"), 9).value();
  push_.enqueue(message(1, 1, "a")).value();
  push_.remove(PushId{1}).value();
  push_.remove(PushId{1}).value();
  EXPECT_THAT(push_.all().value(), IsEmpty());
  EXPECT_THAT(claim(noon), IsEmpty());
}

}  // namespace
}  // namespace heliograph::catalog
