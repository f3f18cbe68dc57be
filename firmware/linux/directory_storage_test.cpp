#include "firmware/linux/directory_storage.hpp"

#include "firmware/core/spool.hpp"
#include "tests/support/temporary_directory.hpp"

#include <csignal>
#include <optional>
#include <string>
#include <sys/resource.h>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

using ::testing::HasSubstr;

Bytes bytes(const std::string& text) {
  return {text.data(), text.size()};
}

struct Directory {
  TemporaryDirectory place;
  DirectoryStorage storage{place.path() / "spool"};
  const std::filesystem::path waiting = place.path() / "spool/waiting";
};

TEST(DirectoryStorage, WritesReadsMovesAndRemoves) {
  Directory directory;
  ASSERT_EQ(directory.storage.open(), StorageStatus::ok);
  EXPECT_EQ(directory.storage.put(Area::waiting, "A.REC", bytes("head"), bytes("body")), StorageStatus::ok);
  EXPECT_EQ(read_file(directory.waiting / "A.REC"), "headbody");

  char text[6];
  const FileRead read = directory.storage.read(Area::waiting, "A.REC", text, sizeof text);
  EXPECT_EQ(std::string(text, read.size_read), "headbo");
  EXPECT_EQ(read.file_size, 8U);

  EXPECT_EQ(directory.storage.move(Area::waiting, "A.REC", Area::damaged), StorageStatus::ok);
  EXPECT_EQ(directory.storage.read(Area::waiting, "A.REC", text, sizeof text).status,
            StorageStatus::not_found);
  EXPECT_EQ(directory.storage.remove(Area::damaged, "A.REC"), StorageStatus::ok);
  EXPECT_EQ(directory.storage.remove(Area::damaged, "A.REC"), StorageStatus::ok)
      << "twice is as good as once";
}

TEST(DirectoryStorage, RemovesWhatAnInterruptedWriteLeft) {
  Directory directory;
  directory.place.write("spool/waiting/PUT.TMP", "half a rec");
  ASSERT_EQ(directory.storage.open(), StorageStatus::ok);
  EXPECT_FALSE(std::filesystem::exists(directory.waiting / "PUT.TMP"));
}

TEST(DirectoryStorage, ShowsFilesOnly) {
  struct Names final : FileVisitor {
    void visit(std::string_view name, std::uint64_t size) override {
      all.emplace_back(std::string(name) + " " + std::to_string(size));
    }
    std::vector<std::string> all;
  } names;
  Directory directory;
  directory.place.write("spool/waiting/A.REC", "abc");
  std::filesystem::create_directory(directory.waiting / "folder");
  ASSERT_EQ(directory.storage.open(), StorageStatus::ok);
  EXPECT_EQ(directory.storage.list(Area::waiting, names), StorageStatus::ok);
  EXPECT_THAT(names.all, ::testing::ElementsAre("A.REC 3"));
}

TEST(DirectoryStorage, IsUsedByOneProgramAtATime) {
  Directory directory;
  ASSERT_EQ(directory.storage.open(), StorageStatus::ok);
  DirectoryStorage second(directory.place.path() / "spool");
  EXPECT_EQ(second.open(), StorageStatus::failed);
  EXPECT_THAT(std::string(second.error_text()), HasSubstr("in use by another heliograph-cam"));
}

TEST(DirectoryStorage, SaysWhyItCannotStart) {
  TemporaryDirectory place;
  place.write("file", "");
  DirectoryStorage storage(place.path() / "file/spool");
  EXPECT_EQ(storage.open(), StorageStatus::failed);
  EXPECT_THAT(std::string(storage.error_text()), HasSubstr("Not a directory"));
}

TEST(DirectoryStorage, LeavesNothingBehindWhenAWriteFails) {
  Directory directory;
  ASSERT_EQ(directory.storage.open(), StorageStatus::ok);
  // A file size limit cuts the write short, as a full disk does.
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, SIG_IGN);
  const rlimit small{100, before.rlim_max};
  setrlimit(RLIMIT_FSIZE, &small);
  const StorageStatus status =
      directory.storage.put(Area::waiting, "A.REC", bytes(std::string(500, 'x')), {});
  setrlimit(RLIMIT_FSIZE, &before);
  EXPECT_EQ(status, StorageStatus::failed);
  EXPECT_TRUE(std::filesystem::is_empty(directory.waiting));
}

// The spool and the directory together: what is there after each kind of broken end.
TEST(DirectoryStorage, GivesTheSpoolBackAfterARestart) {
  TemporaryDirectory place;
  std::vector<std::uint8_t> buffer(10'000);
  const std::string picture(1'000, 'p');
  const auto start = [&](std::optional<DirectoryStorage>& storage, std::optional<Spool>& spool) {
    spool.reset();
    storage.emplace(place.path());
    spool.emplace(*storage, 1'000'000);
    return spool->recover(buffer.data());
  };
  std::optional<DirectoryStorage> storage;
  std::optional<Spool> spool;
  start(storage, spool);
  for (std::uint64_t sequence = 0; sequence < 3; ++sequence) {
    Record record;
    record.boot = "boot";
    record.sequence = sequence;
    record.picture = bytes(picture);
    ASSERT_EQ(spool->put(record).status, StorageStatus::ok);
  }
  std::filesystem::resize_file(place.path() / "waiting/00000002.REC", 700);
  place.write("waiting/PUT.TMP", "torn");
  storage.reset();

  const SpoolRecovery recovery = start(storage, spool);
  EXPECT_EQ(recovery.damaged, 1U);
  EXPECT_EQ(spool->waiting(), 2U);
  Record record;
  ASSERT_EQ(spool->peek(buffer.data(), buffer.size(), record), PeekStatus::ok);
  EXPECT_EQ(record.sequence, 0U);
  EXPECT_TRUE(std::filesystem::exists(place.path() / "damaged/00000002.REC"));
}

}  // namespace
}  // namespace heliograph::firmware
