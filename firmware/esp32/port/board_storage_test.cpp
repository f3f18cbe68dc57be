#include "firmware/esp32/port/board_storage.hpp"

#include "firmware/core/platform/fake_clock.hpp"
#include "firmware/esp32/boards/t_sim7600.hpp"
#include "firmware/esp32/fake_idf/fake_flash.hpp"
#include "firmware/esp32/fake_idf/fake_wires.hpp"
#include "tests/support/temporary_directory.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

Bytes bytes_of(std::string_view text) {
  return {text.data(), text.size()};
}

class BoardStorageTest : public testing::Test {
 protected:
  BoardStorageTest() {
    fake_idf::card_slot() = {};
    fake_idf::flash() = fake_idf::Flash();
  }
  StorageStatus put(Area area, std::string_view name) { return storage_.put(area, name, bytes_of("x"), {}); }

  const TemporaryDirectory place_;
  const std::string base_ = place_.path().string();
  std::vector<std::uint8_t> room_ = std::vector<std::uint8_t>(100);
  FakeClock clock_;
  Vitals vitals_;
  SdCard card_{t_sim7600_board().card, base_.c_str()};
  BoardStorage storage_{card_, {room_.data(), room_.size()}, clock_, vitals_};
};

TEST_F(BoardStorageTest, PicturesAreOnTheCardAndOrdersInTheFlash) {
  ASSERT_EQ(storage_.open(), StorageStatus::ok);
  EXPECT_TRUE(storage_.on_card());
  ASSERT_EQ(put(Area::waiting, "00000001.REC"), StorageStatus::ok);
  ASSERT_EQ(put(Area::state, "ORDERS.TXT"), StorageStatus::ok);
  EXPECT_TRUE(std::filesystem::exists(place_.path() / "waiting/000000/00000001.REC"));
  EXPECT_FALSE(std::filesystem::exists(place_.path() / "state/ORDERS.TXT"));
  char out[8];
  EXPECT_EQ(storage_.read(Area::state, "ORDERS.TXT", out, sizeof out).size_read, 1U);
  EXPECT_EQ(storage_.remove(Area::state, "ORDERS.TXT"), StorageStatus::ok);
  EXPECT_EQ(storage_.read(Area::state, "ORDERS.TXT", out, sizeof out).status, StorageStatus::not_found);
  EXPECT_EQ(storage_.put(Area::state, "LONG", bytes_of(std::string(max_nvs_value + 1, 'x')), {}),
            StorageStatus::failed);
}

TEST_F(BoardStorageTest, WithoutACardPicturesAreInMemoryAndItIsLookedForHourly) {
  fake_idf::card_slot().has_card = false;
  ASSERT_EQ(storage_.open(), StorageStatus::ok);
  EXPECT_FALSE(storage_.on_card());
  ASSERT_EQ(put(Area::waiting, "00000001.REC"), StorageStatus::ok);
  clock_.now_ms += card_retry_ms;
  EXPECT_FALSE(storage_.wants_reopen());  // a picture would be lost by that
  storage_.remove(Area::waiting, "00000001.REC");
  EXPECT_TRUE(storage_.wants_reopen());
  fake_idf::card_slot().has_card = true;
  ASSERT_EQ(storage_.open(), StorageStatus::ok);
  EXPECT_TRUE(storage_.on_card());
  clock_.now_ms += card_retry_ms;
  EXPECT_FALSE(storage_.wants_reopen());
}

TEST_F(BoardStorageTest, AWalkOverManyFilesIsNoHang) {
  struct Slow final : FileVisitor {
    explicit Slow(FakeClock& time) : clock(time) {}
    void visit(std::string_view, std::uint64_t) override { clock.now_ms += task_patience_ms / 2; }
    FakeClock& clock;
  } slow(clock_);
  storage_.open();
  for (const char* name : {"1", "2", "3", "4", "5"}) put(Area::waiting, name);
  vitals_.progress(TaskName::agent, clock_.now_ms);
  storage_.list(Area::waiting, slow);
  EXPECT_TRUE(vitals_.well(clock_.now_ms));
}

TEST_F(BoardStorageTest, ACardThatFailsThriceInARowIsGivenUp) {
  ASSERT_EQ(storage_.open(), StorageStatus::ok);
  std::filesystem::remove_all(place_.path() / "waiting");
  std::filesystem::create_directory(place_.path() / "waiting");
  // What is a directory cannot be opened as a file, and is no missing one.
  std::filesystem::create_directory(place_.path() / "waiting/put.tmp");
  EXPECT_EQ(put(Area::waiting, "1"), StorageStatus::failed);
  EXPECT_EQ(put(Area::waiting, "2"), StorageStatus::failed);
  EXPECT_FALSE(storage_.wants_reopen());
  EXPECT_EQ(put(Area::waiting, "3"), StorageStatus::failed);
  EXPECT_TRUE(storage_.wants_reopen());
  fake_idf::card_slot().has_card = false;
  ASSERT_EQ(storage_.open(), StorageStatus::ok);
  EXPECT_FALSE(storage_.on_card());
  EXPECT_EQ(put(Area::waiting, "1"), StorageStatus::ok);
  EXPECT_EQ(fake_idf::card_slot().mounts, 2);
}

}  // namespace
}  // namespace heliograph::firmware
