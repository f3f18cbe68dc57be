// A data directory with a catalog and one camera, for the tests of this module.
#pragma once

#include "server/base/base.hpp"
#include "server/catalog/catalog.hpp"
#include "server/store/store.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <stdlib.h>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace heliograph::jobs {

class JobsFixture : public testing::Test {
 public:
  static constexpr Timestamp now = from_ms(1'800'000'000'000);

 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "heliograph-jobs-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    directory_ = pattern;
    store_ = store::ImageStore::open(directory_).value();
    catalog_.emplace(open_catalog());
    camera_ = {ids_.next<CameraId>(), "Orchard", "orchard", clock_.now()};
    ASSERT_TRUE(catalog_->add_camera(camera_, sha256("key")));
  }
  void TearDown() override {
    catalog_.reset();
    store_.reset();
    std::filesystem::remove_all(directory_);
  }

  catalog::Catalog open_catalog() {
    return catalog::Catalog::open({(directory_ / "c.sqlite").string()}).value();
  }

  // An image with its file; taken, and received, so long ago.
  catalog::FiledImage add_image(const std::vector<std::uint8_t>& bytes, std::chrono::milliseconds ago = {}) {
    catalog::NewImage row;
    const Timestamp taken = clock_.now() - ago;
    row.image = {ids_.next<ImageId>(),
                 camera_.id,
                 taken,
                 taken,
                 {},
                 sha256(bytes),
                 static_cast<std::int64_t>(bytes.size()),
                 64,
                 48};
    const catalog::FiledImage filed{row.image, camera_.folder};
    EXPECT_TRUE(
        store_->replace(store::image_key(camera_.folder, {row.image.captured_at, row.image.id}), bytes));
    // The file first, as in life: a running runner may claim the job at once.
    EXPECT_TRUE(catalog_->add_images({&row, 1}));
    return filed;
  }

  std::filesystem::path directory_;
  ManualClock clock_{now};
  IdSource ids_{clock_};
  Log log_{LogFormat::text, LogLevel::error};
  std::unique_ptr<store::ImageStore> store_;
  std::optional<catalog::Catalog> catalog_;
  catalog::Camera camera_;
};

}  // namespace heliograph::jobs
