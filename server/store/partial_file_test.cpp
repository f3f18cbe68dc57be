#include "server/store/partial_file.hpp"

#include <cstdlib>
#include <fstream>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::store {
namespace {

namespace fs = std::filesystem;
using Bytes = std::vector<std::uint8_t>;

// No two places of it are alike.
Bytes some_bytes(std::size_t count) {
  Bytes bytes(count);
  std::uint32_t state = 1;
  for (std::uint8_t& byte : bytes) {
    state = state * 1664525U + 1013904223U;
    byte = static_cast<std::uint8_t>(state >> 24U);
  }
  return bytes;
}

class PartialFileTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "heliograph-partial-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    directory_ = pattern;
    path_ = directory_ / "upload";
    sums_ = directory_ / "upload.sums";
  }
  void TearDown() override { fs::remove_all(directory_); }

  PartialFile open(Trust trust = Trust::to_be_proven) const {
    return PartialFile::open(path_, trust).value();
  }

  Bytes content() const {
    Bytes all;
    const PartialFile file = open(Trust::known);
    EXPECT_TRUE(file.read([&](std::span<const std::uint8_t> piece) -> Result<void> {
      all.insert(all.end(), piece.begin(), piece.end());
      return {};
    }));
    return all;
  }

  void overwrite(const fs::path& path, std::streamoff at, char byte) const {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(at);
    file.put(byte);
  }

  fs::path directory_;
  fs::path path_;
  fs::path sums_;
  const Bytes bytes_ = some_bytes(100'000);
};

TEST_F(PartialFileTest, GrowsOverSeveralOpenings) {
  for (const Trust trust : {Trust::known, Trust::to_be_proven}) {
    fs::remove(path_);
    fs::remove(sums_);
    std::size_t at = 0;
    for (const std::size_t piece :
         {std::size_t{1}, std::size_t{0}, std::size_t{16 * 1024}, std::size_t{50'000}}) {
      PartialFile file = open(trust);
      EXPECT_EQ(file.size(), at);
      ASSERT_TRUE(file.append(std::span(bytes_).subspan(at, piece)));
      at += piece;
      EXPECT_EQ(file.size(), at);
    }
    EXPECT_EQ(content(), Bytes(bytes_.begin(), bytes_.begin() + static_cast<std::ptrdiff_t>(at)));
  }
}

TEST_F(PartialFileTest, CuttingBackGivesUpWhatThisOpeningBrought) {
  {
    ASSERT_TRUE(open().append(std::span(bytes_).first(30'000)));
  }
  {
    PartialFile file = open(Trust::known);
    ASSERT_TRUE(file.append(std::span(bytes_).subspan(40'000)));
    ASSERT_TRUE(file.cut_back());
    EXPECT_EQ(file.size(), 30'000U);
    ASSERT_TRUE(file.append(std::span(bytes_).subspan(30'000)));
  }
  EXPECT_EQ(open().size(), bytes_.size()) << "its checksums fit";
  EXPECT_EQ(content(), bytes_);
}

TEST_F(PartialFileTest, ATornByteCostsItsStretchAndWhatFollows) {
  {
    ASSERT_TRUE(open().append(bytes_));
  }
  const auto torn = static_cast<std::streamoff>(3 * note_every + 5);
  overwrite(path_, torn, static_cast<char>(~bytes_[static_cast<std::size_t>(torn)]));
  EXPECT_EQ(open(Trust::known).size(), bytes_.size()) << "nobody looked";
  EXPECT_EQ(open().size(), 3 * note_every);
  EXPECT_EQ(fs::file_size(path_), 3 * note_every);
  EXPECT_EQ(content(), Bytes(bytes_.begin(), bytes_.begin() + 3 * note_every));
}

TEST_F(PartialFileTest, WhatHasNoChecksumIsNotBelieved) {
  {
    ASSERT_TRUE(open().append(bytes_));
  }
  // As a kill leaves it: the last stretch was written, its checksum was not, or only a part of it.
  for (const std::uintmax_t cut : {1U, 39U, 40U}) {
    fs::resize_file(sums_, fs::file_size(sums_) - cut);
    const auto expected = fs::file_size(sums_) / 40 * note_every;
    EXPECT_EQ(open(Trust::known).size(), expected) << "seen without proving: the two do not fit";
    EXPECT_EQ(open().size(), expected);
  }
  fs::remove(sums_);
  EXPECT_EQ(open().size(), 0U);
}

TEST_F(PartialFileTest, ALostTailIsSeen) {
  {
    ASSERT_TRUE(open().append(bytes_));
  }
  fs::resize_file(path_, note_every + 7);
  EXPECT_EQ(open().size(), note_every);
  // Kept length, lost bytes: what some filesystems make of a power cut.
  fs::resize_file(path_, bytes_.size());
  EXPECT_EQ(open().size(), note_every);
}

TEST_F(PartialFileTest, RubbishInPlaceOfChecksumsIsNoTrouble) {
  std::ofstream(sums_, std::ios::binary) << std::string(4000, '\xff');
  std::ofstream(path_, std::ios::binary) << std::string(4000, '\xff');
  EXPECT_EQ(open().size(), 0U);
}

TEST_F(PartialFileTest, ReadingStopsWhenItsReaderHasHadEnough) {
  PartialFile file = open();
  ASSERT_TRUE(file.append(bytes_));
  int pieces = 0;
  const auto read = file.read([&](auto) -> Result<void> {
    ++pieces;
    return Error{ErrorKind::unprocessable, "enough"};
  });
  EXPECT_EQ(read.error().detail, "enough");
  EXPECT_EQ(pieces, 1);
}

}  // namespace
}  // namespace heliograph::store
