#include "server/catalog/upgrade.hpp"

#include "server/catalog/schema_text.hpp"
#include "server/catalog/test_support.hpp"

#include <fstream>
#include <iterator>
#include <regex>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::catalog {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAreArray;

TEST(Upgrades, AreChosenByWhatIsThere) {
  EXPECT_THAT(scripts_to_today({.has_tables = false, .version = {}}).value(),
              ElementsAre(schema_sql, telemetry_more_sql));
  EXPECT_THAT(scripts_to_today({.has_tables = true, .version = 1}).value(),
              ElementsAre(upgrade_v1_to_v2, upgrade_v2_to_v3, upgrade_v3_to_v4, upgrade_v4_to_v5,
                          upgrade_v5_to_v6, upgrade_v6_to_v7, upgrade_v7_to_v8, upgrade_v8_to_v9,
                          upgrade_v9_to_v10, upgrade_v10_to_v11, telemetry_more_sql));
  EXPECT_THAT(
      scripts_to_today({.has_tables = true, .version = 3}).value(),
      ElementsAre(upgrade_v3_to_v4, upgrade_v4_to_v5, upgrade_v5_to_v6, upgrade_v6_to_v7, upgrade_v7_to_v8,
                  upgrade_v8_to_v9, upgrade_v9_to_v10, upgrade_v10_to_v11, telemetry_more_sql));
  EXPECT_THAT(scripts_to_today({.has_tables = true, .version = schema_version_today}).value(),
              ElementsAre(telemetry_more_sql));
  EXPECT_THAT(
      scripts_to_today({.has_tables = true, .version = schema_version_today, .has_more_telemetry = true})
          .value(),
      IsEmpty());
  for (const FoundSchema& strange : {FoundSchema{.has_tables = true, .version = {}},  // somebody else's
                                     FoundSchema{.has_tables = true, .version = 0},
                                     FoundSchema{.has_tables = true, .version = schema_version_today + 1}}) {
    EXPECT_EQ(scripts_to_today(strange).error().kind, ErrorKind::unprocessable);
  }
}

class Schema : public OnEachEngine {
 protected:
  using Lines = std::vector<std::string>;

  // Makes the database as an old version would have left it.
  void make_old(std::int64_t version) {
    std::ifstream file(std::string(CATALOG_DIR) + "/upgrades/v" + std::to_string(version) + ".sql");
    const std::string schema(std::istreambuf_iterator<char>(file), {});
    ASSERT_FALSE(schema.empty());
    const auto db = connect_below();
    in_transaction(*db, [&] { return db->execute_script(schema); }).value();
  }

  // What an old database may hold, and every later version must keep.
  static void fill(Db& db) {
    in_transaction(db, [&]() -> Result<void> {
      for (const CameraId camera : {orchard.id, greenhouse.id}) {
        db.execute("INSERT INTO camera (id, name, folder, created_at, key_hash) VALUES ($1, $2, $2, $3, $4)",
                   {camera, "camera " + to_string(camera), noon, hash_of(to_string(camera))})
            .value();
      }
      for (std::int64_t id = 1; id <= 50; ++id) {
        const CameraId camera = id % 3 == 0 ? greenhouse.id : orchard.id;
        const Timestamp captured_at = id == 1 ? from_ms(-1) : noon + std::chrono::minutes(7 * id);
        db.execute(
              "INSERT INTO image (id, camera_id, captured_at, received_at, boot, sequence, sha256, "
              "size_bytes, width, "
              "height) VALUES ($1, $2, $3, $3, 'boot', $1, $4, 1, 1, 1)",
              {id, camera, captured_at, hash_of("x")})
            .value();
        db.execute("INSERT INTO telemetry (image_id, battery_mv) VALUES ($1, $1)", {id}).value();
        db.execute("INSERT INTO job (kind, image_id) VALUES ('thumbnail', $1)", {id}).value();
      }
      db.execute("INSERT INTO last_batch (image_id) VALUES ($1)", {50}).value();
      return {};
    }).value();
  }

  // What upgrades make of the rows, and servers since then while they write.
  void count(Catalog& catalog) {
    catalog.recount().value();
    connect_below()
        ->execute_script(
            "UPDATE camera SET plain_http = 1, accepted_at = (SELECT max(received_at) FROM image WHERE "
            "camera_id = camera.id)")
        .value();
  }

  // Everything that makes two databases different: their tables, columns, indexes and constraints.
  Lines structure() const {
    const auto db = connect_below();
    if (GetParam() == Engine::postgres) {
      return all(*db,
                 "SELECT concat_ws(' ', table_name, column_name, data_type, is_nullable, column_default, "
                 "is_identity)"
                 " FROM information_schema.columns WHERE table_schema = 'public' UNION ALL "
                 "SELECT concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(oid))"
                 " FROM pg_constraint WHERE connamespace = 'public'::regnamespace UNION ALL "
                 "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
                 {}, [](const Row& row) { return std::string(row.text(0)); })
          .value();
    }
    static const std::regex comment("--[^\n]*\n");
    static const std::regex space("\\s+");
    static const std::regex before_end(" (?=[,)])");  // as SQLite leaves it where it added a column
    return all(*db, "SELECT name || ': ' || COALESCE(sql, '') FROM sqlite_master", {},
               [](const Row& row) {
                 const std::string bare = std::regex_replace(std::string(row.text(0)), comment, "\n");
                 return std::regex_replace(std::regex_replace(bare, space, " "), before_end, "");
               })
        .value();
  }

  // Every row of every table.
  Lines rows() const {
    const auto db = connect_below();
    Lines lines;
    for (const std::string& table : db->tables().value()) {
      const auto columns =
          all(*db,
              GetParam() == Engine::postgres ? "SELECT CAST(column_name AS TEXT) FROM "
                                               "information_schema.columns WHERE table_name = $1 ORDER BY 1"
                                             : "SELECT name FROM pragma_table_info($1) ORDER BY 1",
              {table}, [](const Row& row) { return std::string(row.text(0)); })
              .value();
      std::string select = "SELECT ''";
      for (const std::string& column : columns) {
        select.append(" || ' ' || COALESCE(CAST(").append(column).append(" AS TEXT), 'NULL')");
      }
      select.append(" FROM ").append(table);
      db->query(select, {}, [&](const Row& row) {
          lines.push_back(table + std::string(row.text(0)));
        }).value();
    }
    return lines;
  }
};
HELIOGRAPH_ON_EACH_ENGINE(Schema);

TEST_P(Schema, IsTheSameUpgradedAsFresh) {
  connect();
  fill(*connect_below());
  Catalog fresh = connect();
  count(fresh);
  const Lines fresh_structure = structure();
  const Lines fresh_rows = rows();
  const auto fresh_histogram = fresh.histogram(std::nullopt).value();
  EXPECT_GT(fresh_histogram.size(), 5U);

  for (std::int64_t version = 1; version < schema_version_today; ++version) {
    SCOPED_TRACE(version);
    use_another_database();
    make_old(version);
    fill(*connect_below());
    EXPECT_THAT(structure(), testing::Not(UnorderedElementsAreArray(fresh_structure)));
    Catalog upgraded = connect();
    if (version >= 3) count(upgraded);  // from then on a server counted while it wrote, which fill() does not
    EXPECT_EQ(upgraded.histogram(std::nullopt).value(), fresh_histogram);
    EXPECT_THAT(structure(), UnorderedElementsAreArray(fresh_structure));
    EXPECT_THAT(rows(), UnorderedElementsAreArray(fresh_rows));
  }
}

TEST_P(Schema, IsUpgradedOnceByManyWhoOpenItAtOnce) {
  make_old(1);
  fill(*connect_below());
  std::vector<std::thread> openers;
  for (int i = 0; i < 4; ++i) {
    openers.emplace_back([this] {
      const auto opened = Catalog::open(options());
      EXPECT_TRUE(opened) << opened.error().detail;
    });
  }
  for (std::thread& opener : openers) opener.join();
  std::int64_t counted = 0;
  for (const HourCount& hour : connect().histogram(std::nullopt).value()) counted += hour.images;
  EXPECT_EQ(counted, 50);
}

TEST_P(Schema, IsLeftAsItWasWhenAnUpgradeFails) {
  make_old(1);
  fill(*connect_below());
  connect_below()->execute_script("CREATE TABLE hour_count (in_the_way BIGINT)").value();
  const Lines before = structure();
  EXPECT_EQ(Catalog::open(options()).error().kind, ErrorKind::internal);
  EXPECT_THAT(structure(), UnorderedElementsAreArray(before));
}

TEST_P(Schema, OfANewerVersionIsRefused) {
  connect();
  connect_below()->execute_script("UPDATE schema_version SET version = version + 1").value();
  const auto refused = Catalog::open(options());
  EXPECT_EQ(refused.error().kind, ErrorKind::unprocessable);
  EXPECT_THAT(refused.error().detail, HasSubstr("newer"));
}

TEST_P(Schema, OfAnotherProgramIsRefusedAndLeftAlone) {
  connect_below()->execute_script("CREATE TABLE customers (id BIGINT)").value();
  EXPECT_EQ(Catalog::open(options()).error().kind, ErrorKind::unprocessable);
  EXPECT_THAT(connect_below()->tables().value(), ElementsAre("customers"));
}

TEST_P(Schema, AnswersAPing) {
  EXPECT_TRUE(connect().ping());
}

}  // namespace
}  // namespace heliograph::catalog
