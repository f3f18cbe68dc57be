#include "server/ingest/recovery.hpp"

#include "server/ingest/ingest_fixture.hpp"

#include <fstream>

#include <gmock/gmock.h>

namespace heliograph::ingest {
namespace {

class RecoveryTest : public IngestFixture {
 protected:
  RecoveryReport recover() {
    auto report = ingest::recover(*store_, *catalog_, clock_.now(), log_);
    EXPECT_TRUE(report) << report.error().detail;
    return *report;
  }

  Receipt store_one(std::uint32_t seed) {
    auto ingestor = start();
    return send(*ingestor, upload(), fixtures::make_jpeg({.seed = seed})).value();
  }

  std::filesystem::path path_of(const Receipt& receipt) const {
    return store_->path_of(store::image_key(camera_.folder, {receipt.captured_at, receipt.id}));
  }
};

TEST_F(RecoveryTest, AWholeFileWithoutARowIsAdopted) {
  const auto jpeg = fixtures::make_jpeg({.width = 64, .height = 48});
  const auto name = put_orphan(jpeg, camera_.folder);
  const auto report = recover();
  EXPECT_FALSE(report.was_clean);
  EXPECT_EQ(report.files_adopted, 1);
  const auto row = catalog_->image(name.id);
  ASSERT_TRUE(row);
  EXPECT_EQ(row->image.captured_at, name.captured_at);
  EXPECT_EQ(row->image.sha256, sha256(jpeg));
  EXPECT_EQ(row->image.width, 64);
}

TEST_F(RecoveryTest, ACutOffFileIsRemoved) {
  auto jpeg = fixtures::make_jpeg();
  jpeg.resize(jpeg.size() - 1);
  put_orphan(jpeg, camera_.folder);
  put_orphan({}, camera_.folder);
  EXPECT_EQ(recover().files_removed, 2);
  EXPECT_TRUE(files().empty());
}

TEST_F(RecoveryTest, ARepeatsFileIsRemoved) {
  const auto stored = store_one(1);
  put_orphan(fixtures::make_jpeg({.seed = 1}), camera_.folder);
  const auto report = recover();
  EXPECT_EQ(report.files_adopted, 0);
  EXPECT_EQ(report.files_removed, 1);
  EXPECT_TRUE(catalog_->image(stored.id));
  EXPECT_EQ(files().size(), 1U);
}

TEST_F(RecoveryTest, ARowWithoutItsWholeFileGoes) {
  const auto lost = store_one(1);
  std::filesystem::remove(path_of(lost));
  EXPECT_EQ(recover().rows_removed, 1);
  EXPECT_FALSE(catalog_->image(lost.id));
  EXPECT_TRUE(catalog_->histogram({})->empty()) << "and its count";
}

TEST_F(RecoveryTest, ADamagedFileGoesWithItsRow) {
  const auto damaged = store_one(1);
  std::fstream(path_of(damaged), std::ios::in | std::ios::out | std::ios::binary).seekp(200).put('x');
  EXPECT_EQ(recover().rows_removed, 1);
  EXPECT_FALSE(std::filesystem::exists(path_of(damaged)));
}

TEST_F(RecoveryTest, OnlyTheLastBatchIsDoubted) {
  const auto earlier = store_one(1);
  const auto last = store_one(2);
  std::filesystem::remove(
      path_of(earlier));  // not a crash's doing: fsck's to find, not recovery's to forgive
  EXPECT_EQ(recover().rows_removed, 0);
  EXPECT_TRUE(catalog_->image(earlier.id));
  EXPECT_TRUE(catalog_->image(last.id));
}

TEST_F(RecoveryTest, TheRetryMeetsItsAdoptedPicture) {
  const auto jpeg = fixtures::make_jpeg();
  const auto name = put_orphan(jpeg, camera_.folder);
  recover();
  auto ingestor = start();
  const auto retry = send(*ingestor, upload(catalog::SenderName{"b", 3}), jpeg);
  ASSERT_TRUE(retry);
  EXPECT_TRUE(retry->duplicate);
  EXPECT_EQ(retry->id, name.id);
  EXPECT_EQ(catalog_->image(name.id)->image.sender, (catalog::SenderName{"b", 3}));
}

TEST_F(RecoveryTest, AfterACleanEndNothingIsRead) {
  ASSERT_TRUE(store_->leave_clean_mark());
  put_orphan(fixtures::make_jpeg(), camera_.folder);
  const auto report = recover();
  EXPECT_TRUE(report.was_clean);
  EXPECT_EQ(report.files_adopted, 0);
}

TEST_F(RecoveryTest, ACrashInRecoveryIsRecoveredFrom) {
  ASSERT_TRUE(store_->leave_clean_mark());
  EXPECT_TRUE(recover().was_clean);
  EXPECT_FALSE(recover().was_clean) << "the mark is taken until the next clean end";
}

TEST_F(RecoveryTest, AnImageThatIsBeingRemovedIsNotBroughtBack) {
  const auto going = store_one(1);
  ASSERT_TRUE(catalog_->remove_images(std::vector{going.id}));  // and then the power went
  const auto report = recover();
  EXPECT_EQ(report.files_adopted, 0);
  EXPECT_FALSE(catalog_->image(going.id));
  EXPECT_TRUE(std::filesystem::exists(path_of(going))) << "retention knows of it and removes it";
}

TEST_F(RecoveryTest, RefusedBytesAndTheirRowsAreMadeToFit) {
  {
    auto ingestor = start();
    EXPECT_FALSE(send(*ingestor, upload(), fixtures::make_noise(500, 1)));
    EXPECT_FALSE(send(*ingestor, upload(), fixtures::make_noise(500, 2)));
  }
  const auto lost = quarantine()[0];
  std::filesystem::remove(
      store_->path_of(store::quarantine_key(lost.folder, {lost.bytes.received_at, lost.bytes.id})));
  const store::QuarantineName rowless{clock_.now(), ids_.next<QuarantineId>()};
  ASSERT_TRUE(store_->replace(store::quarantine_key(camera_.folder, rowless), fixtures::make_noise(500, 3)));
  EXPECT_EQ(recover().quarantine_settled, 2);
  EXPECT_FALSE(catalog_->quarantined(lost.bytes.id));
  EXPECT_TRUE(catalog_->quarantined(rowless.id));
  EXPECT_EQ(refused_files().size(), quarantine().size());
  EXPECT_EQ(recover().quarantine_settled, 0);
}

// The clock is wrong for a while, as on a board without a battery, and is put right; the kernel dates files
// by it.
TEST_F(RecoveryTest, TheClockMayJump) {
  using std::chrono::hours;
  const hours ahead{365 * 24};
  const hours day{24};
  const struct {
    hours before, at_crash,
        at_start;  // the clock, against the right time: for the last batch, the crash, recovery
  } table[] = {
      {ahead, ahead, ahead},    {ahead, hours{0}, hours{0}}, {ahead, ahead, hours{0}},
      {hours{0}, ahead, ahead}, {-day, hours{0}, hours{0}},  {hours{0}, -day, -day},
  };
  const Timestamp right = clock_.now();
  std::uint32_t seed = 0;
  for (const auto& jump : table) {
    clock_.jump_to(right);
    store_one(++seed);  // a good day before it
    clock_.jump_to(right + jump.before);
    store_one(++seed);
    clock_.jump_to(right + jump.at_crash);
    const auto name = put_orphan(fixtures::make_jpeg({.seed = ++seed}), camera_.folder);
    const auto file = store_->path_of(store::image_key(camera_.folder, name));
    for (const auto& dated : {file, file.parent_path()}) {
      const auto time = std::chrono::file_clock::from_sys(right + jump.at_crash);
      std::filesystem::last_write_time(dated,
                                       std::chrono::time_point_cast<std::chrono::file_clock::duration>(time));
    }
    clock_.jump_to(right + jump.at_start);
    EXPECT_EQ(recover().files_adopted, 1) << jump.before << " " << jump.at_crash << " " << jump.at_start;
    EXPECT_TRUE(catalog_->image(name.id));
  }
}

TEST_F(RecoveryTest, ARepeatIsKnownWhenTheClockHasGoneBack) {
  const auto jpeg = fixtures::make_jpeg();
  const catalog::SenderName name{"b", 1};
  clock_.advance(std::chrono::hours{365 * 24});
  auto ingestor = start();
  const auto named = send(*ingestor, upload(name), jpeg).value();
  const auto nameless = send(*ingestor, upload(), fixtures::make_jpeg({.seed = 2})).value();
  ingestor.reset();
  clock_.advance(-std::chrono::hours{366 * 24});
  recover();
  ingestor = start();
  EXPECT_EQ(send(*ingestor, upload(name), jpeg)->id, named.id);
  EXPECT_EQ(send(*ingestor, upload(), fixtures::make_jpeg({.seed = 2}))->id, nameless.id);
}

TEST_F(RecoveryTest, ATornThumbnailGoes) {
  const auto stored = store_one(1);
  const auto key = [&](const Receipt& receipt) {
    return store::thumbnail_key(camera_.folder, {receipt.captured_at, receipt.id});
  };
  const auto torn = store_one(2);
  ASSERT_TRUE(store_->replace(key(stored), fixtures::make_jpeg({.width = 16, .height = 16})));
  ASSERT_TRUE(store_->replace(key(torn), {}));
  const auto unfinished = store_->path_of(key(torn) + ".new");
  std::ofstream(unfinished) << "half";
  EXPECT_EQ(recover().thumbnails_removed, 2);
  EXPECT_TRUE(std::filesystem::exists(store_->path_of(key(stored))));
  EXPECT_FALSE(std::filesystem::exists(store_->path_of(key(torn))) || std::filesystem::exists(unfinished));
}

TEST_F(RecoveryTest, AFileOfNoCameraIsLeftAlone) {
  put_orphan(fixtures::make_jpeg(), "somebody-else");
  const auto report = recover();
  EXPECT_EQ(report.files_adopted + report.files_removed, 0);
  EXPECT_EQ(files().size(), 1U);
}

}  // namespace
}  // namespace heliograph::ingest
