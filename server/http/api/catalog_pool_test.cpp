#include "server/http/api/catalog_pool.hpp"

#include "tests/support/catalog_fixture.hpp"
#include "tests/support/faulty_disk.hpp"

#include <cerrno>
#include <future>
#include <sqlite3.h>
#include <stdexcept>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <gmock/gmock.h>

namespace heliograph::http {
namespace {

using catalog::Catalog;
using Question = std::function<Result<void>(Catalog&)>;
using Answer = std::future<Result<void>>;

constexpr Timestamp noon = from_ms(1'795'348'800'000);

// `catalog_` is another connection than the pool's: it sees what is kept.
struct Changes : OnACatalog {
  fixtures::FaultyDisk disk{directory_.path()};
  CatalogPool pool = CatalogPool([this] {
    std::vector<Catalog> one;
    one.push_back(
        Catalog::open({(directory_.path() / "c.sqlite").string(), catalog::Durability::at_commit}).value());
    return one;
  }());

  static Question add(int number) {
    return [number](Catalog& catalog) {
      const std::string name = "camera-" + std::to_string(number);
      return catalog.add_camera({CameraId{number}, name, name, noon}, sha256(name));
    };
  }
  bool is_kept(int number) { return catalog_->camera_by_id(CameraId{number}).has_value(); }

  // All wait before the first of them is asked.
  std::vector<Answer> ask_at_once(std::vector<Question> questions) {
    std::promise<void> all_wait;
    pool.post([waited = all_wait.get_future().share()](Catalog&) { waited.wait(); });
    boost::asio::io_context io{1};
    std::vector<Answer> answers;
    answers.reserve(questions.size());
    for (Question& question : questions) {
      answers.push_back(co_spawn(io, pool.change<void>(std::move(question)), boost::asio::use_future));
    }
    io.poll();
    all_wait.set_value();
    io.run();
    return answers;
  }
};

TEST_F(Changes, ThatWaitTogetherAreKeptByOneFlush) {
  constexpr int most = max_changes_at_once;
  std::map<int, int> seen_meanwhile;
  std::vector<Question> questions;
  for (int number = 1; number <= most + 1; ++number) {
    questions.emplace_back([this, number, &seen_meanwhile](Catalog& catalog) {
      for (int before = 1; before < number; ++before) seen_meanwhile[number] += is_kept(before) ? 1 : 0;
      return add(number)(catalog);
    });
  }
  for (Answer& answer : ask_at_once(std::move(questions))) EXPECT_TRUE(answer.get());
  for (int number = 1; number <= most; ++number) EXPECT_EQ(seen_meanwhile[number], 0) << number;
  EXPECT_EQ(seen_meanwhile[most + 1], most) << "readers wait for no more than these";
  EXPECT_TRUE(is_kept(most + 1));
}

TEST_F(Changes, ThatFailTakeNoOthersAlong) {
  const Question fails_halfway = [](Catalog& catalog) -> Result<void> {
    if (auto added = add(2)(catalog); !added) return added;
    return add(1)(catalog);  // it is there
  };
  const Question throws = [](Catalog&) -> Result<void> { throw std::logic_error("a bug"); };
  auto answers = ask_at_once({add(1), fails_halfway, throws, add(3)});
  EXPECT_TRUE(answers[0].get());
  EXPECT_EQ(answers[1].get().error().kind, ErrorKind::conflict);
  EXPECT_THROW(answers[2].get(), std::logic_error);
  EXPECT_TRUE(answers[3].get());
  EXPECT_TRUE(is_kept(1) && is_kept(3));
}

TEST_F(Changes, AreNotSaidToBeKeptWhenTheDiskSaysNo) {
  const Question last = [this](Catalog& catalog) {
    auto added = add(2)(catalog);
    disk.fail_at(0, EIO, /*for_ever=*/false);  // what comes next is the flush
    return added;
  };
  auto answers = ask_at_once({add(1), add(1), last});
  EXPECT_EQ(answers[0].get().error().kind, ErrorKind::unavailable);
  EXPECT_EQ(answers[1].get().error().kind, ErrorKind::conflict) << "it would not have been kept anyway";
  EXPECT_EQ(answers[2].get().error().kind, ErrorKind::unavailable);
  EXPECT_FALSE(is_kept(1) || is_kept(2));
  EXPECT_TRUE(ask_at_once({add(1)})[0].get()) << "and the next one is";
  EXPECT_TRUE(is_kept(1));
}

TEST_F(Changes, AreAnsweredWhenTheyCannotEvenBegin) {
  sqlite3_hard_heap_limit64(1);
  auto answers = ask_at_once({add(1), add(2)});
  sqlite3_hard_heap_limit64(0);
  for (Answer& answer : answers) EXPECT_EQ(answer.get().error().kind, ErrorKind::unavailable);
  EXPECT_TRUE(ask_at_once({add(1)})[0].get());
}

}  // namespace
}  // namespace heliograph::http
