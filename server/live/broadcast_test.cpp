#include "server/live/broadcast.hpp"

#include <optional>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::live {
namespace {

using testing::ElementsAre;

// Everything there is for a reader, as a person would note it down.
template <class Reader>
std::vector<std::string> drain(Reader& reader) {
  std::vector<std::string> seen;
  for (;;) {
    const auto next = reader.next();
    if (std::holds_alternative<Nothing>(next)) return seen;
    if (const auto* skipped = std::get_if<Skipped>(&next)) {
      seen.push_back("skipped " + std::to_string(skipped->count));
    } else {
      seen.push_back(*std::get<std::shared_ptr<const std::string>>(next));
    }
  }
}

TEST(Broadcast, GivesEveryReaderEveryItemFromItsBeginning) {
  Broadcast<std::string> changes(4);
  changes.publish("before anyone");
  auto early = changes.subscribe();
  changes.publish("a");
  auto late = changes.subscribe();
  changes.publish("b");
  EXPECT_THAT(drain(early), ElementsAre("a", "b"));
  EXPECT_THAT(drain(late), ElementsAre("b"));
  EXPECT_THAT(drain(early), ElementsAre());
}

TEST(Broadcast, TellsASlowReaderWhatItMissedAndGoesOn) {
  Broadcast<std::string> changes(3);
  auto slow = changes.subscribe();
  auto quick = changes.subscribe();
  for (const char* item : {"a", "b", "c"}) changes.publish(item);
  EXPECT_THAT(drain(quick), ElementsAre("a", "b", "c"));
  for (const char* item : {"d", "e"}) changes.publish(item);
  EXPECT_THAT(drain(slow), ElementsAre("skipped 2", "c", "d", "e"));
  EXPECT_THAT(drain(quick), ElementsAre("d", "e"));
}

TEST(Broadcast, CountsWhatIsMissedBetweenTheReportAndTheNextItem) {
  Broadcast<std::string> changes(1);
  auto reader = changes.subscribe();
  changes.publish("a");
  changes.publish("b");
  EXPECT_EQ(std::get<Skipped>(reader.next()), Skipped{1});
  changes.publish("c");
  EXPECT_EQ(std::get<Skipped>(reader.next()), Skipped{1});
  EXPECT_THAT(drain(reader), ElementsAre("c"));
}

TEST(Broadcast, SharesItemsAndForgetsThem) {
  Broadcast<std::string> changes(1);
  auto one = changes.subscribe();
  auto other = changes.subscribe();
  changes.publish("a");
  using Item = std::shared_ptr<const std::string>;
  std::weak_ptr<const std::string> item;
  {
    const auto first = std::get<Item>(one.next());
    item = first;
    EXPECT_EQ(first, std::get<Item>(other.next()));
  }
  EXPECT_FALSE(item.expired());
  changes.publish("b");
  EXPECT_TRUE(item.expired());
}

TEST(Broadcast, TakesItemsThatCanOnlyBeMoved) {
  Broadcast<std::unique_ptr<int>> frames(2);
  auto reader = frames.subscribe();
  frames.publish(std::make_unique<int>(7));
  EXPECT_EQ(**std::get<std::shared_ptr<const std::unique_ptr<int>>>(reader.next()), 7);
}

TEST(Subscription, CallsReadyOnceForEachAsking) {
  Broadcast<std::string> changes(4);
  auto reader = changes.subscribe();
  int calls = 0;
  reader.on_publish([&calls] { ++calls; });
  EXPECT_EQ(calls, 0);
  changes.publish("a");
  changes.publish("b");
  EXPECT_EQ(calls, 1);
  reader.on_publish([&calls] { ++calls; });
  changes.publish("c");
  EXPECT_EQ(calls, 2);
}

TEST(Subscription, ReplacesAndTakesBackReady) {
  Broadcast<std::string> changes(4);
  auto reader = changes.subscribe();
  std::string called;
  reader.on_publish([&called] { called += "first "; });
  reader.on_publish([&called] { called += "second "; });
  changes.publish("a");
  reader.on_publish([&called] { called += "third "; });
  reader.on_publish({});
  changes.publish("b");
  EXPECT_EQ(called, "second ");
}

TEST(Subscription, MayAskAgainFromWithinReady) {
  Broadcast<std::string> changes(4);
  auto reader = changes.subscribe();
  int calls = 0;
  std::function<void()> again = [&] {
    ++calls;
    reader.on_publish(again);
  };
  reader.on_publish(again);
  changes.publish("a");
  EXPECT_EQ(calls, 1);
  changes.publish("b");
  EXPECT_EQ(calls, 2);
}

TEST(Subscription, SeesTheNewItemWhenItIsCalled) {
  Broadcast<std::string> changes(4);
  auto reader = changes.subscribe();
  std::vector<std::string> seen;
  reader.on_publish([&] { seen = drain(reader); });
  changes.publish("a");
  EXPECT_THAT(seen, ElementsAre("a"));
}

TEST(Subscription, EndsInAnyOrder) {
  Broadcast<std::string> changes(4);
  std::string called;
  std::vector<std::optional<Subscription<std::string>>> readers;
  readers.reserve(4);
  for (int i = 0; i < 4; ++i) readers.emplace_back(changes.subscribe());
  for (const std::size_t leaving : {1U, 3U, 0U, 2U}) {
    called.clear();
    for (auto& reader : readers) {
      if (reader) reader->on_publish([&called] { called += '.'; });
    }
    changes.publish("a");
    EXPECT_EQ(called.size(), changes.readers());
    readers[leaving].reset();
  }
  EXPECT_EQ(changes.readers(), 0U);
  changes.publish("nobody reads");
}

TEST(Subscription, KeepsItsPlaceWhenItIsMoved) {
  Broadcast<std::string> changes(4);
  auto first = std::make_unique<Subscription<std::string>>(changes.subscribe());
  int calls = 0;
  first->on_publish([&calls] { ++calls; });
  changes.publish("a");
  changes.publish("b");
  ASSERT_TRUE(std::holds_alternative<std::shared_ptr<const std::string>>(first->next()));
  first->on_publish([&calls] { ++calls; });
  Subscription<std::string> second(std::move(*first));
  EXPECT_EQ(changes.readers(), 1U);
  first.reset();
  EXPECT_EQ(changes.readers(), 1U);
  changes.publish("c");
  EXPECT_EQ(calls, 2);
  EXPECT_THAT(drain(second), ElementsAre("b", "c"));
}

}  // namespace
}  // namespace heliograph::live
