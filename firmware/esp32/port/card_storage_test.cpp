#include "firmware/esp32/port/card_storage.hpp"

#include "tests/support/temporary_directory.hpp"

#include <set>
#include <string>

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

Bytes bytes_of(std::string_view text) {
  return {text.data(), text.size()};
}

class Names final : public FileVisitor {
 public:
  explicit Names(CardStorage* remover = nullptr) : remover_(remover) {}
  void visit(std::string_view name, std::uint64_t size) override {
    seen.insert(std::string(name) + " " + std::to_string(size));
    if (remover_ != nullptr) remover_->remove(Area::waiting, name);
  }
  std::set<std::string> seen;

 private:
  CardStorage* const remover_;
};

class CardStorageTest : public testing::Test {
 protected:
  std::string content(Area area, std::string_view name) {
    char out[64];
    const FileRead read = card_.read(area, name, out, sizeof out);
    return read.status == StorageStatus::ok ? std::string(out, read.size_read) : "none";
  }

  const TemporaryDirectory place_;
  const std::string base_ = place_.path().string();
  CardStorage card_{base_.c_str()};
};

TEST_F(CardStorageTest, FilesAreKeptReadMovedAndRemoved) {
  ASSERT_EQ(card_.open(), StorageStatus::ok);
  ASSERT_EQ(card_.put(Area::waiting, "00000001.REC", bytes_of("head"), bytes_of("picture")),
            StorageStatus::ok);
  EXPECT_EQ(content(Area::waiting, "00000001.REC"), "headpicture");
  char out[4];
  const FileRead part = card_.read(Area::waiting, "00000001.REC", out, sizeof out);
  EXPECT_EQ(part.size_read, 4U);
  EXPECT_EQ(part.file_size, 11U);
  ASSERT_EQ(card_.move(Area::waiting, "00000001.REC", Area::damaged), StorageStatus::ok);
  EXPECT_EQ(content(Area::waiting, "00000001.REC"), "none");
  EXPECT_EQ(content(Area::damaged, "00000001.REC"), "headpicture");
  EXPECT_EQ(card_.remove(Area::damaged, "00000001.REC"), StorageStatus::ok);
  EXPECT_EQ(card_.remove(Area::damaged, "00000001.REC"), StorageStatus::ok);
  EXPECT_EQ(card_.read(Area::damaged, "00000001.REC", out, 0).status, StorageStatus::not_found);
  EXPECT_EQ(card_.move(Area::damaged, "00000001.REC", Area::waiting), StorageStatus::not_found);
}

TEST_F(CardStorageTest, OneOfTheSameNameIsReplaced) {
  ASSERT_EQ(card_.open(), StorageStatus::ok);
  card_.put(Area::state, "ORDERS.TXT", bytes_of("old"), {});
  ASSERT_EQ(card_.put(Area::state, "ORDERS.TXT", bytes_of("new"), {}), StorageStatus::ok);
  EXPECT_EQ(content(Area::state, "ORDERS.TXT"), "new");
  Names names;
  card_.list(Area::state, names);
  EXPECT_EQ(names.seen, std::set<std::string>{"ORDERS.TXT 3"});
}

// What a power cut can leave of a put() that replaces: each time the file is there whole.
TEST_F(CardStorageTest, APutThatWasInterruptedIsPutRight) {
  struct Case {
    const char* what;
    bool temporary, aside, whole;
    const char* content;
  };
  const Case cases[] = {
      {"while writing", true, false, true, "old"},
      {"the old one aside, the new one not yet there", true, true, false, "old"},
      {"the new one there, the old one not yet gone", false, true, true, "new"},
      {"a first one while writing", true, false, false, "none"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    std::filesystem::remove_all(place_.path() / "state");
    std::filesystem::create_directory(place_.path() / "state");
    if (c.temporary) place_.write("state/put.tmp", "ne");
    if (c.aside) place_.write("state/ORDERS.TXT.old", "old");
    if (c.whole) place_.write("state/ORDERS.TXT", c.aside ? "new" : "old");
    ASSERT_EQ(card_.open(), StorageStatus::ok);
    EXPECT_EQ(content(Area::state, "ORDERS.TXT"), c.content);
    Names names;
    card_.list(Area::state, names);
    EXPECT_EQ(names.seen.size(), std::string(c.content) == "none" ? 0U : 1U);
  }
}

TEST_F(CardStorageTest, WhatIsShownMayBeRemoved) {
  ASSERT_EQ(card_.open(), StorageStatus::ok);
  for (int i = 0; i < 20; ++i) card_.put(Area::waiting, "F" + std::to_string(i), bytes_of("x"), {});
  Names names(&card_);
  ASSERT_EQ(card_.list(Area::waiting, names), StorageStatus::ok);
  EXPECT_EQ(names.seen.size(), 20U);
  Names left;
  card_.list(Area::waiting, left);
  EXPECT_TRUE(left.seen.empty());
}

TEST_F(CardStorageTest, NumbersLieInDirectoriesOfAFewHundred) {
  ASSERT_EQ(card_.open(), StorageStatus::ok);
  for (const char* name : {"00000255.REC", "00000256.REC", "00003087.REC"}) {
    ASSERT_EQ(card_.put(Area::waiting, name, bytes_of("x"), {}), StorageStatus::ok);
  }
  EXPECT_TRUE(std::filesystem::exists(place_.path() / "waiting/000000/00000255.REC"));
  EXPECT_TRUE(std::filesystem::exists(place_.path() / "waiting/000012/00003087.REC"));
  Names names(&card_);
  ASSERT_EQ(card_.list(Area::waiting, names), StorageStatus::ok);
  EXPECT_EQ(names.seen, (std::set<std::string>{"00000255.REC 1", "00000256.REC 1", "00003087.REC 1"}));
  EXPECT_TRUE(std::filesystem::is_empty(place_.path() / "waiting"));
}

TEST_F(CardStorageTest, ACardThatIsGoneFailsWithAReason) {
  ASSERT_EQ(card_.open(), StorageStatus::ok);
  std::filesystem::remove_all(place_.path() / "waiting");
  EXPECT_NE(card_.put(Area::waiting, "00000001.REC", bytes_of("x"), {}), StorageStatus::ok);
  EXPECT_EQ(card_.error_text(), "00000001.REC: card error 2");
  Names names;
  EXPECT_NE(card_.list(Area::waiting, names), StorageStatus::ok);
  CardStorage nowhere("/nowhere/at/all");
  EXPECT_NE(nowhere.open(), StorageStatus::ok);
}

}  // namespace
}  // namespace heliograph::firmware
