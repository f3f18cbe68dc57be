#include "server/catalog/sqlite_db.hpp"

#include "server/catalog/test_support.hpp"

#include <filesystem>
#include <fstream>
#include <sqlite3.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::catalog {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class Sqlite : public testing::Test {
 protected:
  OpenOptions options(bool checkpoints = false) const {
    return {.database = path_, .durability = Durability::at_sync, .checkpoints = checkpoints};
  }
  std::string path_ = fresh_database(Engine::sqlite);
};

TEST_F(Sqlite, RefusesAFileThatIsNoDatabase) {
  std::ofstream(path_) << "species,count\n" << std::string(4096, 'x');
  EXPECT_EQ(Catalog::open(options()).error().kind, ErrorKind::unprocessable);
}

TEST_F(Sqlite, TakesAnEmptyFileForANewDatabase) {
  std::ofstream(path_) << "";
  EXPECT_TRUE(Catalog::open(options()));
}

TEST_F(Sqlite, SaysWhichFileCannotBeOpened) {
  const auto refused =
      Catalog::open({.database = path_ + "/below/a-file", .durability = {}, .checkpoints = false});
  EXPECT_EQ(refused.error().kind, ErrorKind::unavailable);
  EXPECT_THAT(refused.error().detail, HasSubstr(path_));
}

TEST_F(Sqlite, SyncsAtCommitUnlessTheCallerSyncs) {
  const auto level = [&](Durability durability) {
    const auto db = open_sqlite({.database = path_, .durability = durability, .checkpoints = false}).value();
    EXPECT_EQ(db->durability(), durability);
    return first(*db, "PRAGMA synchronous", {}, [](const Row& row) { return row.integer(0); })
        .value()
        .value();
  };
  EXPECT_EQ(level(Durability::at_commit), 2);  // FULL
  EXPECT_EQ(level(Durability::at_sync), 1);    // NORMAL
}

// SQLite 3.40.1 can corrupt a file into which two connections move the log at once, so all but one must never
// do it.
TEST_F(Sqlite, LeavesTheLogAloneUnlessToldToMoveIt) {
  const auto log_size = [&] { return fs::exists(path_ + "-wal") ? fs::file_size(path_ + "-wal") : 0; };
  {
    Catalog catalog = Catalog::open(options()).value();
    add_cameras(catalog);
    for (std::int64_t id = 1; id <= 300; ++id) add(catalog, picture(id));
  }
  const auto left = log_size();
  EXPECT_GT(
      left,
      1000U * 4096U);  // more than SQLite's own default would have let it grow, and still there after the end
  {
    Catalog committer = Catalog::open(options(true)).value();
    add(committer, picture(301));
  }
  EXPECT_EQ(log_size(), 0U);
  Catalog again = Catalog::open(options()).value();
  EXPECT_EQ(again.histogram(std::nullopt).value(), (std::vector{pictures_in(noon, 301)}));
}

TEST_F(Sqlite, SurvivesAFullDisk) {
  const auto db = open_sqlite(options()).value();
  db->execute_script("CREATE TABLE thing (bytes BYTEA); PRAGMA max_page_count = 10").value();
  const auto fill = [&](int pages) {
    return in_transaction(*db, [&]() -> Result<void> {
      for (int page = 0; page < pages; ++page) {
        if (auto done = db->execute("INSERT INTO thing VALUES (zeroblob(4000))", {}); !done)
          return done.error();
      }
      return {};
    });
  };
  EXPECT_EQ(fill(20).error().kind, ErrorKind::storage_full);
  EXPECT_TRUE(fill(3));  // nothing of the above is there, and there is room for less
  EXPECT_EQ(
      first(*db, "SELECT count(*) FROM thing", {}, [](const Row& row) { return row.integer(0); }).value(), 3);
}

TEST_F(Sqlite, FindsADamagedFile) {
  {
    Catalog catalog = Catalog::open(options(true)).value();
    add_cameras(catalog);
    std::vector<NewImage> images;
    for (std::int64_t id = 1; id <= 1000; ++id) images.push_back(picture(id));
    catalog.add_images(images).value();
    EXPECT_THAT(catalog.check().value(), IsEmpty());
  }
  constexpr std::streamoff page = 4096;  // the first of them hold the schema; without it nothing opens
  const auto pages = static_cast<std::streamoff>(std::filesystem::file_size(path_)) / page;
  std::fstream file(path_, std::ios::in | std::ios::out | std::ios::binary);
  for (std::streamoff damaged = pages - 40; damaged < pages - 20; ++damaged) {
    file.seekp(damaged * page + 100);
    file << std::string(2000, '\x5a');
  }
  file.close();
  Catalog catalog = Catalog::open(options()).value();
  EXPECT_THAT(catalog.check().value(), Not(IsEmpty()));
}

TEST_F(Sqlite, FindsRowsThatBelongToNothing) {
  Catalog catalog = Catalog::open(options()).value();
  const auto db = open_sqlite(options()).value();
  db->execute_script("PRAGMA foreign_keys = OFF; INSERT INTO last_batch (image_id) VALUES (7)").value();
  EXPECT_THAT(catalog.check().value(), testing::ElementsAre(HasSubstr("last_batch")));
}

TEST_F(Sqlite, LetsManyOpenANewFileAtOnce) {
  std::vector<std::thread> openers;
  for (int i = 0; i < 8; ++i) {
    openers.emplace_back([this] {
      const auto opened = Catalog::open(options());
      EXPECT_TRUE(opened) << opened.error().detail;
    });
  }
  for (std::thread& opener : openers) opener.join();
}

// File locks tell processes apart, not threads: so this is tested with processes.
TEST_F(Sqlite, LetsSeveralProcessesWriteAtOnce) {
  constexpr int processes = 3;
  constexpr int pictures_each = 100;
  {
    Catalog catalog = Catalog::open(options()).value();
    add_cameras(catalog);
  }
  std::vector<pid_t> children;
  for (int process = 0; process < processes; ++process) {
    const pid_t child = fork();
    if (child == 0) {
      auto catalog = Catalog::open(options(process == 0));
      bool good = catalog.has_value();
      for (int n = 1; good && n <= pictures_each; ++n) {
        const NewImage image = named_picture(process * 1000 + n, "boot " + std::to_string(process), n);
        good = catalog->add_images({&image, 1}).has_value();
      }
      _exit(good ? 0 : 1);
    }
    children.push_back(child);
  }
  for (const pid_t child : children) {
    int status = -1;
    waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
  }
  Catalog catalog = Catalog::open(options(true)).value();
  EXPECT_EQ(catalog.cameras().value()[1].image_count, processes * pictures_each);
  EXPECT_THAT(catalog.check().value(), IsEmpty());
}

TEST(SqliteErrors, SayWhatTheCallerCanDo) {
  struct Case {
    int code;
    ErrorKind kind;
  };
  for (const Case& c :
       {Case{SQLITE_BUSY, ErrorKind::unavailable}, Case{SQLITE_BUSY_SNAPSHOT, ErrorKind::unavailable},
        Case{SQLITE_IOERR_FSYNC, ErrorKind::unavailable}, Case{SQLITE_FULL, ErrorKind::storage_full},
        Case{SQLITE_NOTADB, ErrorKind::unprocessable}, Case{SQLITE_CORRUPT_INDEX, ErrorKind::data_lost},
        Case{SQLITE_CONSTRAINT_UNIQUE, ErrorKind::conflict},
        Case{SQLITE_CONSTRAINT_PRIMARYKEY, ErrorKind::conflict},
        Case{SQLITE_CONSTRAINT_CHECK, ErrorKind::internal}, Case{SQLITE_ERROR, ErrorKind::internal}}) {
    EXPECT_EQ(kind_of_sqlite_code(c.code), c.kind) << c.code;
  }
}

}  // namespace
}  // namespace heliograph::catalog
