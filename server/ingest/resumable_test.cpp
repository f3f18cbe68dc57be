#include "server/ingest/resumable.hpp"

#include "server/ingest/ingest_fixture.hpp"

#include <fstream>

#include <gmock/gmock.h>

namespace heliograph::ingest {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

class ResumableTest : public IngestFixture {
 protected:
  // A server's life: what the last one knew of its uploads is only what is on the disk.
  struct Life {
    std::unique_ptr<Ingestor> ingestor;
    std::unique_ptr<Resumable> uploads;
    Life() = default;
    Life(Life&&) = default;
    Life& operator=(Life&&) = delete;
    ~Life() {
      if (ingestor) ingestor->stop();
      if (uploads) uploads->stop();
    }
  };

  Life live(UploadRules rules = {}) {
    Life life;
    life.ingestor = start();
    life.uploads = std::make_unique<Resumable>(
        *life.ingestor, *store_, open_catalog(catalog::Durability::at_sync), ids_, clock_, log_, rules);
    return life;
  }

  template <class Verb>
  static auto on_worker(Life& life, Verb verb) {
    std::promise<std::invoke_result_t<Verb, Resumable&>> promise;
    EXPECT_TRUE(life.uploads->worker().post([&] { promise.set_value(verb(*life.uploads)); }));
    return promise.get_future().get();
  }

  Result<OpenedUpload> begin(Life& life, const ImageUpload& upload, std::size_t size) const {
    return on_worker(life, [&](Resumable& uploads) { return uploads.begin(upload, size); });
  }
  Result<OpenedUpload> open(Life& life, UploadId id) const {
    return on_worker(life, [&](Resumable& uploads) { return uploads.open(camera_, id); });
  }
  Result<Receipt> complete(Life& life, const std::shared_ptr<Piece>& piece) const {
    std::promise<Result<Receipt>> promise;
    EXPECT_TRUE(life.uploads->worker().post([&] {
      life.uploads->complete(camera_, piece,
                             [&](Result<Receipt> result) { promise.set_value(std::move(result)); });
    }));
    return promise.get_future().get();
  }
  void sweep(Life& life) const {
    EXPECT_TRUE(on_worker(life, [](Resumable& uploads) { return uploads.sweep(); }));
  }

  ImageUpload named(std::int64_t sequence) const { return upload(catalog::SenderName{"b", sequence}); }
  std::vector<UploadId> partials() const { return store_->partials().value(); }

  const fixtures::Bytes jpeg_ = fixtures::make_jpeg({.width = 320, .height = 240});
};

TEST_F(ResumableTest, APictureInPiecesIsOnePicture) {
  Life life = live();
  const auto opened = begin(life, named(1), jpeg_.size());
  ASSERT_TRUE(opened && opened->piece);
  EXPECT_EQ(opened->piece->offset(), 0U);
  ASSERT_TRUE(opened->piece->write(std::span(jpeg_).first(1000)));
  const auto again = open(life, opened->id);
  ASSERT_TRUE(again && again->piece);
  EXPECT_EQ(again->piece->offset(), 1000U);
  ASSERT_TRUE(again->piece->write(std::span(jpeg_).subspan(1000)));
  const auto receipt = complete(life, again->piece);
  ASSERT_TRUE(receipt) << receipt.error().detail;
  EXPECT_FALSE(receipt->duplicate);
  EXPECT_EQ(stored_bytes(*receipt), jpeg_);
  EXPECT_EQ(catalog_->image(receipt->id)->image.sender, (catalog::SenderName{"b", 1}));
  EXPECT_THAT(partials(), IsEmpty());
  // Its answer may be lost: who asks again is told.
  const auto finished = open(life, opened->id);
  ASSERT_TRUE(finished && finished->receipt);
  EXPECT_EQ(finished->receipt->id, receipt->id);
}

TEST_F(ResumableTest, SurvivesTheServersDeathAtAnyByte) {
  for (const std::size_t cut : {std::size_t{0}, std::size_t{1}, jpeg_.size() / 2, jpeg_.size()}) {
    const auto name = named(static_cast<std::int64_t>(cut));
    UploadId id;
    {
      Life first = live();
      const auto opened = begin(first, name, jpeg_.size());
      ASSERT_TRUE(opened);
      ASSERT_TRUE(opened->piece->write(std::span(jpeg_).first(cut)));
      id = opened->id;
    }
    Life second = live();
    sweep(second);
    const auto opened = open(second, id);
    ASSERT_TRUE(opened && opened->piece);
    EXPECT_EQ(opened->piece->offset(), cut);
    ASSERT_TRUE(opened->piece->write(std::span(jpeg_).subspan(cut)));
    const auto receipt = complete(second, opened->piece);
    ASSERT_TRUE(receipt);
    EXPECT_EQ(stored_bytes(*receipt), jpeg_);
  }
  EXPECT_THAT(files(), SizeIs(4));
}

TEST_F(ResumableTest, TornBytesAreSentAgain) {
  UploadId id;
  {
    Life first = live();
    const auto opened = begin(first, named(1), jpeg_.size());
    ASSERT_TRUE(opened->piece->write(std::span(jpeg_).first(5000)));
    id = opened->id;
  }
  {
    std::fstream file(store_->path_of(store::upload_key(id)),
                      std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(4000);
    file.put(static_cast<char>(~jpeg_[4000]));
  }
  Life second = live();
  const auto opened = open(second, id);
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->piece->offset(), 0U);
}

TEST_F(ResumableTest, TheLatestRequestHasIt) {
  Life life = live();
  const auto early = begin(life, named(1), jpeg_.size());
  ASSERT_TRUE(early->piece->write(std::span(jpeg_).first(100)));
  const auto late = open(life, early->id);
  EXPECT_EQ(early->piece->write(std::span(jpeg_).subspan(100, 1)).error().kind, ErrorKind::conflict);
  EXPECT_EQ(early->piece->cut_back().error().kind, ErrorKind::conflict);
  EXPECT_EQ(late->piece->offset(), 100U);
  EXPECT_EQ(complete(life, early->piece).error().kind, ErrorKind::unavailable);
  ASSERT_TRUE(late->piece->write(std::span(jpeg_).subspan(100)));
  EXPECT_TRUE(complete(life, late->piece));
}

TEST_F(ResumableTest, NoMoreIsTakenThanWasAnnounced) {
  Life life = live();
  const auto opened = begin(life, named(1), 100);
  EXPECT_EQ(opened->piece->write(std::span(jpeg_).first(101)).error().kind, ErrorKind::too_large);
  EXPECT_EQ(opened->piece->offset(), 0U);
}

TEST_F(ResumableTest, AnotherCamerasUploadIsNotThere) {
  Life life = live();
  const auto opened = begin(life, named(1), 100);
  const catalog::Camera other{ids_.next<CameraId>(), "Meadow", "meadow", clock_.now()};
  ASSERT_TRUE(catalog_->add_camera(other, sha256("other key")));
  const auto found = on_worker(life, [&](Resumable& uploads) { return uploads.open(other, opened->id); });
  EXPECT_EQ(found.error().kind, ErrorKind::not_found);
  const auto removed = on_worker(life, [&](Resumable& uploads) { return uploads.remove(other, opened->id); });
  EXPECT_EQ(removed.error().kind, ErrorKind::not_found);
  EXPECT_TRUE(opened->piece->write(std::span(jpeg_).first(10))) << "nobody took it";
}

TEST_F(ResumableTest, ANameThatIsAnImageNeedsNoBytes) {
  Life life = live();
  const auto stored = send(*life.ingestor, named(1), jpeg_);
  const auto again = begin(life, named(1), jpeg_.size() + 1000);  // padding is no other picture
  ASSERT_TRUE(again && again->receipt);
  EXPECT_EQ(again->receipt->id, stored->id);
  EXPECT_TRUE(again->receipt->duplicate);
  EXPECT_EQ(begin(life, named(1), jpeg_.size() + 1000)->id, again->id) << "one row for any number of repeats";
  EXPECT_EQ(open(life, again->id)->receipt->id, stored->id);
  EXPECT_EQ(begin(life, named(1), jpeg_.size() - 1).error().kind, ErrorKind::conflict);
}

TEST_F(ResumableTest, ABrokenBeginningIsFoundByItsName) {
  Life life = live();
  const auto first = begin(life, named(1), jpeg_.size());
  ASSERT_TRUE(first->piece->write(std::span(jpeg_).first(700)));
  const auto again = begin(life, named(1), jpeg_.size());
  EXPECT_EQ(again->id, first->id);
  EXPECT_EQ(again->piece->offset(), 700U);
  EXPECT_NE(begin(life, named(2), jpeg_.size())->id, first->id);
  EXPECT_NE(begin(life, named(1), jpeg_.size() + 1)->id, first->id);
}

TEST_F(ResumableTest, TwoUploadsOfOneNameAreOneImage) {
  Life life = live();
  const auto padded = fixtures::zero_padded(jpeg_, 10);
  const auto one = begin(life, named(1), jpeg_.size());
  const auto two = begin(life, named(1), padded.size());
  ASSERT_TRUE(one->piece->write(jpeg_));
  ASSERT_TRUE(two->piece->write(padded));
  const auto first = complete(life, one->piece);
  const auto second = complete(life, two->piece);
  EXPECT_EQ(first->id, second->id);
  EXPECT_TRUE(second->duplicate);
  EXPECT_THAT(files(), SizeIs(1));
}

TEST_F(ResumableTest, WhatIsNoPictureIsGone) {
  Life life = live();
  const auto noise = fixtures::make_noise(2000, 1);
  const auto opened = begin(life, named(1), noise.size());
  ASSERT_TRUE(opened->piece->write(noise));
  EXPECT_EQ(complete(life, opened->piece).error().kind, ErrorKind::unprocessable);
  EXPECT_EQ(open(life, opened->id).error().kind, ErrorKind::not_found);
  EXPECT_THAT(partials(), IsEmpty());
  EXPECT_THAT(files(), IsEmpty());
}

TEST_F(ResumableTest, AFailedCommitKeepsTheBytes) {
  UploadId id;
  {
    Life first = live();
    const auto opened = begin(first, named(1), jpeg_.size());
    ASSERT_TRUE(opened->piece->write(jpeg_));
    id = opened->id;
    first.ingestor->stop();
    EXPECT_EQ(complete(first, opened->piece).error().kind, ErrorKind::unavailable);
  }
  Life second = live();
  const auto opened = open(second, id);
  ASSERT_EQ(opened->piece->offset(), jpeg_.size());
  EXPECT_TRUE(complete(second, opened->piece));
}

TEST_F(ResumableTest, APictureWithoutATimeIsDatedByItsFirstPiece) {
  Life life = live();
  const Timestamp began = clock_.now();
  const auto opened = begin(life, named(1), jpeg_.size());
  clock_.advance(std::chrono::hours{3});
  ASSERT_TRUE(opened->piece->write(jpeg_));
  EXPECT_EQ(complete(life, opened->piece)->captured_at, began);
}

TEST_F(ResumableTest, ExpiresUnlessPiecesCome) {
  Life life = live();
  const auto kept = begin(life, named(1), 100);
  const auto forgotten = begin(life, named(2), 100);
  clock_.advance(UploadRules{}.open_life - std::chrono::minutes{1});
  const auto extended = on_worker(life, [&](Resumable& uploads) { return uploads.extend(kept->id); });
  EXPECT_EQ(*extended, clock_.now() + UploadRules{}.open_life);
  clock_.advance(std::chrono::minutes{1});
  EXPECT_EQ(open(life, forgotten->id).error().kind, ErrorKind::not_found) << "before any sweep";
  sweep(life);
  EXPECT_EQ(partials(), std::vector{kept->id});
  clock_.advance(UploadRules{}.open_life);
  sweep(life);
  EXPECT_THAT(partials(), IsEmpty());
  EXPECT_EQ(catalog_->upload(kept->id).error().kind, ErrorKind::not_found);
}

TEST_F(ResumableTest, TheSweepTakesFilesOfNobody) {
  Life life = live();
  const UploadId nobodys = ids_.next<UploadId>();
  {
    ASSERT_TRUE(store_->open_partial(nobodys, store::Trust::to_be_proven)->append(jpeg_));
  }
  const auto waited_for = begin(life, named(1), 100);
  sweep(life);
  EXPECT_EQ(partials(), std::vector{waited_for->id});
  EXPECT_TRUE(waited_for->piece->write(std::span(jpeg_).first(10)))
      << "the sweep takes nothing from a request";
}

TEST_F(ResumableTest, ACameraThatForgetsGivesUpItsOldest) {
  Life life = live({.open_per_camera = 2});
  const auto first = begin(life, named(1), 100);
  clock_.advance(std::chrono::seconds{1});
  const auto second = begin(life, named(2), 100);
  const auto third = begin(life, named(3), 100);
  EXPECT_EQ(open(life, first->id).error().kind, ErrorKind::not_found);
  EXPECT_TRUE(open(life, second->id) && open(life, third->id));
  EXPECT_THAT(partials(), SizeIs(2));
}

TEST_F(ResumableTest, BytesOfAllTogetherAreBounded) {
  Life life = live({.open_bytes = 1000});
  EXPECT_EQ(begin(life, named(1), 1001).error().kind, ErrorKind::unavailable);
  const auto first = begin(life, named(2), 600);
  EXPECT_TRUE(begin(life, named(3), 400));
  ASSERT_TRUE(on_worker(life, [&](Resumable& uploads) { return uploads.remove(camera_, first->id); }));
  EXPECT_EQ(open(life, first->id).error().kind, ErrorKind::not_found);
  EXPECT_TRUE(begin(life, named(4), 600));
}

}  // namespace
}  // namespace heliograph::ingest
