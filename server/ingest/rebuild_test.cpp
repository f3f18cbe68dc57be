#include "server/ingest/rebuild.hpp"

#include "server/ingest/ingest_fixture.hpp"

#include <fstream>

#include <gmock/gmock.h>

namespace heliograph::ingest {
namespace {

using testing::IsEmpty;

class RebuildTest : public IngestFixture {
 protected:
  void SetUp() override {
    IngestFixture::SetUp();
    auto ingestor = start();
    for (std::uint32_t seed = 1; seed <= 3; ++seed)
      stored_.push_back(send(*ingestor, upload(catalog::SenderName{"b", seed}), picture(seed)).value());
    // The same bytes under another name are another picture, also in the new catalog.
    stored_.push_back(send(*ingestor, upload(catalog::SenderName{"b", 4}), picture(3)).value());
    ingestor.reset();
    fresh_.emplace(
        catalog::Catalog::open({(directory_ / "new.sqlite").string(), catalog::Durability::at_sync, true})
            .value());
  }
  static fixtures::Bytes picture(std::uint32_t seed) {
    return fixtures::make_jpeg({.width = 64, .height = 48, .seed = seed});
  }
  RebuildReport rebuild(std::int64_t stop_after = -1) {
    return ingest::rebuild(*store_, *fresh_, ids_, clock_,
                           [=](const FsckProgress& now) { return now.done != stop_after; })
        .value();
  }

  std::vector<Receipt> stored_;
  std::optional<catalog::Catalog> fresh_;
};

TEST_F(RebuildTest, EveryPictureHasARowAgain) {
  const auto report = rebuild();
  EXPECT_EQ(report.images, 4);
  EXPECT_EQ(report.cameras, 1);
  EXPECT_EQ(report.unusable, 0);
  EXPECT_FALSE(report.went_on);
  for (const Receipt& receipt : stored_) {
    const auto before = catalog_->image(receipt.id).value();
    const auto after = fresh_->image(receipt.id).value();
    EXPECT_EQ(after.image.sha256, before.image.sha256);
    EXPECT_EQ(after.image.captured_at, before.image.captured_at);
    EXPECT_EQ(after.image.width, before.image.width);
    EXPECT_EQ(after.folder, before.folder);
    EXPECT_FALSE(after.image.sender) << "no file tells";
  }
  EXPECT_EQ(fresh_->camera_by_folder("orchard")->name, "orchard") << "called like its folder";
  EXPECT_THAT(ingest::fsck(*store_, *fresh_, ids_, clock_, {})->findings, IsEmpty());
}

TEST_F(RebuildTest, GoesOnWhereItWasStopped) {
  EXPECT_TRUE(rebuild(2).stopped);
  const auto rest = rebuild();
  EXPECT_TRUE(rest.went_on);
  EXPECT_EQ(rest.images, 4);
  EXPECT_EQ(fresh_->histogram({})->front().images, 4) << "nothing is counted twice";
}

TEST_F(RebuildTest, NamesWhatIsNoPictureAndLeavesIt) {
  auto cut = picture(9);
  cut.resize(cut.size() - 1);
  const auto name = put_orphan(cut, camera_.folder);
  const auto report = rebuild();
  EXPECT_EQ(report.images, 4);
  ASSERT_EQ(report.findings.size(), 1U);
  EXPECT_THAT(report.findings[0].what, testing::HasSubstr(store::image_filename(name)));
  EXPECT_EQ(files().size(), 5U);
}

TEST_F(RebuildTest, OneIdIsOnePicture) {
  const store::ImageName name{stored_[0].captured_at, stored_[0].id};
  auto copy = store_->create(store::image_key("copy", name));
  ASSERT_TRUE(copy && copy->write(picture(1)) && copy->keep());
  const auto report = rebuild();
  EXPECT_EQ(report.images, 4);
  EXPECT_EQ(report.unusable, 1);
}

TEST_F(RebuildTest, RefusedBytesHaveRowsAgain) {
  const store::QuarantineName refused{clock_.now(), ids_.next<QuarantineId>()};
  ASSERT_TRUE(store_->replace(store::quarantine_key(camera_.folder, refused), fixtures::make_noise(500, 1)));
  EXPECT_EQ(rebuild().unusable, 0);
  EXPECT_TRUE(fresh_->quarantined(refused.id)) << "and so it goes one day";
  EXPECT_THAT(ingest::fsck(*store_, *fresh_, ids_, clock_, {})->findings, IsEmpty());
}

TEST_F(RebuildTest, QueuesThumbnailsThatAreNotThere) {
  const auto filed = catalog_->image(stored_[0].id).value();
  const std::string key = store::thumbnail_key(filed.folder, {filed.image.captured_at, filed.image.id});
  ASSERT_TRUE(store_->replace(key, picture(1)));
  rebuild();
  EXPECT_EQ(fresh_->claim_jobs(clock_.now(), clock_.now(), 100)->size(), 3U);
}

}  // namespace
}  // namespace heliograph::ingest
