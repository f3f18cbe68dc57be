#include "firmware/esp32/boards/t_sim7600.hpp"
#include "firmware/esp32/fake_idf/fake_flash.hpp"
#include "firmware/esp32/fake_idf/fake_radio.hpp"
#include "firmware/esp32/fake_idf/fake_wires.hpp"
#include "firmware/esp32/main/firmware_keys.hpp"
#include "firmware/esp32/main/own_names.hpp"
#include "firmware/esp32/port/hardware_random.hpp"
#include "firmware/esp32/port/reset_reason.hpp"
#include "firmware/esp32/port/retained_memory.hpp"
#include "firmware/esp32/port/spi_device.hpp"
#include "firmware/esp32/port/status_light.hpp"
#include "firmware/esp32/port/supply_gauge.hpp"

#include <set>
#include <string>

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

TEST(SpiDevice, CommandsGoOutInOrderAndAnswersComeBack) {
  std::string commands;
  fake_idf::spi_bus() = {};
  fake_idf::spi_bus().device = [&](const std::string& command, std::size_t size) {
    commands += command + "|";
    return std::string(size, command[0]);
  };
  SpiDevice spi;
  std::uint8_t reply[max_spi_reply] = {};
  const std::uint8_t command[] = {'A', 'B'};
  EXPECT_FALSE(spi.transfer(command, 2, reply, 1, 0));
  ASSERT_TRUE(spi.open(SPI3_HOST, t_sim7600_board().mega, 8'000'000));
  EXPECT_EQ(fake_idf::spi_bus().clock_hz, 8'000'000);
  ASSERT_TRUE(spi.transfer(command, 2, reply, 0, 0));
  ASSERT_TRUE(spi.transfer(command + 1, 1, reply, max_spi_reply, 0));
  EXPECT_EQ(commands, "AB|B|");
  EXPECT_EQ(reply[max_spi_reply - 1], 'B');
  EXPECT_FALSE(spi.transfer(command, 0, reply, 1, 0));
  EXPECT_FALSE(spi.transfer(command, 2, reply, max_spi_reply + 1, 0));
  fake_idf::spi_bus().fails = true;
  EXPECT_FALSE(spi.transfer(command, 2, reply, 1, 0));
}

TEST(SupplyGauge, MillivoltsBehindTheDivider) {
  fake_idf::pin_mv() = 1'956;
  EXPECT_EQ(SupplyGauge(t_sim7600_board().battery).read(), 3'912);
  fake_idf::pin_mv() = 120;  // it runs from USB
  EXPECT_FALSE(SupplyGauge(t_sim7600_board().battery).read());
  EXPECT_FALSE(SupplyGauge(SupplyPin{}).read());
  EXPECT_FALSE(SupplyGauge(SupplyPin{27, 200}).read());  // of the converter that Wi-Fi takes
}

TEST(StatusLight, EachSignIsToldFromTheOthers) {
  std::set<std::string> signs;
  for (const LightSign sign :
       {LightSign::dark, LightSign::starting, LightSign::portal, LightSign::offline, LightSign::identify}) {
    std::string shown;
    for (std::int64_t ms = 0; ms < 10'000; ms += 50) shown += light_is_on(sign, ms) ? '1' : '0';
    EXPECT_TRUE(signs.insert(shown).second);
  }
  EXPECT_EQ(light_is_on(LightSign::dark, 0), false);
}

TEST(StatusLight, ShowsWhichOneItIsForSoLong) {
  StatusLight light(12, /*inverted=*/true);
  EXPECT_EQ(fake_idf::pin_levels()[12], 0);
  light.show(LightSign::dark, 1'000);
  EXPECT_EQ(fake_idf::pin_levels()[12], 1);
  light.identify(5'000);
  light.show(LightSign::dark, 2'000);
  EXPECT_EQ(fake_idf::pin_levels()[12], 0);
  light.show(LightSign::dark, 5'000);
  EXPECT_EQ(fake_idf::pin_levels()[12], 1);
}

TEST(RetainedMemory, IsAsItWasLeft) {
  Retained retained;
  retained.crashes = 3;
  save_retained(retained);
  EXPECT_EQ(load_retained().crashes, 3U);
}

TEST(ResetReason, InTheProtocolsWords) {
  EXPECT_EQ(reset_reason_of(ESP_RST_BROWNOUT), protocol::ResetReason::brownout);
  EXPECT_EQ(reset_reason_of(ESP_RST_TASK_WDT), protocol::ResetReason::watchdog);
  EXPECT_EQ(reset_reason_of(ESP_RST_DEEPSLEEP), protocol::ResetReason::deep_sleep);
  EXPECT_EQ(reset_reason_of(ESP_RST_UNKNOWN), protocol::ResetReason::unknown);
}

TEST(OwnNames, AreTheBoardsOwnAndStay) {
  fake_idf::flash() = fake_idf::Flash();
  HardwareRandom random;
  EXPECT_EQ(network_name().view(), "heliograph-a1b2c3");
  const NetworkPassword password = network_password(random);
  EXPECT_EQ(password.view().size(), 12U);
  EXPECT_EQ(password.view().find_first_not_of("abcdefghjkmnpqrstuvwxyz23456789"), std::string_view::npos);
  EXPECT_EQ(network_password(random).view(), password.view());
  fake_idf::flash() = fake_idf::Flash();
  EXPECT_NE(network_password(random).view(), password.view());
}

TEST(FirmwareKeys, AreReadAndWhatIsNoneLetsNothingIn) {
  const std::string key(64, 'a');
  UpdateConfig config;
  read_firmware_keys("", config);
  EXPECT_EQ(config.key_count, 0U);
  read_firmware_keys(key + ",rubbish," + key, config);
  EXPECT_EQ(config.key_count, 2U);
  EXPECT_EQ(config.keys[1][31], 0xaa);
  read_firmware_keys(key + "," + key + "," + key, config);
  EXPECT_EQ(config.key_count, max_trusted_keys);
}

TEST(HardwareRandom, DrawsDifferently) {
  HardwareRandom random;
  std::set<std::uint32_t> drawn;
  for (int i = 0; i < 100; ++i) drawn.insert(random.next());
  EXPECT_GT(drawn.size(), 95U);
}

}  // namespace
}  // namespace heliograph::firmware
