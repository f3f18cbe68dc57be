// One bit of one file is not what it was: fsck finds it, or it changes nothing that is served. Nothing
// crashes.
#include "server/ingest/fsck.hpp"
#include "server/ingest/ingest_fixture.hpp"
#include "server/ingest/recovery.hpp"

#include <fstream>
#include <iterator>
#include <random>

namespace heliograph::ingest {
namespace {

namespace fs = std::filesystem;

// Bits of each file: enough to meet every kind of page and every part of a picture, few enough for seconds.
constexpr int samples = 60;
constexpr int database_samples = 300;

class BitRotTest : public IngestFixture {
 protected:
  void SetUp() override {
    IngestFixture::SetUp();
    auto ingestor = start();
    for (std::uint32_t n = 1; n <= 12; ++n) {
      std::optional<catalog::SenderName> name;
      if (n % 2 == 0) name = {"boot", n};
      pictures_.push_back(fixtures::make_jpeg({.width = 40, .height = 30, .seed = n}));
      stored_.push_back(send(*ingestor, upload(name), pictures_.back()).value());
    }
    ingestor.reset();
    catalog_.reset();
    // The last one to close moves the log into the file, so that all there is to damage is in one place.
    open_catalog(catalog::Durability::at_commit);
    database_ = bytes_of(directory_ / "c.sqlite");
  }

  static fixtures::Bytes bytes_of(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  static void put(const fs::path& path, const fixtures::Bytes& bytes) {
    std::ofstream(path, std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  }
  fixtures::Bytes with_a_bit_flipped(fixtures::Bytes bytes) {
    bytes[random_() % bytes.size()] ^= static_cast<std::uint8_t>(1U << random_() % 8);
    return bytes;
  }
  void put_database(const fixtures::Bytes& bytes) const {
    for (const char* beside : {"c.sqlite-wal", "c.sqlite-shm"}) fs::remove(directory_ / beside);
    put(directory_ / "c.sqlite", bytes);
  }

  Result<catalog::Catalog> try_open() const {
    return catalog::Catalog::open({(directory_ / "c.sqlite").string(), catalog::Durability::at_sync, true});
  }

  // Everything a browser may ask for, and an upload. Answers may be errors. What is given out as picture n is
  // picture n.
  void use(catalog::Catalog catalog) {
    static_cast<void>(catalog.cameras());
    static_cast<void>(catalog.histogram({}));
    static_cast<void>(catalog.images({}));
    static_cast<void>(catalog.claim_jobs(clock_.now(), clock_.now(), 10));
    static_cast<void>(recover(*store_, catalog, clock_.now(), log_));
    store::SpaceWatch space = watch_space();
    Ingestor ingestor(*store_, space, std::move(catalog), ids_, clock_, log_, [](const auto&) {});
    static_cast<void>(send(ingestor, upload(), pictures_.front()));
  }

  // How many pictures are given out, as they were stored.
  std::size_t served_right(catalog::Catalog& catalog) {
    std::size_t right = 0;
    for (std::size_t n = 0; n < stored_.size(); ++n) {
      const auto row = catalog.image(stored_[n].id);
      if (!row) continue;
      const auto bytes = store_->read(store::image_key(row->folder, {row->image.captured_at, row->image.id}),
                                      max_file_bytes);
      if (!bytes) continue;
      const bool same = *bytes == pictures_[n] && row->image.sha256 == sha256(*bytes);
      right += same ? 1 : 0;
    }
    return right;
  }

  std::mt19937 random_{20261122};
  std::vector<fixtures::Bytes> pictures_;
  std::vector<Receipt> stored_;
  fixtures::Bytes database_;
};

TEST_F(BitRotTest, OfAPictureIsFound) {
  auto catalog = try_open().value();
  for (int i = 0; i < samples; ++i) {
    const std::size_t n = random_() % stored_.size();
    const auto path =
        store_->path_of(store::image_key(camera_.folder, {stored_[n].captured_at, stored_[n].id}));
    put(path, with_a_bit_flipped(pictures_[n]));
    const auto report = fsck(*store_, catalog, ids_, clock_, {}).value();
    ASSERT_EQ(report.faults, 1);
    EXPECT_EQ(report.findings.front().fault, Fault::file_damaged);
    put(path, pictures_[n]);
  }
}

TEST_F(BitRotTest, OfTheDatabaseIsFoundOrHarmless) {
  // Recovery and repair change files; each sample begins with these.
  fs::copy(directory_ / "images", directory_ / "as-they-were", fs::copy_options::recursive);
  int found = 0;
  int harmless = 0;
  for (int i = 0; i < database_samples; ++i) {
    SCOPED_TRACE(i);
    const auto damaged = with_a_bit_flipped(database_);
    put_database(damaged);
    auto opened = try_open();
    const auto report = opened ? fsck(*store_, *opened, ids_, clock_, {}) : opened.error();
    if (report && report->faults == 0) {
      ++harmless;
      EXPECT_EQ(served_right(*opened), stored_.size())
          << "fsck was content, and pictures are not what they were";
    } else {
      ++found;
    }
    opened = Error{};
    put_database(damaged);
    if (auto catalog = try_open()) use(std::move(*catalog));
    fs::remove_all(directory_ / "images");
    fs::copy(directory_ / "as-they-were", directory_ / "images", fs::copy_options::recursive);
  }
  // Most of a database is free space, or a table that has no row here.
  EXPECT_GT(found, 5);
  EXPECT_GT(harmless, 10);
}

}  // namespace
}  // namespace heliograph::ingest
