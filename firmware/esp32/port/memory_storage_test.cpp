#include "firmware/esp32/port/memory_storage.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

Bytes bytes_of(std::string_view text) {
  return {text.data(), text.size()};
}

class Names final : public FileVisitor {
 public:
  explicit Names(MemoryStorage* remover = nullptr) : remover_(remover) {}
  void visit(std::string_view name, std::uint64_t) override {
    seen += std::string(name) + " ";
    if (remover_ != nullptr) remover_->remove(Area::waiting, name);
  }
  std::string seen;

 private:
  MemoryStorage* const remover_;
};

class MemoryStorageTest : public testing::Test {
 protected:
  std::string content(Area area, std::string_view name) {
    char out[64];
    const FileRead read = memory_.read(area, name, out, sizeof out);
    return read.status == StorageStatus::ok ? std::string(out, read.size_read) : "none";
  }

  std::vector<std::uint8_t> room_ = std::vector<std::uint8_t>(20);
  MemoryStorage memory_{{room_.data(), room_.size()}};
};

TEST_F(MemoryStorageTest, FilesLieBehindOneAnotherAndCloseUp) {
  ASSERT_EQ(memory_.put(Area::waiting, "A", bytes_of("aa"), bytes_of("aa")), StorageStatus::ok);
  ASSERT_EQ(memory_.put(Area::waiting, "B", bytes_of("bbbb"), {}), StorageStatus::ok);
  ASSERT_EQ(memory_.put(Area::refused, "A", bytes_of("cccc"), {}), StorageStatus::ok);
  EXPECT_EQ(memory_.put(Area::waiting, "D", bytes_of("123456789"), {}), StorageStatus::full);
  EXPECT_EQ(memory_.remove(Area::waiting, "A"), StorageStatus::ok);
  EXPECT_EQ(memory_.remove(Area::waiting, "A"), StorageStatus::ok);
  EXPECT_EQ(memory_.put(Area::waiting, "D", bytes_of("123456789"), {}), StorageStatus::ok);
  EXPECT_EQ(content(Area::waiting, "B"), "bbbb");
  EXPECT_EQ(content(Area::refused, "A"), "cccc");
  EXPECT_EQ(content(Area::waiting, "D"), "123456789");
  EXPECT_EQ(content(Area::waiting, "A"), "none");
  EXPECT_EQ(memory_.files_in(Area::waiting), 2U);
}

TEST_F(MemoryStorageTest, OneOfTheSameNameIsReplacedAndOneThatDoesNotFitLeavesTheOld) {
  memory_.put(Area::waiting, "A", bytes_of("old"), {});
  ASSERT_EQ(memory_.put(Area::waiting, "A", bytes_of("newer"), {}), StorageStatus::ok);
  EXPECT_EQ(content(Area::waiting, "A"), "newer");
  EXPECT_EQ(memory_.put(Area::waiting, "A", bytes_of(std::string(16, 'x')), {}), StorageStatus::full);
  EXPECT_EQ(content(Area::waiting, "A"), "newer");
}

TEST_F(MemoryStorageTest, MovesOverWhatIsThere) {
  memory_.put(Area::waiting, "A", bytes_of("one"), {});
  memory_.put(Area::damaged, "A", bytes_of("two"), {});
  ASSERT_EQ(memory_.move(Area::waiting, "A", Area::damaged), StorageStatus::ok);
  EXPECT_EQ(content(Area::damaged, "A"), "one");
  EXPECT_EQ(memory_.move(Area::waiting, "A", Area::damaged), StorageStatus::not_found);
}

TEST_F(MemoryStorageTest, WhatIsShownMayBeRemoved) {
  for (const char* name : {"A", "B", "C"}) memory_.put(Area::waiting, name, bytes_of("x"), {});
  memory_.put(Area::refused, "D", bytes_of("x"), {});
  Names kept;
  memory_.list(Area::waiting, kept);
  EXPECT_EQ(kept.seen, "A B C ");
  Names removed(&memory_);
  memory_.list(Area::waiting, removed);
  EXPECT_EQ(removed.seen, "A B C ");
  EXPECT_EQ(memory_.files_in(Area::waiting), 0U);
  EXPECT_EQ(memory_.files_in(Area::refused), 1U);
}

TEST_F(MemoryStorageTest, HasRoomForSoManyFiles) {
  for (std::size_t i = 0; i < max_memory_files; ++i) {
    ASSERT_EQ(memory_.put(Area::waiting, std::to_string(i), {}, {}), StorageStatus::ok);
  }
  EXPECT_EQ(memory_.put(Area::waiting, "more", {}, {}), StorageStatus::full);
}

}  // namespace
}  // namespace heliograph::firmware
