#include "server/base/worker.hpp"

#include <atomic>
#include <latch>
#include <memory>
#include <pthread.h>

#include <gtest/gtest.h>

namespace heliograph {
namespace {

// A task that holds its thread until it is let go.
struct Gate {
  std::latch entered{1};
  std::latch open{1};
  void operator()() {
    entered.count_down();
    open.wait();
  }
};

TEST(Worker, RunsTasksInOrder) {
  std::vector<int> order;
  Worker worker("test", 1, 100);
  for (int i = 0; i < 100; ++i) {
    while (!worker.post([&order, i] { order.push_back(i); })) std::this_thread::yield();
  }
  worker.stop();
  ASSERT_EQ(order.size(), 100U);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(order[static_cast<std::size_t>(i)], i);
}

TEST(Worker, RefusesBeyondItsBoundAndTakesAgainAfterwards) {
  Gate gate;
  std::atomic<int> ran = 0;
  Worker worker("test", 1, 2);
  ASSERT_TRUE(worker.post([&gate] { gate(); }));
  gate.entered.wait();  // it runs now, so it does not count as waiting
  EXPECT_TRUE(worker.post([&ran] { ++ran; }));
  EXPECT_TRUE(worker.post([&ran] { ++ran; }));
  EXPECT_FALSE(worker.post([&ran] { ++ran; }));
  gate.open.count_down();
  std::latch done(1);
  while (!worker.post([&done] { done.count_down(); })) std::this_thread::yield();
  done.wait();
  EXPECT_EQ(ran, 2);
}

TEST(Worker, StopRunsWhatIsQueuedAndRefusesTheRest) {
  Gate gate;
  std::atomic<int> ran = 0;
  Worker worker("test", 1, 10);
  ASSERT_TRUE(worker.post([&gate] { gate(); }));
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(worker.post([&ran] { ++ran; }));
  gate.open.count_down();
  worker.stop();
  EXPECT_EQ(ran, 5);
  EXPECT_FALSE(worker.post([&ran] { ++ran; }));
  worker.stop();
  EXPECT_EQ(ran, 5);
}

TEST(Worker, UsesAllItsThreads) {
  std::latch met(3);  // nobody passes unless three tasks run at once
  Worker worker("test", 3, 10);
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(worker.post([&met] { met.arrive_and_wait(); }));
  worker.stop();
  EXPECT_TRUE(met.try_wait());
}

TEST(Worker, FreesWhatATaskHeldAsSoonAsItRan) {
  auto held = std::make_shared<int>(7);
  const std::weak_ptr<int> watched = held;
  Worker worker("test", 1, 10);
  ASSERT_TRUE(worker.post([held = std::move(held)] {}));
  std::latch next(1);
  ASSERT_TRUE(worker.post([&next] { next.count_down(); }));
  next.wait();
  EXPECT_TRUE(watched.expired());
}

TEST(Worker, NamesItsThreads) {
  char name[16] = {};
  Worker worker("a name of more than fifteen characters", 1, 1);
  std::latch named(1);  // the name is given just after the thread began
  ASSERT_TRUE(worker.post([&] {
    named.wait();
    pthread_getname_np(pthread_self(), name, sizeof name);
  }));
  named.count_down();
  worker.stop();
  EXPECT_STREQ(name, "a name of more ");
}

}  // namespace
}  // namespace heliograph
