#include "firmware/esp32/boards/ai_thinker.hpp"
#include "firmware/esp32/boards/freenove_s3.hpp"
#include "firmware/esp32/boards/t_sim7600.hpp"
#include "firmware/esp32/boards/waveshare_sim7670g.hpp"
#include "firmware/esp32/boards/waveshare_sim7670g_camera.hpp"
#include "firmware/esp32/boards/xiao_sense.hpp"
#include "protocol/manifest.hpp"

#include <set>
#include <string>

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

constexpr BoardPins boards[] = {
    t_sim7600_board(),  waveshare_sim7670g_board(), waveshare_sim7670g_camera_board(),
    ai_thinker_board(), xiao_sense_board(),         freenove_s3_board()};

TEST(BoardPins, EachBoardIsOneOfItsOwn) {
  std::set<std::string> models;
  for (const BoardPins& board : boards) {
    EXPECT_TRUE(protocol::model_valid(board.model)) << board.model;
    EXPECT_TRUE(models.insert(std::string(board.model)).second) << board.model;
    EXPECT_NE(board.sensor, SensorKind::none);
    EXPECT_NE(board.card.bus, CardBus::none);
  }
}

TEST(BoardPins, TwoPartsOnOneWireAreFound) {
  for (BoardPins board : boards) {
    EXPECT_TRUE(pins_distinct(board));
    board.flash = board.card.clock;
    EXPECT_FALSE(pins_distinct(board)) << board.model;
    board.flash = 49;  // there is none
    EXPECT_FALSE(pins_distinct(board)) << board.model;
  }
}

// The wiring that people have: it must not change under them.
TEST(BoardPins, TheWiringOfTheTSim7600) {
  constexpr BoardPins board = t_sim7600_board();
  EXPECT_EQ(board.mega.select, 5);
  EXPECT_EQ(board.mega.clock, 18);
  EXPECT_EQ(board.mega.miso, 19);
  EXPECT_EQ(board.mega.mosi, 23);
  EXPECT_EQ(board.card.clock, 14);
  EXPECT_EQ(board.card.data, 2);
  EXPECT_EQ(board.card.command, 15);
  EXPECT_EQ(board.card.select, 13);
  EXPECT_TRUE(board.has_modem());
}

}  // namespace
}  // namespace heliograph::firmware
