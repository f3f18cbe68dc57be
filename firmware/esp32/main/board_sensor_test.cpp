// The sensor of a T-SIM7600 as its program builds it, with a simulated Mega at the other end of the bus.
#include "firmware/esp32/main/board_sensor.hpp"

#include "firmware/core/arducam/fake_mega.hpp"
#include "firmware/esp32/fake_idf/fake_radio.hpp"
#include "firmware/esp32/fake_idf/fake_wires.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

using testing::HasSubstr;

constexpr int switch_pin = 22;

class BoardSensorTest : public testing::Test {
 protected:
  BoardSensorTest() {
    fake_idf::spi_bus() = {};
    fake_idf::spi_bus().device = [this](const std::string& command, std::size_t size) {
      std::string reply(size, '\0');
      camera_.transfer(reinterpret_cast<const std::uint8_t*>(command.data()), command.size(),
                       reinterpret_cast<std::uint8_t*>(reply.data()), size, clock_.now_ms + 100);
      return reply;
    };
  }
  ~BoardSensorTest() override { fake_idf::spi_bus() = {}; }

  bool takes(MegaOnBoard& sensor) {
    Frame frame;
    return sensor.source().capture(slab_.data(), slab_.size(), clock_.now_ms + 10'000, frame) ==
           CaptureStatus::ok;
  }

  FakeClock clock_;
  FakeMega camera_{clock_, 0x86};
  std::vector<std::uint8_t> slab_ = std::vector<std::uint8_t>(768 * 1024);
};

TEST_F(BoardSensorTest, SaysWhatItHas) {
  MegaOnBoard sensor(clock_);
  EXPECT_FALSE(sensor.is_missing());
  EXPECT_THAT(std::string(sensor.capabilities()), HasSubstr(R"("resolutions":["96x96")"));
}

TEST_F(BoardSensorTest, SaysThatItHasNoneUntilOneIsFound) {
  camera_.connected = false;
  MegaOnBoard sensor(clock_);
  EXPECT_TRUE(sensor.is_missing());
  EXPECT_EQ(sensor.name(), "none");
  EXPECT_EQ(sensor.capabilities(), R"(],"resolutions":[]})");
  EXPECT_FALSE(takes(sensor));
  camera_.connected = true;  // somebody has put its wire back
  EXPECT_TRUE(takes(sensor));
  EXPECT_FALSE(sensor.is_missing());
  EXPECT_THAT(std::string(sensor.capabilities()), HasSubstr(R"("resolutions":["96x96")"));
}

TEST_F(BoardSensorTest, RestsWhenItIsStopped) {
  MegaOnBoard sensor(clock_);
  ASSERT_TRUE(takes(sensor));
  sensor.stop();
  EXPECT_TRUE(camera_.resting());
}

TEST_F(BoardSensorTest, IsCutOffWhereThereIsASwitchAndNoLineFeedsIt) {
  MegaOnBoard sensor(clock_, switch_pin);
  ASSERT_TRUE(takes(sensor));
  EXPECT_EQ(fake_idf::pin_levels()[switch_pin], 1);
  sensor.stop();
  camera_.set(false);
  for (const int pin : {switch_pin, board_pins.mega.clock, board_pins.mega.mosi, board_pins.mega.select})
    EXPECT_EQ(fake_idf::pin_levels().at(static_cast<std::size_t>(pin)), 0) << pin;
  camera_.set(true);  // as the switch does, whose pin goes up
  ASSERT_TRUE(takes(sensor));
  EXPECT_EQ(fake_idf::pin_levels()[switch_pin], 1);
  EXPECT_TRUE(camera_.mistakes.empty());
}

}  // namespace
}  // namespace heliograph::firmware
