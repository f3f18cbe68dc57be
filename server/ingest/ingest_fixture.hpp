// A data directory with a catalog and one camera, for the tests of this module.
#pragma once

#include "server/ingest/ingest.hpp"
#include "tests/support/jpeg_fixtures.hpp"

#include <filesystem>
#include <future>
#include <memory>
#include <optional>
#include <stdlib.h>
#include <string>

#include <gtest/gtest.h>

namespace heliograph::ingest {

class IngestFixture : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "heliograph-ingest-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    directory_ = pattern;
    store_ = store::ImageStore::open(directory_).value();
    catalog_.emplace(open_catalog(catalog::Durability::at_commit));
    camera_ = {ids_.next<CameraId>(), "Orchard", "orchard", clock_.now()};
    ASSERT_TRUE(catalog_->add_camera(camera_, sha256("key")));
  }

  void TearDown() override {
    catalog_.reset();
    store_.reset();
    std::filesystem::remove_all(directory_);
  }

  catalog::Catalog open_catalog(catalog::Durability durability) const {
    return catalog::Catalog::open({(directory_ / "c.sqlite").string(), durability, true}).value();
  }

  // For another life of the server, which knows nothing of what was sent in the one before.
  store::SpaceWatch watch_space() {
    return store::SpaceWatch([this] { return room_; }, clock_, {.low_bytes = 2000, .reserve_bytes = 1000});
  }

  std::unique_ptr<Ingestor> start() {
    return std::make_unique<Ingestor>(*store_, space_, open_catalog(catalog::Durability::at_sync), ids_,
                                      clock_, log_, [this](const catalog::FiledImage&) { ++told_; });
  }

  ImageUpload upload(std::optional<catalog::SenderName> sender = {}) const {
    return {camera_, std::move(sender), {}, {}};
  }

  // The whole way of one picture, in pieces of `piece` bytes.
  static Result<Receipt> send(Ingestor& ingestor, ImageUpload upload, const fixtures::Bytes& bytes,
                              std::size_t piece = 1000) {
    auto incoming = ingestor.begin(std::move(upload));
    if (!incoming) return incoming.error();
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
      const auto rest = std::span(bytes).subspan(at);
      const auto written = incoming->write(rest.first(std::min(piece, rest.size())));
      if (written) continue;
      if (written.error().kind != ErrorKind::unprocessable) return written.error();
      break;
    }
    auto promise = std::make_shared<std::promise<Result<Receipt>>>();
    auto answer = promise->get_future();
    ingestor.commit(std::move(*incoming),
                    [promise](Result<Receipt> result) { promise->set_value(std::move(result)); });
    return answer.get();
  }

  std::vector<store::FoundImage> files() const {
    std::vector<store::FoundImage> found;
    EXPECT_TRUE(store_->walk(
        {}, [&](const store::FoundImage& image) { found.push_back(image); }, [](const auto&) {}));
    return found;
  }

  std::vector<store::FoundQuarantined> refused_files() const {
    std::vector<store::FoundQuarantined> found;
    EXPECT_TRUE(
        store_->walk_quarantine([&](const auto& file) { found.push_back(file); }, [](const auto&) {}));
    return found;
  }

  // What the camera has in quarantine, newest first, once the ingestor has written all it knows.
  std::vector<catalog::FiledQuarantined> quarantine() {
    return catalog_->quarantine(camera_.id, {}, catalog::max_page).value();
  }

  fixtures::Bytes quarantined_bytes(const catalog::FiledQuarantined& filed) const {
    return store_
        ->read(store::quarantine_key(filed.folder, {filed.bytes.received_at, filed.bytes.id}), max_file_bytes)
        .value();
  }

  fixtures::Bytes stored_bytes(const Receipt& receipt) const {
    return store_->read(store::image_key(camera_.folder, {receipt.captured_at, receipt.id}), max_file_bytes)
        .value();
  }

  // A file as a crash leaves it: there, without a row.
  store::ImageName put_orphan(const fixtures::Bytes& bytes, const std::string& folder) {
    const store::ImageName name{clock_.now(), ids_.next<ImageId>()};
    auto file = store_->create(store::image_key(folder, name));
    EXPECT_TRUE(file && file->write(bytes) && file->keep());
    return name;
  }

  static constexpr std::uint64_t max_file_bytes = 20'000'000;

  std::filesystem::path directory_;
  // The real time, because adopted files are dated by the filesystem.
  ManualClock clock_{SystemClock().now()};
  IdSource ids_{clock_};
  Log log_{LogFormat::text, LogLevel::error};
  std::unique_ptr<store::ImageStore> store_;
  store::ImageStore::Space room_{.free_bytes = 1ULL << 30U,
                                 .total_bytes = 1ULL << 30U};  // that the disk says it has
  store::SpaceWatch space_ = watch_space();
  std::optional<catalog::Catalog> catalog_;
  catalog::Camera camera_;
  std::atomic<int> told_{0};
};

}  // namespace heliograph::ingest
