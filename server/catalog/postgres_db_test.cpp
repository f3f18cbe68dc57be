#include "server/catalog/postgres_db.hpp"

#include "server/catalog/test_support.hpp"

#include <chrono>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::catalog {
namespace {

using namespace std::chrono_literals;

class Postgres : public testing::Test {
 protected:
  static Result<void> sleep(Db& db) {
    return db.query("SELECT CAST(pg_sleep(20) AS TEXT)", {}, [](const Row&) {});
  }
  std::string address_ = fresh_database(Engine::postgres);
};

TEST_F(Postgres, ComesBackWhenTheServerDoes) {
  Catalog catalog = Catalog::open({.database = address_, .durability = {}, .checkpoints = false}).value();
  add_cameras(catalog);
  restart_postgres();
  EXPECT_EQ(catalog.camera_by_name(orchard.name).value(), orchard);  // a statement that was prepared before
  restart_postgres();
  EXPECT_EQ(add(catalog, picture(1)).outcome, Added::stored);
  restart_postgres();
  EXPECT_TRUE(catalog.ping());
}

TEST_F(Postgres, DoesNotGoOnWithATransactionThatWasCutInTwo) {
  const auto db = open_postgres(address_).value();
  db->execute_script("CREATE TABLE thing (n BIGINT)").value();
  const auto result = in_transaction(*db, [&]() -> Result<std::int64_t> {
    db->execute("INSERT INTO thing VALUES ($1)", {1}).value();
    restart_postgres();
    return db->execute("INSERT INTO thing VALUES ($1)", {2});
  });
  EXPECT_EQ(result.error().kind, ErrorKind::unavailable);
  EXPECT_EQ(
      first(*db, "SELECT count(*) FROM thing", {}, [](const Row& row) { return row.integer(0); }).value(), 0);
}

TEST_F(Postgres, IsNotWaitedForLongerThanAStatementMayTake) {
  const auto db = open_postgres(address_, {.statement = 100ms}).value();
  EXPECT_EQ(sleep(*db).error().kind, ErrorKind::unavailable);
  EXPECT_TRUE(db->tables());
}

TEST_F(Postgres, IsLeftWhenItDoesNotAnswer) {
  // It is told, behind our back, to take its time: so nothing ends the statement at its side.
  const auto db =
      open_postgres(address_ + "&options=-c%20statement_timeout%3D0", {.statement = 100ms, .silence = 100ms})
          .value();
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(sleep(*db).error().kind, ErrorKind::unavailable);
  EXPECT_LT(std::chrono::steady_clock::now() - start, 5s);
  EXPECT_TRUE(db->tables());  // over a new connection
}

TEST_F(Postgres, LetsAnExclusiveTransactionTakeItsTime) {
  const auto db = open_postgres(address_, {.statement = 100ms, .silence = 100ms}).value();
  const auto slept = in_exclusive_transaction(
      *db, [&] { return db->query("SELECT CAST(pg_sleep(0.5) AS TEXT)", {}, [](const Row&) {}); });
  EXPECT_TRUE(slept);
  EXPECT_EQ(sleep(*db).error().kind, ErrorKind::unavailable);  // and nothing after it
}

TEST_F(Postgres, SaysWhenItCannotBeReached) {
  const auto nowhere = Catalog::open(
      {.database = "postgresql:///x?host=/nonexistent&user=nobody", .durability = {}, .checkpoints = false});
  EXPECT_EQ(nowhere.error().kind, ErrorKind::unavailable);
  const auto no_database =
      Catalog::open({.database = address_ + "&dbname=nothing", .durability = {}, .checkpoints = {}});
  EXPECT_EQ(no_database.error().kind, ErrorKind::unavailable);
}

TEST_F(Postgres, MakesEachCommitDurableByItself) {
  const auto db =
      Catalog::open({.database = address_, .durability = Durability::at_sync, .checkpoints = {}}).value();
  EXPECT_EQ(db.durability(), Durability::at_commit);
}

TEST(PostgresErrors, SayWhatTheCallerCanDo) {
  struct Case {
    std::string_view sqlstate;
    ErrorKind kind;
  };
  for (const Case& c : {Case{"08006", ErrorKind::unavailable}, Case{"57P01", ErrorKind::unavailable},
                        Case{"57014", ErrorKind::unavailable}, Case{"08P01", ErrorKind::internal},
                        Case{"40P01", ErrorKind::unavailable}, Case{"53300", ErrorKind::unavailable},
                        Case{"53100", ErrorKind::storage_full}, Case{"23505", ErrorKind::conflict},
                        Case{"23514", ErrorKind::internal}, Case{"42601", ErrorKind::internal},
                        Case{"XX001", ErrorKind::data_lost}}) {
    EXPECT_EQ(kind_of_sqlstate(c.sqlstate), c.kind) << c.sqlstate;
  }
}

}  // namespace
}  // namespace heliograph::catalog
