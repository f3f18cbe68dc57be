#include "server/catalog/snapshot.hpp"

#include "server/catalog/test_support.hpp"

#include <atomic>
#include <filesystem>
#include <string>
#include <thread>

#include <gtest/gtest.h>

namespace heliograph::catalog {
namespace {

namespace fs = std::filesystem;

class SnapshotTest : public testing::Test {
 protected:
  SnapshotTest() { add_cameras(catalog_); }

  Catalog open(const std::string& database) const {
    return Catalog::open({.database = database, .durability = Durability::at_sync}).value();
  }

  static std::int64_t faults_of(Catalog& catalog) {
    const Miscounts wrong = catalog.miscounts().value();
    return wrong.hours + wrong.cameras + std::ssize(catalog.check().value());
  }

  std::string path_ = fresh_database(Engine::sqlite);
  std::string into_ = path_ + ".copy";
  Catalog catalog_ = open(path_);
};

TEST_F(SnapshotTest, IsTheCatalogAsItWas) {
  add(catalog_, picture(1));
  ASSERT_TRUE(take_snapshot(path_, into_));
  add(catalog_, picture(2));
  EXPECT_FALSE(fs::exists(into_ + "-wal"));
  Catalog copy = open(into_);
  EXPECT_TRUE(copy.image(ImageId{1}));
  EXPECT_FALSE(copy.image(ImageId{2}));
  EXPECT_EQ(faults_of(copy), 0);
}

TEST_F(SnapshotTest, IsOfOneMomentWhileOthersWrite) {
  std::atomic<bool> enough{false};
  std::thread writer([&] {
    Catalog other = open(path_);
    for (std::int64_t id = 1; !enough; ++id) add(other, picture(id));
  });
  for (int round = 0; round < 5; ++round) {
    const std::string into = into_ + std::to_string(round);
    EXPECT_TRUE(take_snapshot(path_, into));
    // Rows and the counts of them are written together.
    Catalog copy = open(into);
    EXPECT_EQ(faults_of(copy), 0);
  }
  enough = true;
  writer.join();
}

TEST_F(SnapshotTest, OverwritesNothing) {
  ASSERT_TRUE(take_snapshot(path_, into_));
  EXPECT_EQ(take_snapshot(path_, into_).error().kind, ErrorKind::conflict);
  EXPECT_EQ(take_snapshot(path_, path_).error().kind, ErrorKind::conflict);
}

TEST_F(SnapshotTest, MakesNoCatalogWhereThereIsNone) {
  EXPECT_EQ(take_snapshot(path_ + ".no", into_).error().kind, ErrorKind::not_found);
  EXPECT_FALSE(fs::exists(path_ + ".no"));
  EXPECT_EQ(take_snapshot("postgresql:///x", into_).error().kind, ErrorKind::unsupported);
}

}  // namespace
}  // namespace heliograph::catalog
