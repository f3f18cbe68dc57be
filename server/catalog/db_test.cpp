#include "server/catalog/db.hpp"

#include "server/catalog/test_support.hpp"

#include <limits>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::catalog {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// What the catalog relies on, asked of the drivers themselves.
class Drivers : public OnEachEngine {
 protected:
  Drivers() {
    db_->execute_script("CREATE TABLE thing (n BIGINT PRIMARY KEY, text TEXT, bytes BYTEA)").value();
  }

  std::vector<std::int64_t> numbers() {
    return all(*db_, "SELECT n FROM thing ORDER BY n", {}, [](const Row& row) { return row.integer(0); })
        .value();
  }
  Result<std::int64_t> insert(std::int64_t n) {
    return db_->execute("INSERT INTO thing (n) VALUES ($1)", {n});
  }

  std::unique_ptr<Db> db_ = connect_below();
};
HELIOGRAPH_ON_EACH_ENGINE(Drivers);

TEST_P(Drivers, BindParametersByTheirNumberWhereverTheyStand) {
  insert(1).value();
  insert(2).value();
  const auto found = first(*db_, "SELECT n, CAST($2 AS BIGINT) FROM thing WHERE n > $1 AND n < $2 AND $1 < n",
                           {1, 3}, [](const Row& row) { return std::pair(row.integer(0), row.integer(1)); });
  EXPECT_EQ(found.value(), std::pair(std::int64_t{2}, std::int64_t{3}));
}

TEST_P(Drivers, GiveBackWhatTheyWereGiven) {
  struct Thing {
    std::int64_t n;
    std::optional<std::string> text;
    Sha256Digest bytes;
  };
  const std::vector<Thing> things{{std::numeric_limits<std::int64_t>::min(), std::nullopt, {}},
                                  {-1, "", hash_of("a")},
                                  {0, "it's \"ä\"; -- 猫", {0, 1, 0, 255}},
                                  {std::numeric_limits<std::int64_t>::max(), "x", hash_of("b")}};
  for (const Thing& thing : things) {
    db_->execute("INSERT INTO thing (n, text, bytes) VALUES ($1, $2, $3)", {thing.n, thing.text, thing.bytes})
        .value();
  }
  const auto found =
      all(*db_, "SELECT n, text, bytes FROM thing ORDER BY n", {}, [](const Row& row) {
        return Thing{row.integer(0), row.is_null(1) ? std::nullopt : std::optional(std::string(row.text(1))),
                     row.digest(2)};
      }).value();
  ASSERT_EQ(found.size(), things.size());
  for (std::size_t i = 0; i < things.size(); ++i) {
    EXPECT_EQ(found[i].n, things[i].n);
    EXPECT_EQ(found[i].text, things[i].text);
    EXPECT_EQ(found[i].bytes, things[i].bytes);
  }
}

TEST_P(Drivers, SayHowManyRowsChanged) {
  for (int n = 0; n < 3; ++n) EXPECT_EQ(insert(n).value(), 1);
  EXPECT_EQ(db_->execute("UPDATE thing SET text = 'x' WHERE n > $1", {0}).value(), 2);
  EXPECT_EQ(db_->execute("DELETE FROM thing WHERE n = $1", {99}).value(), 0);
}

TEST_P(Drivers, UndoATransactionThatFails) {
  const auto result = in_transaction(*db_, [&]() -> Result<void> {
    insert(1).value();
    const auto twice = insert(1);
    if (!twice) return twice.error();
    return {};
  });
  EXPECT_EQ(result.error().kind, ErrorKind::conflict);
  EXPECT_THAT(numbers(), IsEmpty());
  in_transaction(*db_, [&] { return insert(2); }).value();
  EXPECT_THAT(numbers(), ElementsAre(2));
}

TEST_P(Drivers, UndoATransactionThatThrows) {
  EXPECT_THROW(static_cast<void>(in_transaction(*db_,
                                                [&]() -> Result<void> {
                                                  insert(1).value();
                                                  throw std::runtime_error("a bug");
                                                })),
               std::runtime_error);
  EXPECT_THAT(numbers(), IsEmpty());
}

TEST_P(Drivers, ShowNobodyAnUnfinishedTransaction) {
  const auto other = connect_below();
  db_->begin().value();
  insert(1).value();
  EXPECT_EQ(
      first(*other, "SELECT count(*) FROM thing", {}, [](const Row& row) { return row.integer(0); }).value(),
      0);
  db_->commit().value();
  EXPECT_EQ(
      first(*other, "SELECT count(*) FROM thing", {}, [](const Row& row) { return row.integer(0); }).value(),
      1);
}

TEST_P(Drivers, CallABadStatementAFaultOfOurs) {
  EXPECT_EQ(db_->execute("SELEKT 1", {}).error().kind, ErrorKind::internal);
  EXPECT_EQ(db_->execute("UPDATE thing SET nothing = 1", {}).error().kind, ErrorKind::internal);
  EXPECT_EQ(db_->query("SELECT \"no such column\" FROM thing", {}, [](const Row&) {}).error().kind,
            ErrorKind::internal);
  EXPECT_EQ(db_->execute("DELETE FROM thing WHERE n = $1", {}).error().kind, ErrorKind::internal);
  EXPECT_EQ(insert(1).value(), 1);
}

TEST_P(Drivers, NameTheTables) {
  EXPECT_THAT(db_->tables().value(), ElementsAre("thing"));
}

}  // namespace
}  // namespace heliograph::catalog
