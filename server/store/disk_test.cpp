#include "server/store/disk.hpp"

#include <atomic>
#include <fstream>
#include <iterator>
#include <sys/stat.h>
#include <thread>
#include <utime.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::store {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::IsEmpty;

const std::vector<std::uint8_t> some_bytes{1, 2, 3, 4, 5};

class DiskTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "heliograph-store-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    directory_ = pattern;
  }
  void TearDown() override { fs::remove_all(directory_); }

  std::unique_ptr<ImageStore> open() { return ImageStore::open(directory_).value(); }

  static void put(ImageStore& store, const std::string& key) {
    auto file = store.create(key);
    ASSERT_TRUE(file);
    ASSERT_TRUE(file->write(some_bytes));
    ASSERT_TRUE(file->keep());
  }

  static std::vector<ImageId> found(const ImageStore& store, std::optional<Timestamp> since = {}) {
    std::vector<ImageId> ids;
    EXPECT_TRUE(store.walk(
        since, [&](const FoundImage& image) { ids.push_back(image.name.id); }, [](const auto&) {}));
    std::sort(ids.begin(), ids.end());
    return ids;
  }

  fs::path directory_;
};

TEST_F(DiskTest, AKeptFileStaysAndAnAbandonedOneGoes) {
  auto store = open();
  put(*store, "images/a/kept");
  EXPECT_EQ(store->read("images/a/kept", 100).value(), some_bytes);
  {
    ASSERT_TRUE(store->create("images/a/abandoned")->write(some_bytes));
  }
  EXPECT_FALSE(fs::exists(store->path_of("images/a/abandoned")));
}

TEST_F(DiskTest, ANameIsGivenOnce) {
  auto store = open();
  put(*store, "images/a/one");
  const auto second = store->create("images/a/one");
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, ErrorKind::conflict);
  EXPECT_EQ(store->read("images/a/one", 100).value(), some_bytes) << "the first is untouched";
}

TEST_F(DiskTest, OneOwnerAtATime) {
  auto store = open();
  const auto second = ImageStore::open(directory_);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, ErrorKind::unavailable);
  store.reset();
  EXPECT_TRUE(ImageStore::open(directory_));
}

TEST_F(DiskTest, LookingTakesNoLock) {
  auto store = open();
  EXPECT_TRUE(ImageStore::open_to_read(directory_));
  const auto missing = ImageStore::open_to_read(directory_ / "missing");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().kind, ErrorKind::not_found);
}

TEST_F(DiskTest, ADirectoryThatCannotBeMadeIsExplained) {
  std::ofstream(directory_ / "file") << "x";
  const auto store = ImageStore::open(directory_ / "file");
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().kind, ErrorKind::bad_request);
  EXPECT_THAT(store.error().detail, testing::HasSubstr("data directory"));
}

TEST_F(DiskTest, ReadKnowsItsLimit) {
  auto store = open();
  put(*store, "images/a/one");
  EXPECT_EQ(store->read("images/a/one", 4).error().kind, ErrorKind::too_large);
  EXPECT_EQ(store->read("images/a/two", 4).error().kind, ErrorKind::not_found);
}

TEST_F(DiskTest, ReplaceReplaces) {
  auto store = open();
  const std::vector<std::uint8_t> other{9};
  ASSERT_TRUE(store->replace("thumbnails/a/t", some_bytes));
  ASSERT_TRUE(store->replace("thumbnails/a/t", other));
  EXPECT_EQ(store->read("thumbnails/a/t", 10).value(), other);
  EXPECT_EQ(std::distance(fs::directory_iterator(store->path_of("thumbnails/a")), {}), 1);
}

TEST_F(DiskTest, ManyReplaceOneFileAtOnce) {
  auto store = open();
  constexpr std::size_t length = 64UL * 1024;
  constexpr int times = 50;
  std::atomic<int> failed = 0;
  const auto replace = [&](std::uint8_t with) {
    const std::vector<std::uint8_t> bytes(length, with);
    for (int i = 0; i < times; ++i) {
      if (!store->replace("thumbnails/a/t", bytes)) ++failed;
      const auto seen = store->read("thumbnails/a/t", length);
      if (!seen || *seen != std::vector<std::uint8_t>(length, seen->front())) ++failed;
    }
  };
  std::vector<std::jthread> threads;
  for (std::uint8_t with = 1; with <= 3; ++with) threads.emplace_back(replace, with);
  threads.clear();
  EXPECT_EQ(failed, 0);
  EXPECT_EQ(std::distance(fs::directory_iterator(store->path_of("thumbnails/a")), {}), 1);
}

TEST_F(DiskTest, WalkFindsImagesAndNamesStrangers) {
  auto store = open();
  const ImageName first{from_ms(1'000'000), ImageId{1}};
  const ImageName second{from_ms(200'000'000), ImageId{2}};
  put(*store, image_key("a", first));
  put(*store, image_key("b", second));
  put(*store, "images/a/1970/01/01/notes.txt");
  put(*store, "images/a/1970/01/02/" + image_filename(first));  // filed under the wrong day
  std::vector<fs::path> strays;
  std::vector<FoundImage> images;
  ASSERT_TRUE(store->walk(
      {}, [&](const FoundImage& image) { images.push_back(image); },
      [&](const fs::path& path) { strays.push_back(path.filename()); }));
  EXPECT_EQ(images.size(), 2U);
  EXPECT_EQ(images[0].size_bytes, some_bytes.size());
  EXPECT_THAT(strays, testing::UnorderedElementsAre("notes.txt", image_filename(first)));
}

TEST_F(DiskTest, WalkSkipsDaysThatDidNotChange) {
  auto store = open();
  const ImageName old{from_ms(1'000'000), ImageId{1}};
  const ImageName fresh{from_ms(200'000'000), ImageId{2}};
  put(*store, image_key("a", old));
  put(*store, image_key("a", fresh));
  const utimbuf long_ago{1000, 1000};
  ASSERT_EQ(::utime(store->path_of(image_key("a", old)).parent_path().c_str(), &long_ago), 0);
  EXPECT_THAT(found(*store), ElementsAre(ImageId{1}, ImageId{2}));
  EXPECT_THAT(found(*store, from_ms(2'000'000)), ElementsAre(ImageId{2}));
  EXPECT_THAT(found(*store, from_ms(9'999'999'999'999)), IsEmpty());
}

TEST_F(DiskTest, PartialsAreListedByTheirUpload) {
  auto store = open();
  for (const UploadId id : {UploadId{1}, UploadId{2}}) {
    ASSERT_TRUE(store->open_partial(id, Trust::to_be_proven)->append(some_bytes));
  }
  std::ofstream(directory_ / "uploads" / "notes.txt") << "a stranger's";
  fs::remove(store->path_of(upload_key(UploadId{2})));  // its checksums stay
  EXPECT_THAT(store->partials().value(), testing::UnorderedElementsAre(UploadId{1}, UploadId{2}));
  for (const UploadId id : {UploadId{1}, UploadId{2}, UploadId{3}}) EXPECT_TRUE(store->remove_partial(id));
  EXPECT_THAT(store->partials().value(), IsEmpty());
  EXPECT_TRUE(fs::exists(directory_ / "uploads" / "notes.txt"));
}

TEST_F(DiskTest, TheCleanMarkIsThereOnce) {
  auto store = open();
  EXPECT_FALSE(store->take_clean_mark().value());
  ASSERT_TRUE(store->leave_clean_mark());
  EXPECT_TRUE(store->take_clean_mark().value());
  EXPECT_FALSE(store->take_clean_mark().value());
}

TEST_F(DiskTest, NoCleanMarkIsLeftBesideAFileThatShouldBeGone) {
  auto store = open();
  {
    const auto abandoned = store->create("images/a/stays");
    fs::remove(store->path_of("images/a/stays"));
    fs::create_directory(store->path_of("images/a/stays"));  // no unlink removes it, whoever asks
  }
  ASSERT_TRUE(store->leave_clean_mark());
  EXPECT_FALSE(store->take_clean_mark().value());
  store = nullptr;
  store = open();
  EXPECT_FALSE(store->remove("images/a/stays"));
  ASSERT_TRUE(store->leave_clean_mark());
  EXPECT_FALSE(store->take_clean_mark().value());
}

TEST_F(DiskTest, SpaceIsKnown) {
  auto store = open();
  const auto space = store->space();
  ASSERT_TRUE(space);
  EXPECT_GT(space->total_bytes, 0U);
  EXPECT_LE(space->free_bytes, space->total_bytes);
}

TEST_F(DiskTest, DirectoriesOfRemovedImagesAreSynced) {
  auto store = open();
  const std::string key = image_key("orchard", {from_ms(0), ImageId{1}});
  put(*store, key);
  ASSERT_TRUE(store->remove(key));
  const std::vector<std::string> keys{key, key, image_key("gone", {from_ms(0), ImageId{2}})};
  EXPECT_TRUE(store->sync_directories_of(keys)) << "a directory that is gone needs no sync";
  std::ofstream(directory_ / "images/file") << "no directory";
  EXPECT_FALSE(store->sync_directories_of(std::vector<std::string>{"images/file/x"}));
}

TEST_F(DiskTest, AFileIsReadInPieces) {
  auto store = open();
  std::vector<std::uint8_t> bytes(200'000);
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::uint8_t>(i * 7 >> 3);
  ASSERT_TRUE(store->replace("images/a/b.jpg", bytes));
  const auto read = [&](std::uint64_t offset, std::uint64_t length) {
    std::vector<std::uint8_t> all;
    EXPECT_TRUE(store->read_pieces(
        "images/a/b.jpg", offset, length,
        [&](std::span<const std::uint8_t> piece) { all.insert(all.end(), piece.begin(), piece.end()); }));
    return all;
  };
  EXPECT_EQ(read(0, bytes.size()), bytes);
  EXPECT_EQ(read(0, UINT64_MAX), bytes) << "as many as there are";
  EXPECT_EQ(read(100'000, 70'000), std::vector(bytes.begin() + 100'000, bytes.begin() + 170'000));
  EXPECT_THAT(read(200'000, 5), IsEmpty());
  EXPECT_EQ(store->read_pieces("images/a/none.jpg", 0, 5, [](auto) {}).error().kind, ErrorKind::not_found);
}

TEST_F(DiskTest, AMovedFileTakesNoOtherOnesName) {
  auto store = open();
  ASSERT_TRUE(store->replace("images/a/1.jpg", some_bytes));
  ASSERT_TRUE(store->move("images/a/1.jpg", "quarantine/a/2026/11/22/1.bin"));
  EXPECT_EQ(store->read("quarantine/a/2026/11/22/1.bin", 100).value(), some_bytes);
  ASSERT_TRUE(store->replace("images/a/1.jpg", {}));
  EXPECT_EQ(store->move("images/a/1.jpg", "quarantine/a/2026/11/22/1.bin").error().kind, ErrorKind::conflict);
  EXPECT_EQ(store->move("images/a/none.jpg", "images/a/2.jpg").error().kind, ErrorKind::not_found);
}

TEST_F(DiskTest, RefusedBytesAreFoundAmongThemselves) {
  auto store = open();
  const QuarantineName refused{from_ms(1'795'348'800'000), QuarantineId{7}};
  ASSERT_TRUE(store->replace(quarantine_key("orchard", refused), some_bytes));
  ASSERT_TRUE(store->replace("quarantine/orchard/2026/11/22/notes.txt", some_bytes));
  std::vector<QuarantineName> found;
  std::vector<std::string> strays;
  ASSERT_TRUE(store->walk_quarantine([&](const FoundQuarantined& file) { found.push_back(file.name); },
                                     [&](const fs::path& path) { strays.push_back(path.filename()); }));
  EXPECT_THAT(found, ElementsAre(refused));
  EXPECT_THAT(strays, ElementsAre("notes.txt"));
}

TEST_F(DiskTest, AFlashImageTakesThePlaceOfTheOneBefore) {
  auto store = open();
  const ReleaseId id{7};
  const auto put_image = [&](std::span<const std::uint8_t> bytes) {
    auto file = store->create_flash_image(id);
    ASSERT_TRUE(file);
    EXPECT_EQ(store->create_flash_image(id).error().kind, ErrorKind::conflict);
    ASSERT_TRUE(file->write(bytes));
    ASSERT_TRUE(file->keep());
    ASSERT_TRUE(store->put_flash_image(id));
  };
  put_image(some_bytes);
  put_image(std::span(some_bytes).first(2));
  const auto found = store->flash_images().value();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found.front().release, id);
  EXPECT_EQ(found.front().size_bytes, 2U);
  EXPECT_TRUE(store->releases().value().empty());
  {
    ASSERT_TRUE(store->create_flash_image(id));
  }  // abandoned
  put_image(some_bytes);
}

TEST_F(DiskTest, FlashImagesOfNoReleaseAndUnfinishedOnesGo) {
  auto store = open();
  const ReleaseId known{7}, gone{8};
  for (const ReleaseId id : {known, gone}) put(*store, flash_image_key(id));
  put(*store, flash_image_key(known) + ".new");
  put(*store, release_key(gone));
  ASSERT_TRUE(store->tidy_flash_images({known}));
  EXPECT_TRUE(fs::exists(store->path_of(flash_image_key(known))));
  EXPECT_FALSE(fs::exists(store->path_of(flash_image_key(gone))));
  EXPECT_FALSE(fs::exists(store->path_of(flash_image_key(known) + ".new")));
  EXPECT_TRUE(fs::exists(store->path_of(release_key(gone))));  // not its to remove
}

}  // namespace
}  // namespace heliograph::store
