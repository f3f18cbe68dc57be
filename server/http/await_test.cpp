#include "server/http/await.hpp"

#include <future>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <gmock/gmock.h>

namespace heliograph::http {
namespace {

using namespace std::chrono_literals;

// Runs a coroutine to its end on this thread.
template <class T>
T run(Task<T> task) {
  boost::asio::io_context io{1};
  std::future<T> result = boost::asio::co_spawn(io, std::move(task), boost::asio::use_future);
  io.run();
  return result.get();
}

Task<bool> wait_at(std::shared_ptr<Gate> gate, std::chrono::milliseconds limit) {
  co_return co_await gate->wait(limit);
}

TEST(Gate, LetsThroughAtOnceWhenOpen) {
  auto gate = std::make_shared<Gate>();
  gate->open();
  gate->open();
  EXPECT_TRUE(run(wait_at(gate, 0ms)));
}

TEST(Gate, GivesUpAfterTheLimit) {
  EXPECT_FALSE(run(wait_at(std::make_shared<Gate>(), 1ms)));
}

TEST(Gate, IsOpenedByAnyThread) {
  for (int i = 0; i < 1000; ++i) {
    auto gate = std::make_shared<Gate>();
    std::thread opener([gate] { gate->open(); });
    EXPECT_TRUE(run(wait_at(gate, 10s)));
    opener.join();
  }
}

TEST(Gate, MayBeOpenedAfterEverybodyLeft) {
  auto gate = std::make_shared<Gate>();
  EXPECT_FALSE(run(wait_at(gate, 1ms)));
  gate->open();  // its executor is gone: there is nobody to tell
  EXPECT_TRUE(run(wait_at(gate, 0ms)));
}

TEST(RunOn, BringsTheResultBack) {
  Worker worker("test", 1, 4);
  EXPECT_EQ(*run(run_on<int>(worker, 10s, [] { return Result<int>(42); })), 42);
  const auto failed =
      run(run_on<int>(worker, 10s, [] { return Result<int>(Error{ErrorKind::conflict, "no"}); }));
  EXPECT_EQ(failed.error().kind, ErrorKind::conflict);
  EXPECT_TRUE(run(run_on<void>(worker, 10s, [] { return Result<void>(); })));
}

TEST(RunOn, ThrowsWhatTheWorkThrew) {
  Worker worker("test", 1, 4);
  const std::function<Result<int>()> work = []() -> Result<int> { throw std::out_of_range("a bug"); };
  EXPECT_THROW(run(run_on<int>(worker, 10s, work)), std::out_of_range);
}

TEST(RunOn, DoesNotWaitForEver) {
  std::promise<void> begun;
  std::promise<void> finish;
  Worker worker("test", 1, 1);
  const std::function<Result<void>()> work = [&] {
    begun.set_value();
    finish.get_future().wait();
    return Result<void>();
  };
  EXPECT_EQ(run(run_on<void>(worker, 1ms, work)).error().kind, ErrorKind::unavailable) << "too slow";
  begun.get_future().wait();  // until then it is what fills the queue
  EXPECT_TRUE(worker.post([] {}));
  EXPECT_EQ(run(run_on<void>(worker, 10s, work)).error().kind, ErrorKind::unavailable) << "the queue is full";
  finish.set_value();
}

}  // namespace
}  // namespace heliograph::http
