#include "server/ingest/ingest.hpp"

#include "server/ingest/ingest_fixture.hpp"

#include <gmock/gmock.h>

namespace heliograph::ingest {
namespace {

using testing::HasSubstr;

class IngestTest : public IngestFixture {};

TEST_F(IngestTest, APictureIsAFileAndARow) {
  auto ingestor = start();
  const auto jpeg = fixtures::make_jpeg({.width = 320, .height = 240});
  const auto receipt = send(*ingestor, upload(), jpeg);
  ASSERT_TRUE(receipt);
  EXPECT_FALSE(receipt->duplicate);
  EXPECT_EQ(stored_bytes(*receipt), jpeg);
  const auto row = catalog_->image(receipt->id);
  ASSERT_TRUE(row);
  EXPECT_EQ(row->image.width, 320);
  EXPECT_EQ(row->image.height, 240);
  EXPECT_EQ(row->image.sha256, sha256(jpeg));
  EXPECT_EQ(row->image.size_bytes, static_cast<std::int64_t>(jpeg.size()));
  EXPECT_EQ(told_, 1);
  EXPECT_EQ(ingestor->counters().stored, 1U);
}

TEST_F(IngestTest, PaddingIsNotStoredWhereverThePiecesBreak) {
  auto ingestor = start();
  const auto jpeg = fixtures::make_jpeg({.width = 64, .height = 48});
  const auto padded = fixtures::zero_padded(jpeg, 5000);
  for (const std::size_t piece :
       {std::size_t{1}, std::size_t{7}, jpeg.size() - 1, jpeg.size(), jpeg.size() + 1, padded.size()}) {
    catalog::SenderName name{"piece", static_cast<std::int64_t>(piece)};
    const auto receipt = send(*ingestor, upload(name), padded, piece);
    ASSERT_TRUE(receipt) << piece;
    EXPECT_EQ(stored_bytes(*receipt), jpeg) << piece;
  }
}

TEST_F(IngestTest, ZerosInsideThePictureStay) {
  auto ingestor = start();
  auto jpeg = fixtures::make_jpeg({.width = 64, .height = 48});
  const fixtures::Bytes comment = [] {  // COM segment with more zeros than any buffer
    fixtures::Bytes bytes(2 + 20'000, 0);
    bytes[0] = 0xff;
    bytes[1] = 0xfe;
    bytes[2] = 20'000 >> 8;
    bytes[3] = 20'000 & 0xff;
    return bytes;
  }();
  jpeg.insert(jpeg.begin() + 2, comment.begin(), comment.end());
  const auto receipt = send(*ingestor, upload(), jpeg);
  ASSERT_TRUE(receipt);
  EXPECT_EQ(stored_bytes(*receipt), jpeg);
}

TEST_F(IngestTest, WhatIsNoPictureBecomesNone) {
  auto ingestor = start();
  auto cut = fixtures::make_jpeg();
  cut.resize(cut.size() / 2);
  for (const fixtures::Bytes& bytes :
       {fixtures::Bytes{}, fixtures::make_noise(2000, 1), cut, fixtures::Bytes(100, 0)}) {
    const auto receipt = send(*ingestor, upload(), bytes);
    ASSERT_FALSE(receipt);
    EXPECT_EQ(receipt.error().kind, ErrorKind::unprocessable);
    EXPECT_FALSE(receipt.error().detail.empty());
  }
  EXPECT_TRUE(files().empty());
  EXPECT_EQ(told_, 0);
}

TEST_F(IngestTest, AnAbandonedPictureLeavesNothing) {
  auto ingestor = start();
  {
    const auto jpeg = fixtures::make_jpeg();
    auto incoming = ingestor->begin(upload());
    ASSERT_TRUE(incoming);
    ASSERT_TRUE(incoming->write(std::span(jpeg).first(100)));
    EXPECT_EQ(files().size(), 1U);
  }
  EXPECT_TRUE(files().empty());
}

TEST_F(IngestTest, ANamedRepeatIsTheFirstOne) {
  auto ingestor = start();
  const auto jpeg = fixtures::make_jpeg();
  const auto first = send(*ingestor, upload(catalog::SenderName{"b", 7}), jpeg);
  clock_.advance(std::chrono::hours{1000});
  const auto again = send(*ingestor, upload(catalog::SenderName{"b", 7}), jpeg);
  ASSERT_TRUE(first && again);
  EXPECT_TRUE(again->duplicate);
  EXPECT_EQ(again->id, first->id);
  EXPECT_EQ(again->captured_at, first->captured_at);
  EXPECT_EQ(files().size(), 1U);
  EXPECT_EQ(told_, 1);
}

TEST_F(IngestTest, ANameIsNeverGivenToOtherBytes) {
  auto ingestor = start();
  const auto first = send(*ingestor, upload(catalog::SenderName{"b", 7}), fixtures::make_jpeg({.seed = 1}));
  const auto other = send(*ingestor, upload(catalog::SenderName{"b", 7}), fixtures::make_jpeg({.seed = 2}));
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().kind, ErrorKind::conflict);
  EXPECT_THAT(other.error().detail, HasSubstr(to_string(first->id)));
  EXPECT_EQ(files().size(), 1U);
}

TEST_F(IngestTest, ANamelessRepeatIsRecognisedForADay) {
  auto ingestor = start();
  const auto jpeg = fixtures::make_jpeg();
  ASSERT_TRUE(send(*ingestor, upload(), jpeg));
  EXPECT_TRUE(send(*ingestor, upload(), jpeg)->duplicate);
  clock_.advance(catalog::repeat_window + std::chrono::hours{1});
  EXPECT_FALSE(send(*ingestor, upload(), jpeg)->duplicate);
}

TEST_F(IngestTest, TwoPicturesOfOneMillisecondAreTwo) {
  auto ingestor = start();
  const auto one = send(*ingestor, upload(), fixtures::make_jpeg({.seed = 1}));
  const auto two = send(*ingestor, upload(), fixtures::make_jpeg({.seed = 2}));
  ASSERT_TRUE(one && two);
  EXPECT_EQ(one->captured_at, two->captured_at);
  EXPECT_NE(one->id, two->id);
  EXPECT_EQ(files().size(), 2U);
}

TEST_F(IngestTest, WhoWaitsTogetherIsCommittedTogether) {
  auto ingestor = start();
  constexpr int count = 100;
  std::vector<Incoming> ready;
  for (int i = 0; i < count; ++i) {
    auto incoming = ingestor->begin(upload());
    ASSERT_TRUE(incoming);
    ASSERT_TRUE(incoming->write(
        fixtures::make_jpeg({.width = 32, .height = 32, .seed = static_cast<std::uint32_t>(i)})));
    ready.push_back(std::move(*incoming));
  }
  std::atomic<int> stored{0};
  for (Incoming& incoming : ready) {
    ingestor->commit(std::move(incoming), [&](const Result<Receipt>& result) { stored += result ? 1 : 0; });
  }
  ingestor->stop();
  EXPECT_EQ(stored, count);
  EXPECT_LT(ingestor->counters().batches, static_cast<std::uint64_t>(count) / 2);
}

TEST_F(IngestTest, AFullDiskRefusesBeforeAnythingIsWritten) {
  auto ingestor = start();
  room_.free_bytes = 1500;  // 500 above the reserve
  auto announced = upload();
  announced.announced_bytes = 501;
  const auto refused = ingestor->begin(announced);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::storage_full);
  EXPECT_EQ(ingestor->counters().failed, 1U);
  EXPECT_TRUE(files().empty());
  announced.announced_bytes = 300;
  const auto first = ingestor->begin(announced);
  EXPECT_TRUE(first);
  EXPECT_FALSE(ingestor->begin(announced)) << "300 bytes are promised already";
}

TEST_F(IngestTest, AfterStopNothingIsTaken) {
  auto ingestor = start();
  ingestor->stop();
  const auto receipt = send(*ingestor, upload(), fixtures::make_jpeg());
  ASSERT_FALSE(receipt);
  EXPECT_EQ(receipt.error().kind, ErrorKind::unavailable);
  EXPECT_TRUE(files().empty());
}

}  // namespace
}  // namespace heliograph::ingest
