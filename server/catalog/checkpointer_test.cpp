#include "server/catalog/checkpointer.hpp"

#include "server/catalog/sqlite_db.hpp"
#include "server/catalog/test_support.hpp"

#include <atomic>
#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>

#include <gtest/gtest.h>

namespace heliograph::catalog {
namespace {

namespace fs = std::filesystem;

TEST(DueCheckpoint, MovesWhatIsNewAndMakesWritersWaitOnlyForALogThatIsTooLong) {
  struct Case {
    std::int64_t pages, looked_at;
    std::optional<Checkpoint> due;
  };
  for (const Case& c : {
           Case{0, 0, std::nullopt},
           Case{pages_to_move - 1, 0, std::nullopt},
           Case{pages_to_move, 0, Checkpoint::beside_writers},
           Case{pages_to_move + 10, pages_to_move, std::nullopt},
           Case{2 * pages_to_move, pages_to_move, Checkpoint::beside_writers},
           Case{longest_log_pages - 1, 0, Checkpoint::beside_writers},
           Case{longest_log_pages, longest_log_pages - pages_to_move, Checkpoint::before_writers},
           Case{longest_log_pages + 10, longest_log_pages, std::nullopt},
       }) {
    EXPECT_EQ(due_checkpoint(c.pages, c.looked_at), c.due) << c.pages << " after " << c.looked_at;
  }
}

class CheckpointerTest : public testing::Test {
 protected:
  std::uintmax_t log_size() const { return fs::exists(path_ + "-wal") ? fs::file_size(path_ + "-wal") : 0; }

  Catalog one_that_checkpoints() {
    return Catalog::open({.database = path_, .durability = Durability::at_sync, .checkpoints = true}).value();
  }
  std::unique_ptr<Db> writer(std::function<void(std::int64_t)> log_grew = {}) {
    auto db = open_sqlite({path_, Durability::at_sync, false, std::move(log_grew)}).value();
    db->execute_script("CREATE TABLE IF NOT EXISTS thing (bytes BYTEA)").value();
    return db;
  }
  // About that many pages of the log.
  static void write(Db& db, std::int64_t pages) {
    db.execute("INSERT INTO thing VALUES (zeroblob($1))", {pages * 4096}).value();
  }

  std::string path_ = fresh_database(Engine::sqlite);
  Log log_{LogFormat::text, LogLevel::error};
};

TEST_F(CheckpointerTest, BeginsTheLogAnewWhenItHasGrown) {
  Checkpointer checkpointer(one_that_checkpoints(), log_);
  std::atomic<std::int64_t> told{0};
  const auto db = writer([&](std::int64_t pages) {
    told = pages;
    checkpointer.log_grew(pages);
  });
  write(*db, pages_to_move);
  EXPECT_GE(told, pages_to_move);
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (told >= pages_to_move && std::chrono::steady_clock::now() < deadline) {
    // Between two writes the checkpointer needs a moment in which nobody writes.
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    write(*db, 1);
  }
  EXPECT_LT(told, 100) << "a log that was moved is written from its beginning again";
}

TEST_F(CheckpointerTest, GivesTheLogsPlaceBackWhenWritersHaveToWait) {
  Catalog checkpoints = one_that_checkpoints();
  const auto db = writer();
  write(*db, 100);
  ASSERT_TRUE(checkpoints.checkpoint(Checkpoint::beside_writers));
  EXPECT_GE(log_size(), 100U * 4096);
  ASSERT_TRUE(checkpoints.checkpoint(Checkpoint::before_writers));
  EXPECT_EQ(log_size(), 0U);
}

TEST_F(CheckpointerTest, LeavesTheLogToALongReader) {
  Catalog checkpoints = one_that_checkpoints();
  const auto db = writer();
  const auto reader = writer();
  const auto count = [&] {
    return first(*reader, "SELECT count(*) FROM thing", {}, [](const Row& row) { return row.integer(0); })
        .value();
  };
  write(*db, 10);
  {
    reader->execute_script("BEGIN").value();
    ASSERT_EQ(count(), 1);
    write(*db, 10);
    EXPECT_TRUE(checkpoints.checkpoint(Checkpoint::before_writers));
    EXPECT_GT(log_size(), 0U);
    EXPECT_EQ(count(), 1) << "it sees what it saw";
    reader->execute_script("COMMIT").value();
  }
  write(*db, 10);
  EXPECT_EQ(count(), 3);
  ASSERT_TRUE(checkpoints.checkpoint(Checkpoint::before_writers));
  EXPECT_EQ(log_size(), 0U);
}

}  // namespace
}  // namespace heliograph::catalog
