#include "server/ingest/quarantine.hpp"

#include "server/ingest/ingest_fixture.hpp"
#include "server/ingest/quarantine_check.hpp"

#include <fstream>

#include <gmock/gmock.h>

namespace heliograph::ingest {
namespace {

using fixtures::Bytes;
using fixtures::make_jpeg;
using fixtures::make_noise;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

Bytes joined(Bytes first, const Bytes& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

// --- what is decided ---

catalog::FiledQuarantined kept(std::int64_t id, std::int64_t camera, std::int64_t size_bytes,
                               std::chrono::hours age) {
  constexpr Timestamp now = from_ms(1'795'348'800'000);
  return {{.id = QuarantineId{id},
           .camera = CameraId{camera},
           .received_at = now - age,
           .reason = {},
           .sender = {},
           .sha256 = {},
           .size_bytes = size_bytes,
           .head = {},
           .salvaged = {}},
          "folder"};
}

TEST(WhatLeavesQuarantine, IsTheOldestOfWhatIsTooMuch) {
  using std::chrono::hours;
  constexpr Timestamp now = from_ms(1'795'348'800'000);
  const QuarantineLimits limits{.total_bytes = 100,
                                .total_count = 5,
                                .camera_bytes = 60,
                                .camera_count = 3,
                                .age = std::chrono::days{2}};
  const struct {
    std::string_view what;
    std::vector<catalog::FiledQuarantined> oldest_first;
    std::vector<std::int64_t> leaving;
  } table[] = {
      {"nothing is there", {}, {}},
      {"all fits to the byte", {kept(1, 1, 60, hours(3)), kept(2, 2, 40, hours(2))}, {}},
      {"a camera's bytes",
       {kept(1, 1, 40, hours(3)), kept(2, 1, 10, hours(2)), kept(3, 1, 30, hours(1))},
       {1}},
      {"and not the others'",
       {kept(1, 1, 40, hours(3)), kept(2, 2, 10, hours(2)), kept(3, 1, 30, hours(1))},
       {1}},
      {"small old ones do not outlive large new ones",
       {kept(1, 1, 5, hours(3)), kept(2, 1, 50, hours(2)), kept(3, 1, 30, hours(1))},
       {1, 2}},
      {"a camera's number",
       {kept(1, 1, 1, hours(4)), kept(2, 1, 1, hours(3)), kept(3, 1, 1, hours(2)), kept(4, 1, 1, hours(1))},
       {1}},
      {"the bytes of all",
       {kept(1, 1, 50, hours(3)), kept(2, 2, 50, hours(2)), kept(3, 3, 20, hours(1))},
       {1}},
      {"the number of all",
       {kept(1, 1, 1, hours(6)), kept(2, 2, 1, hours(5)), kept(3, 3, 1, hours(4)), kept(4, 1, 1, hours(3)),
        kept(5, 2, 1, hours(2)), kept(6, 3, 1, hours(1))},
       {1}},
      {"what a full camera cannot keep takes no room of all",
       {kept(1, 2, 40, hours(3)), kept(2, 1, 50, hours(2)), kept(3, 1, 60, hours(1))},
       {2}},
      {"what is too old, and only then", {kept(1, 1, 1, hours(49)), kept(2, 1, 1, hours(48))}, {1}},
      {"what came from a clock that went back stays", {kept(1, 1, 1, hours(-100))}, {}},
      {"one that is larger than all room", {kept(1, 1, 61, hours(1))}, {1}},
  };
  for (const auto& row : table) {
    std::vector<std::int64_t> leaving;
    for (const auto& filed : what_leaves_quarantine(row.oldest_first, limits, now)) {
      leaving.push_back(filed.bytes.id.value);
    }
    EXPECT_EQ(leaving, row.leaving) << row.what;
  }
}

// --- what is kept ---

class QuarantineTest : public IngestFixture {
 protected:
  // Sends one thing and ends the ingestor, so that everything it knows is written.
  Result<Receipt> send_alone(const ImageUpload& upload, const Bytes& bytes, std::size_t piece = 1000) {
    auto ingestor = start();
    return send(*ingestor, upload, bytes, piece);
  }
};

TEST_F(QuarantineTest, WhatIsNoPictureIsKeptAsItCame) {
  int refusals = 0;
  Bytes cut = make_jpeg();
  cut.resize(cut.size() / 2);
  const Bytes text{'t', 'e', 's', 't', ' ', 'd', 'a', 't', 'a', '\n'};
  for (const Bytes& bytes :
       {text, make_noise(300'000, 1), fixtures::zero_padded(cut, 10'000), Bytes(5000, 0)}) {
    for (const std::size_t piece : {std::size_t{1}, std::size_t{100}, std::size_t{1'000'000}}) {
      if (piece == 1 && bytes.size() > 10'000) continue;
      clock_.advance(std::chrono::seconds{1});
      ++refusals;
      const auto answer = send_alone(upload(catalog::SenderName{"boot", 7}), bytes, piece);
      ASSERT_FALSE(answer);
      EXPECT_EQ(answer.error().kind, ErrorKind::unprocessable);
      const auto all = quarantine();
      ASSERT_FALSE(all.empty());
      const catalog::Quarantined& row = all.front().bytes;
      EXPECT_EQ(quarantined_bytes(all.front()), bytes);
      EXPECT_EQ(row.reason, answer.error().detail);
      EXPECT_EQ(row.sha256, sha256(bytes));
      EXPECT_EQ(row.size_bytes, static_cast<std::int64_t>(bytes.size()));
      EXPECT_EQ(row.sender, (catalog::SenderName{"boot", 7}));
      EXPECT_EQ(row.salvaged, std::nullopt);
      const auto head = std::span(bytes).first(std::min(bytes.size(), catalog::max_quarantine_head));
      EXPECT_EQ(row.head, Bytes(head.begin(), head.end()));
    }
  }
  EXPECT_THAT(quarantine(), SizeIs(4)) << "each once, however often it came";
  EXPECT_THAT(refused_files(), SizeIs(4));
  EXPECT_TRUE(files().empty());
  EXPECT_EQ(catalog_->camera_record(camera_.id)->refusals, refusals);
}

TEST_F(QuarantineTest, NothingIsKeptOfNothing) {
  EXPECT_FALSE(send_alone(upload(), {}));
  EXPECT_THAT(quarantine(), IsEmpty());
  EXPECT_TRUE(refused_files().empty() && files().empty());
  EXPECT_EQ(catalog_->camera_record(camera_.id)->refusals, 1);
}

TEST_F(QuarantineTest, NoMoreIsKeptThanALimit) {
  const Bytes noise = make_noise(max_kept_bytes + 100'000, 1);
  const auto answer = send_alone(upload(), noise, 70'000);
  ASSERT_FALSE(answer);
  EXPECT_THAT(answer.error().detail, HasSubstr(std::to_string(max_kept_bytes)));
  ASSERT_THAT(quarantine(), SizeIs(1));
  EXPECT_EQ(quarantined_bytes(quarantine()[0]), Bytes(noise.begin(), noise.begin() + max_kept_bytes));
}

TEST_F(QuarantineTest, BothPicturesOfOneNameAreKept) {
  const Bytes first = make_jpeg({.seed = 1});
  const Bytes second = make_jpeg({.seed = 2});
  auto ingestor = start();
  const auto stored = send(*ingestor, upload(catalog::SenderName{"b", 7}), first);
  const auto answer = send(*ingestor, upload(catalog::SenderName{"b", 7}), second);
  ingestor.reset();
  ASSERT_EQ(answer.error().kind, ErrorKind::conflict);
  EXPECT_EQ(stored_bytes(*stored), first);
  ASSERT_THAT(quarantine(), SizeIs(1));
  EXPECT_EQ(quarantined_bytes(quarantine()[0]), second);
  EXPECT_EQ(quarantine()[0].bytes.reason, answer.error().detail);
  EXPECT_THAT(files(), SizeIs(1));
}

TEST_F(QuarantineTest, OfWhatIsBrokenOffOnlyNoiseIsKept) {
  const Bytes jpeg = make_jpeg();
  const Bytes noise = make_noise(500, 1);
  auto ingestor = start();
  for (const Bytes& bytes : {Bytes(jpeg.begin(), jpeg.begin() + 500), noise}) {
    auto incoming = ingestor->begin(upload());
    ASSERT_TRUE(incoming && incoming->write(bytes));
    ingestor->abandon(std::move(*incoming));
  }
  ingestor.reset();
  EXPECT_TRUE(files().empty());
  ASSERT_THAT(quarantine(), SizeIs(1));
  EXPECT_EQ(quarantined_bytes(quarantine()[0]), noise);
  EXPECT_EQ(catalog_->camera_record(camera_.id)->refusals, 1);
}

TEST_F(QuarantineTest, ACleanStopForgetsNothing) {
  auto ingestor = start();
  constexpr std::uint32_t count = 300;
  for (std::uint32_t seed = 1; seed <= count; ++seed) {
    EXPECT_FALSE(send(*ingestor, upload(), make_noise(200, seed)));
  }
  ingestor->stop();
  EXPECT_THAT(quarantine(), SizeIs(count));
  EXPECT_EQ(ingestor->counters().quarantined, count);
  EXPECT_EQ(ingestor->counters().refused, count);
}

// --- what is salvaged ---

TEST_F(QuarantineTest, AWholePictureInsideIsStored) {
  const Bytes jpeg = make_jpeg({.seed = 4});
  const Bytes sent = fixtures::zero_padded(joined(make_noise(50'000, 1), jpeg), 900);
  auto ingestor = start();
  const auto receipt = send(*ingestor, upload(catalog::SenderName{"b", 7}), sent);
  const auto again = send(*ingestor, upload(catalog::SenderName{"b", 7}), sent);
  ingestor->stop();
  ASSERT_TRUE(receipt && again);
  EXPECT_EQ(stored_bytes(*receipt), jpeg);
  const catalog::Image image = catalog_->image(receipt->id)->image;
  EXPECT_TRUE(image.salvaged);
  EXPECT_EQ(image.sha256, sha256(jpeg));
  EXPECT_EQ(image.sender, (catalog::SenderName{"b", 7}));
  ASSERT_THAT(quarantine(), SizeIs(1));
  EXPECT_EQ(quarantined_bytes(quarantine()[0]), sent);
  EXPECT_EQ(quarantine()[0].bytes.salvaged, receipt->id);
  EXPECT_THAT(quarantine()[0].bytes.reason, HasSubstr("the start of the frame was lost"));
  EXPECT_TRUE(again->duplicate);
  EXPECT_EQ(again->id, receipt->id);
  EXPECT_THAT(files(), SizeIs(1));
  EXPECT_THAT(refused_files(), SizeIs(1));
  EXPECT_EQ(told_, 1);
  EXPECT_EQ(ingestor->counters().salvaged, 1U);
  EXPECT_EQ(ingestor->counters().refused, 0U);
  EXPECT_EQ(catalog_->camera_record(camera_.id)->refusals, 0) << "its sender heard 2xx";
}

TEST_F(QuarantineTest, ASalvagedPictureTakesNoOtherOnesName) {
  const Bytes sent = joined(make_noise(5000, 1), make_jpeg({.seed = 2}));
  auto ingestor = start();
  ASSERT_TRUE(send(*ingestor, upload(catalog::SenderName{"b", 7}), make_jpeg({.seed = 1})));
  EXPECT_EQ(send(*ingestor, upload(catalog::SenderName{"b", 7}), sent).error().kind, ErrorKind::conflict);
  ingestor.reset();
  EXPECT_THAT(files(), SizeIs(1));
  ASSERT_THAT(quarantine(), SizeIs(1));
  EXPECT_EQ(quarantined_bytes(quarantine()[0]), sent);
  EXPECT_EQ(quarantine()[0].bytes.salvaged, std::nullopt);
  EXPECT_EQ(catalog_->camera_record(camera_.id)->refusals, 1);
}

// --- and what goes ---

TEST_F(QuarantineTest, TheKeeperKeepsToItsLimits) {
  auto ingestor = start();
  for (std::uint32_t seed = 1; seed <= 5; ++seed) {
    clock_.advance(std::chrono::seconds{1});
    EXPECT_FALSE(send(*ingestor, upload(), make_noise(200, seed)));
  }
  ingestor.reset();
  Counters counters;
  QuarantineKeeper keeper(*store_, *catalog_, counters, clock_, log_, {.camera_count = 3});
  keeper.keep({});
  ASSERT_THAT(quarantine(), SizeIs(3));
  EXPECT_EQ(quarantined_bytes(quarantine()[0]), make_noise(200, 5));
  EXPECT_EQ(quarantined_bytes(quarantine()[2]), make_noise(200, 3));
  EXPECT_THAT(refused_files(), SizeIs(3));
  clock_.advance(std::chrono::days{31});
  keeper.keep({});
  EXPECT_THAT(quarantine(), IsEmpty());
  EXPECT_THAT(refused_files(), IsEmpty());
}

// --- and what a crash leaves ---

class QuarantineCheckTest : public QuarantineTest {
 protected:
  void SetUp() override {
    QuarantineTest::SetUp();
    auto ingestor = start();
    for (std::uint32_t seed = 1; seed <= 3; ++seed) {
      clock_.advance(std::chrono::seconds{1});
      EXPECT_FALSE(send(*ingestor, upload(), make_noise(200, seed)));
    }
  }

  std::vector<bool> check(bool repair) {
    std::vector<bool> repaired;
    const QuarantineCheck how{
        .repair = repair, .hash_since = Timestamp::min(), .camera_of = [this](const std::string& folder) {
          return catalog_->camera_by_folder(folder);
        }};
    EXPECT_TRUE(check_quarantine(*store_, *catalog_, how, [&](const QuarantineFinding& finding) {
      repaired.push_back(finding.repaired);
    }));
    return repaired;
  }
  std::filesystem::path path_of(const catalog::FiledQuarantined& filed) const {
    return store_->path_of(store::quarantine_key(filed.folder, {filed.bytes.received_at, filed.bytes.id}));
  }
  void put_file(const std::string& folder, const Bytes& bytes) {
    const std::string key = store::quarantine_key(folder, {clock_.now(), ids_.next<QuarantineId>()});
    ASSERT_TRUE(store_->replace(key, bytes));
  }
};

TEST_F(QuarantineCheckTest, FindsNothingWhereNothingIsWrong) {
  EXPECT_THAT(check(true), IsEmpty());
  EXPECT_THAT(quarantine(), SizeIs(3));
}

TEST_F(QuarantineCheckTest, ARowWithoutItsFileGoes) {
  std::filesystem::remove(path_of(quarantine()[1]));
  EXPECT_THAT(check(false), ElementsAre(false));
  EXPECT_THAT(check(true), ElementsAre(true));
  EXPECT_THAT(check(true), IsEmpty());
  EXPECT_THAT(quarantine(), SizeIs(2));
}

TEST_F(QuarantineCheckTest, ADamagedFileIsThereAsWhatItIsNow) {
  const auto damaged = quarantine()[1];
  std::fstream(path_of(damaged), std::ios::in | std::ios::out | std::ios::binary).seekp(100).put('x');
  EXPECT_THAT(check(true), ElementsAre(true, true)) << "a row that is wrong, and then a file without one";
  EXPECT_THAT(check(true), IsEmpty());
  const auto row = catalog_->quarantined(damaged.bytes.id);
  ASSERT_TRUE(row);
  EXPECT_EQ(row->bytes.sha256, sha256(quarantined_bytes(damaged)));
}

TEST_F(QuarantineCheckTest, AFileWithoutARowGetsOne) {
  put_file(camera_.folder, make_noise(300, 9));
  EXPECT_THAT(check(false), ElementsAre(false));
  EXPECT_THAT(check(true), ElementsAre(true));
  EXPECT_THAT(check(true), IsEmpty());
  ASSERT_THAT(quarantine(), SizeIs(4));
  EXPECT_EQ(quarantined_bytes(quarantine()[0]), make_noise(300, 9));
  EXPECT_THAT(quarantine()[0].bytes.reason, HasSubstr("this is no JPEG"));
}

TEST_F(QuarantineCheckTest, EmptyFilesAndSecondCopiesGo) {
  put_file(camera_.folder, {});
  put_file(camera_.folder, make_noise(200, 1));
  EXPECT_THAT(check(true), ElementsAre(true, true));
  EXPECT_THAT(refused_files(), SizeIs(3));
}

TEST_F(QuarantineCheckTest, NobodysFilesAreLeftAlone) {
  put_file("somebody-else", make_noise(200, 1));
  EXPECT_THAT(check(true), ElementsAre(false));
  EXPECT_THAT(refused_files(), SizeIs(4));
}

}  // namespace
}  // namespace heliograph::ingest
