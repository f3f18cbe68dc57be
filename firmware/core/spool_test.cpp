#include "firmware/core/spool.hpp"

#include "firmware/core/platform/fake_storage.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

// A spool on a card, and one start of the camera after another.
struct Camera {
  explicit Camera(std::uint64_t max_bytes = 1'000'000) : max_bytes(max_bytes) { restart(); }

  SpoolRecovery restart() {
    spool.emplace(card, max_bytes);
    return spool->recover(buffer.data());
  }

  SpoolPut put(std::uint64_t sequence, std::string picture = "picture") {
    Record record;
    record.boot = "boot";
    record.sequence = sequence;
    record.picture = {picture.data(), picture.size()};
    return spool->put(record);
  }

  // The sequence of the oldest, or what peek() said instead.
  std::string peek() {
    Record record;
    switch (spool->peek(buffer.data(), buffer.size(), record)) {
      case PeekStatus::ok:
        return std::to_string(record.sequence);
      case PeekStatus::empty:
        return "empty";
      case PeekStatus::damaged:
        return "damaged";
      case PeekStatus::failed:
        return "failed";
    }
    return "?";
  }

  std::string drain() {
    std::string all;
    for (std::string next = peek(); next != "empty" && next != "failed"; next = peek()) {
      all += next + " ";
      if (next != "damaged") spool->consume();
    }
    return all;
  }

  std::vector<std::string> names(Area area) {
    std::vector<std::string> all;
    for (const auto& [name, content] : card.files(area)) all.push_back(name);
    return all;
  }

  const std::uint64_t max_bytes;
  FakeStorage card;
  std::vector<std::uint8_t> buffer = std::vector<std::uint8_t>(100'000);
  std::optional<Spool> spool;
};

TEST(Spool, GivesTheOldestUntilItIsConsumed) {
  Camera camera;
  camera.put(1);
  camera.put(2);
  EXPECT_EQ(camera.peek(), "1");
  EXPECT_EQ(camera.peek(), "1");
  camera.spool->consume();
  camera.spool->consume();
  EXPECT_EQ(camera.peek(), "2");
  camera.spool->consume();
  EXPECT_EQ(camera.peek(), "empty");
  EXPECT_EQ(camera.spool->waiting(), 0U);
  EXPECT_EQ(camera.spool->bytes(), 0U);
  EXPECT_TRUE(camera.names(Area::waiting).empty());
}

TEST(Spool, KeepsTheOrderOverRestarts) {
  Camera camera;
  camera.put(7);
  camera.put(8);
  camera.restart();
  camera.put(0);  // a new boot counts from zero
  camera.put(1);
  EXPECT_EQ(camera.spool->waiting(), 4U);
  camera.restart();
  EXPECT_EQ(camera.drain(), "7 8 0 1 ");
}

TEST(Spool, NeverUsesANumberAgainThatLiesSomewhere) {
  Camera camera;
  camera.put(1);
  camera.peek();
  Record record;
  camera.spool->refuse(record, "no");
  camera.restart();
  camera.put(2);
  EXPECT_EQ(camera.names(Area::waiting), std::vector<std::string>{"00000002.REC"});
}

TEST(Spool, DropsTheOldestWhenItsLimitIsReached) {
  Camera camera(4 * 1'052);  // four records
  for (std::uint64_t i = 1; i <= 4; ++i) EXPECT_EQ(camera.put(i, std::string(1'000, 'x')).dropped, 0U);
  EXPECT_EQ(camera.put(5, std::string(1'000, 'x')).dropped, 1U);
  EXPECT_EQ(camera.put(6, std::string(3'000, 'x')).dropped, 3U);
  EXPECT_EQ(camera.drain(), "5 6 ");
}

TEST(Spool, DropsTheOldestWhenTheCardIsFull) {
  Camera camera;
  camera.card.capacity = 2'500;
  camera.put(1, std::string(1'000, 'x'));
  camera.put(2, std::string(1'000, 'x'));
  const SpoolPut put = camera.put(3, std::string(1'500, 'x'));
  EXPECT_EQ(put.status, StorageStatus::ok);
  EXPECT_EQ(put.dropped, 2U);
  EXPECT_EQ(camera.drain(), "3 ");
}

TEST(Spool, SaysSoWhenAPictureCannotBeHeld) {
  Camera camera(1'000);
  camera.put(1);
  EXPECT_EQ(camera.put(2, std::string(1'001, 'x')).status, StorageStatus::full);
  EXPECT_EQ(camera.drain(), "1 ") << "nothing was dropped for it";
  camera.card.fault = StorageStatus::failed;
  EXPECT_EQ(camera.put(3).status, StorageStatus::failed);
  EXPECT_EQ(camera.spool->waiting(), 0U);
}

TEST(Spool, SetsTornRecordsAsideAtStart) {
  Camera camera;
  camera.put(1);
  const std::string whole = camera.card.files(Area::waiting).begin()->second;
  for (std::size_t size = 0; size < whole.size(); ++size) {
    Camera torn;
    torn.card.files(Area::waiting)["00000001.REC"] = whole.substr(0, size);
    torn.card.files(Area::waiting)["00000002.REC"] = whole;
    const SpoolRecovery recovery = torn.restart();
    EXPECT_EQ(recovery.damaged, 1U) << size;
    EXPECT_EQ(torn.names(Area::damaged), std::vector<std::string>{"00000001.REC"});
    EXPECT_EQ(torn.drain(), "1 ");
  }
}

TEST(Spool, SetsADamagedPictureAsideWhenItsTurnComes) {
  Camera camera;
  camera.put(1);
  camera.put(2);
  camera.card.files(Area::waiting)["00000001.REC"].back() ^= 1;
  EXPECT_EQ(camera.restart().damaged, 0U) << "its header is whole";
  EXPECT_EQ(camera.drain(), "damaged 2 ");
  EXPECT_EQ(camera.names(Area::damaged), std::vector<std::string>{"00000001.REC"});
}

TEST(Spool, SetsAsideWhatDoesNotFitIntoMemory) {
  Camera camera;
  camera.put(1, std::string(1'000, 'x'));
  camera.put(2);
  camera.buffer.resize(600);
  EXPECT_EQ(camera.drain(), "damaged 2 ");
}

TEST(Spool, LeavesFilesAloneThatAreNotItsOwn) {
  Camera camera;
  camera.card.files(Area::waiting) = {
      {"README.TXT", "mine"}, {"00000009.TXT", "mine"}, {"0000000G.REC", "mine"}};
  EXPECT_EQ(camera.restart().damaged, 0U);
  EXPECT_EQ(camera.spool->waiting(), 0U);
  EXPECT_EQ(camera.names(Area::waiting).size(), 3U);
}

TEST(Spool, GetsOverFilesThatWereRemovedBehindItsBack) {
  Camera camera;
  for (std::uint64_t i = 1; i <= 4; ++i) camera.put(i);
  camera.card.files(Area::waiting).erase("00000001.REC");
  camera.card.files(Area::waiting).erase("00000003.REC");
  EXPECT_EQ(camera.drain(), "2 4 ");
  EXPECT_EQ(camera.spool->waiting(), 0U);
  camera.put(5);
  EXPECT_EQ(camera.drain(), "5 ");
}

TEST(Spool, DoesNotSendWithoutEndFromACardThatBecameReadOnly) {
  Camera camera;
  camera.put(1);
  camera.card.read_only = true;
  EXPECT_EQ(camera.drain(), "1 ");
  EXPECT_EQ(camera.peek(), "empty");
}

TEST(Spool, KeepsARefusedPictureAsideWithItsReason) {
  Camera camera;
  camera.put(1, "noise");
  Record record;
  camera.spool->peek(camera.buffer.data(), camera.buffer.size(), record);
  camera.spool->refuse(record, "not a JPEG");
  EXPECT_EQ(camera.peek(), "empty");
  EXPECT_EQ(camera.card.files(Area::refused).at("00000001.JPG"), "noise");
  EXPECT_EQ(camera.card.files(Area::refused).at("00000001.TXT"), "not a JPEG\n");
}

TEST(Spool, KeepsOnlyTheLastRefusedPictures) {
  Camera camera;
  for (std::uint64_t i = 0; i < 100; ++i) {
    camera.put(i);
    Record record;
    camera.spool->peek(camera.buffer.data(), camera.buffer.size(), record);
    camera.spool->refuse(record, "no");
  }
  const auto names = camera.names(Area::refused);
  EXPECT_EQ(names.size(), max_set_aside_files);
  EXPECT_EQ(names.back(), "00000064.TXT");
}

}  // namespace
}  // namespace heliograph::firmware
