#include "server/ingest/fsck.hpp"

#include "server/catalog/db.hpp"
#include "server/catalog/sqlite_db.hpp"
#include "server/ingest/ingest_fixture.hpp"

#include <fstream>

#include <gmock/gmock.h>

namespace heliograph::ingest {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class FsckTest : public IngestFixture {
 protected:
  void SetUp() override {
    IngestFixture::SetUp();
    auto ingestor = start();
    for (std::uint32_t seed = 1; seed <= 3; ++seed) {
      stored_.push_back(
          send(*ingestor, upload(), fixtures::make_jpeg({.width = 64, .height = 48, .seed = seed})).value());
    }
  }

  FsckReport fsck(const FsckOptions& options = {}) {
    return ingest::fsck(*store_, *catalog_, ids_, clock_, options).value();
  }
  static std::vector<Fault> faults(const FsckReport& report) {
    std::vector<Fault> faults;
    for (const Finding& finding : report.findings) faults.push_back(finding.fault);
    return faults;
  }
  void execute(std::string_view sql) const {
    catalog::open_sqlite({(directory_ / "c.sqlite").string(), catalog::Durability::at_commit, true})
        .value()
        ->execute_script(sql)
        .value();
  }
  std::filesystem::path path_of(const Receipt& receipt) const {
    return store_->path_of(store::image_key(camera_.folder, {receipt.captured_at, receipt.id}));
  }
  void flip_a_byte(const Receipt& receipt) const {
    std::fstream file(path_of(receipt), std::ios::in | std::ios::out | std::ios::binary);
    file.seekg(300);
    const int byte = file.get();
    file.seekp(300).put(static_cast<char>(byte ^ 1));
  }

  std::vector<Receipt> stored_;
};

TEST_F(FsckTest, FindsNothingWhereNothingIsWrong) {
  const auto report = fsck();
  EXPECT_THAT(report.findings, IsEmpty());
  EXPECT_EQ(report.images_checked, 3);
}

TEST_F(FsckTest, FindsRefusedBytesWithoutARow) {
  const store::QuarantineName rowless{clock_.now(), ids_.next<QuarantineId>()};
  ASSERT_TRUE(
      store_->replace(store::quarantine_key("a-folder-of-nobody", rowless), fixtures::make_noise(500, 3)));
  EXPECT_THAT(faults(fsck()), ElementsAre(Fault::quarantine_wrong));
  EXPECT_THAT(faults(fsck({.repair = true})), ElementsAre(Fault::quarantine_wrong));
  EXPECT_THAT(fsck().findings, IsEmpty());
  EXPECT_TRUE(catalog_->quarantined(rowless.id));
}

TEST_F(FsckTest, BelievesTheHashOfWhatWouldBeRefusedToday) {
  const auto bytes = fixtures::make_noise(500, 3);
  const auto name = put_orphan(bytes, camera_.folder);
  catalog::Image image;
  image.id = name.id;
  image.camera = camera_.id;
  image.captured_at = image.received_at = name.captured_at;
  image.sha256 = sha256(bytes);
  image.size_bytes = static_cast<std::int64_t>(bytes.size());
  image.width = image.height = 16;
  ASSERT_EQ(catalog_->adopt_images({&image, 1}).value(), 1);
  EXPECT_THAT(fsck({.repair = true}).findings, IsEmpty());
  EXPECT_TRUE(catalog_->image(name.id)) << "an older version stored it";
}

TEST_F(FsckTest, FindsAMissingFile) {
  std::filesystem::remove(path_of(stored_[1]));
  EXPECT_THAT(faults(fsck()), ElementsAre(Fault::file_missing));
  EXPECT_THAT(faults(fsck({.repair = true})), ElementsAre(Fault::file_missing));
  EXPECT_THAT(fsck().findings, IsEmpty());
}

TEST_F(FsckTest, FindsAFlippedBit) {
  flip_a_byte(stored_[0]);
  EXPECT_THAT(faults(fsck()), ElementsAre(Fault::file_damaged));
}

TEST_F(FsckTest, FindsAFileWithoutARowAndAdoptsIt) {
  const auto name = put_orphan(fixtures::make_jpeg({.seed = 9}), camera_.folder);
  EXPECT_THAT(faults(fsck()), ElementsAre(Fault::file_without_row));
  EXPECT_TRUE(fsck({.repair = true}).findings.front().repaired);
  EXPECT_TRUE(catalog_->image(name.id));
  EXPECT_THAT(fsck().findings, IsEmpty());
}

TEST_F(FsckTest, PassesOverWhatIsBeingRemoved) {
  ASSERT_TRUE(catalog_->remove_images(std::vector{stored_[1].id}));
  EXPECT_THAT(fsck({.repair = true}).findings, IsEmpty());
  EXPECT_FALSE(catalog_->image(stored_[1].id)) << "and adopts nothing";
  ASSERT_TRUE(catalog_->finish_removals(catalog_->removals(1).value()));
  EXPECT_THAT(faults(fsck()), ElementsAre(Fault::file_without_row))
      << "off the list it is one like any other";
}

TEST_F(FsckTest, FindsWrongCountsAndCountsAnew) {
  for (const auto* wrong : {"UPDATE hour_count SET images = images + 7", "UPDATE hour_count SET bytes = 0",
                            "UPDATE camera SET image_count = 1", "DELETE FROM hour_count"}) {
    SCOPED_TRACE(wrong);
    execute(wrong);
    EXPECT_THAT(faults(fsck()), ElementsAre(Fault::counts_wrong));
    EXPECT_TRUE(fsck({.repair = true}).findings.front().repaired);
    EXPECT_THAT(fsck().findings, IsEmpty());
  }
}

TEST_F(FsckTest, PassesOverWhatARunningServerMayStillWrite) {
  put_orphan(fixtures::make_jpeg({.seed = 9}), camera_.folder);
  FsckOptions options;
  options.settled_before = clock_.now() - std::chrono::hours{1};
  EXPECT_THAT(fsck(options).findings, IsEmpty());
}

TEST_F(FsckTest, ReportsStrangers) {
  std::ofstream(path_of(stored_[0]).parent_path() / "notes.txt") << "mine";
  EXPECT_THAT(faults(fsck({.repair = true})), ElementsAre(Fault::stray_file));
  EXPECT_TRUE(std::filesystem::exists(path_of(stored_[0]).parent_path() / "notes.txt")) << "never removed";
}

TEST_F(FsckTest, FindsARowThatMisstatesItsPicture) {
  execute("UPDATE image SET width = 65");
  EXPECT_THAT(faults(fsck()), ElementsAre(Fault::file_damaged, Fault::file_damaged, Fault::file_damaged));
}

TEST_F(FsckTest, FindsAFileAboveTheDays) {
  std::ofstream(directory_ / "images" / "loose.jpg") << "mine";
  std::ofstream(directory_ / "images" / camera_.folder / "loose.jpg") << "mine";
  EXPECT_THAT(faults(fsck()), ElementsAre(Fault::stray_file, Fault::stray_file));
}

TEST_F(FsckTest, FindsAPictureUnderAnothersName) {
  const auto path = path_of(stored_[0]);
  const store::ImageName other{stored_[0].captured_at + std::chrono::milliseconds{1}, stored_[0].id};
  std::filesystem::copy(path, path.parent_path() / store::image_filename(other));
  EXPECT_THAT(faults(fsck({.repair = true})), ElementsAre(Fault::file_without_row));
  EXPECT_EQ(fsck().faults, 1) << "which of the two is right is for a person to say";
}

TEST_F(FsckTest, TellsOfThumbnailsAndQueuesThem) {
  const auto put = [&](const Receipt& receipt, const fixtures::Bytes& bytes) {
    ASSERT_TRUE(
        store_->replace(store::thumbnail_key(camera_.folder, {receipt.captured_at, receipt.id}), bytes));
  };
  const auto small = fixtures::make_jpeg({.width = 16, .height = 16});
  put(stored_[0], small);
  put(stored_[1], {});  // as a power cut leaves it
  put({ids_.next<ImageId>(), clock_.now()}, small);
  const ThumbnailReport expected{.missing = 1, .stale = 1, .without_picture = 1};
  EXPECT_EQ(fsck().thumbnails, expected);
  execute("DELETE FROM job");
  const auto repaired = fsck({.repair = true});
  EXPECT_EQ(repaired.thumbnails, expected);
  EXPECT_EQ(repaired.faults, 0) << "they can be made again at any time";
  EXPECT_EQ(catalog_->claim_jobs(clock_.now(), clock_.now(), 10)->size(), 2U);
  EXPECT_EQ(fsck().thumbnails, (ThumbnailReport{.missing = 2}));
}

TEST_F(FsckTest, GoesOnWhereItWasStopped) {
  std::filesystem::remove(path_of(stored_[0]));
  FsckOptions options;
  options.on_progress = [](const FsckProgress& now) { return now.done < 2; };
  const auto first = fsck(options);
  EXPECT_TRUE(first.stopped);
  EXPECT_EQ(first.images_checked, 2);
  std::int64_t read = 0;
  options.on_progress = [&](const FsckProgress&) { return ++read > 0; };
  const auto second = fsck(options);
  EXPECT_EQ(read, 1) << "what was checked is not read again";
  EXPECT_TRUE(second.went_on);
  EXPECT_EQ(second.images_checked, 3);
  EXPECT_THAT(faults(second), ElementsAre(Fault::file_missing)) << "and what was found is told";
  EXPECT_FALSE(fsck().went_on) << "after the end there is nothing to go on with";
}

TEST_F(FsckTest, BeginsAnewWhenWhatItCheckedIsNotTheSame) {
  const auto interrupt = [&] {
    FsckOptions options;
    options.on_progress = [](const FsckProgress& now) { return now.done < 2; };
    EXPECT_TRUE(fsck(options).stopped);
  };
  interrupt();
  EXPECT_FALSE(fsck({.restart = true}).went_on);
  interrupt();
  EXPECT_FALSE(fsck({.repair = true}).went_on) << "what was seen was not repaired";
  interrupt();
  std::filesystem::remove(path_of(stored_[0]));
  ASSERT_TRUE(catalog_->remove_image(stored_[0].id));
  EXPECT_FALSE(fsck().went_on);
}

TEST_F(FsckTest, RebuildsTheCatalogFromTheFiles) {
  const auto before = fsck().images_checked;
  catalog_.reset();
  for (const char* file : {"c.sqlite", "c.sqlite-wal", "c.sqlite-shm"})
    std::filesystem::remove(directory_ / file);
  catalog_.emplace(open_catalog(catalog::Durability::at_commit));
  EXPECT_EQ(fsck({.repair = true}).findings.size(), 3U);
  const auto after = fsck();
  EXPECT_THAT(after.findings, IsEmpty());
  EXPECT_EQ(after.images_checked, before);
  EXPECT_EQ(catalog_->camera_by_name(camera_.folder)->folder, camera_.folder)
      << "its camera is called like its folder";
}

}  // namespace
}  // namespace heliograph::ingest
