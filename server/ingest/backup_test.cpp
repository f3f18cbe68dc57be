#include "server/ingest/backup.hpp"

#include "server/ingest/ingest_fixture.hpp"
#include "tests/support/temporary_directory.hpp"

#include <algorithm>

namespace heliograph::ingest {
namespace {

namespace fs = std::filesystem;

class Backup : public IngestFixture {
 protected:
  Result<BackupReport> back_up(const std::function<bool(const FsckProgress&)>& on_progress = never_ends) {
    const auto to = store::ImageStore::open(elsewhere_).value();
    return ingest::back_up((directory_ / "c.sqlite").string(), *store_, *to, on_progress);
  }

  // What fsck says of the copy, as of any data directory.
  FsckReport check_copy() {
    const auto store = store::ImageStore::open(elsewhere_).value();
    auto catalog = catalog::Catalog::open(
                       {(elsewhere_ / "heliograph.sqlite").string(), catalog::Durability::at_sync, true})
                       .value();
    return fsck(*store, catalog, ids_, clock_, {}).value();
  }

  static bool never_ends(const FsckProgress&) { return true; }

  TemporaryDirectory there_;
  const fs::path elsewhere_ = there_.path();
};

TEST_F(Backup, IsAWholeDataDirectory) {
  const auto ingestor = start();
  const auto first = send(*ingestor, upload(), fixtures::make_jpeg({.seed = 1})).value();
  static_cast<void>(send(*ingestor, upload(), fixtures::Bytes{'n', 'o', 'n', 'e'}));
  ingestor->stop();
  const auto report = back_up().value();
  EXPECT_EQ(report.images, 1);
  EXPECT_EQ(report.copied, 1);
  EXPECT_EQ(report.refused, 1);
  EXPECT_FALSE(report.stopped);
  EXPECT_TRUE(check_copy().findings.empty());
  const std::string key = store::image_key(camera_.folder, {first.captured_at, first.id});
  EXPECT_EQ(fs::file_size(elsewhere_ / key), fs::file_size(directory_ / key));
}

TEST_F(Backup, CopiesOnlyWhatIsNew) {
  const auto ingestor = start();
  static_cast<void>(send(*ingestor, upload(), fixtures::make_jpeg({.seed = 1})).value());
  EXPECT_EQ(back_up().value().copied, 1);
  static_cast<void>(send(*ingestor, upload(), fixtures::make_jpeg({.seed = 2})).value());
  const auto report = back_up().value();
  EXPECT_EQ(report.images, 2);
  EXPECT_EQ(report.copied, 1);
  EXPECT_TRUE(check_copy().findings.empty());
}

TEST_F(Backup, CopiesAnewWhatAnInterruptedOneHasCutOff) {
  const auto ingestor = start();
  const auto receipt = send(*ingestor, upload(), fixtures::make_jpeg({.seed = 1})).value();
  EXPECT_TRUE(back_up([](const FsckProgress&) { return false; }).value().stopped);
  EXPECT_FALSE(fs::exists(elsewhere_ / "heliograph.sqlite"));
  const fs::path file = elsewhere_ / store::image_key(camera_.folder, {receipt.captured_at, receipt.id});
  fs::resize_file(file, fs::file_size(file) / 2);
  EXPECT_EQ(back_up().value().copied, 1);
  EXPECT_TRUE(check_copy().findings.empty());
}

TEST_F(Backup, KnowsNothingOfAPictureThatWentMeanwhile) {
  const auto ingestor = start();
  const auto receipt = send(*ingestor, upload(), fixtures::make_jpeg({.seed = 1})).value();
  static_cast<void>(send(*ingestor, upload(), fixtures::make_jpeg({.seed = 2})).value());
  ASSERT_TRUE(store_->remove(store::image_key(camera_.folder, {receipt.captured_at, receipt.id})));
  const auto report = back_up().value();
  EXPECT_EQ(report.images, 1);
  EXPECT_EQ(report.gone, 1);
  EXPECT_TRUE(check_copy().findings.empty());
}

}  // namespace
}  // namespace heliograph::ingest
