#include "protocol/telemetry.hpp"

#include <array>
#include <limits>
#include <string>

#include <gtest/gtest.h>

namespace heliograph::protocol {
namespace {

std::string encode(const Telemetry& telemetry) {
  std::array<char, max_telemetry_length> buffer{};
  return {buffer.data(), encode_telemetry(telemetry, buffer.data(), buffer.size())};
}

std::optional<Telemetry> decode(std::string_view text) {
  Telemetry telemetry;
  if (!decode_telemetry(text, telemetry)) return std::nullopt;
  return telemetry;
}

Telemetry everything() {
  Telemetry all;
  all.battery_mv = 3912;
  all.rssi_dbm = -71;
  all.lat_e7 = 450'703'000;
  all.lon_e7 = 76'869'000;
  all.temperature_mc = 21'500;
  all.heap_bytes = 81'234;
  all.uptime_s = 3600;
  all.solar_mv = 5'900;
  all.spool = 3;
  all.sent_bytes = 1'048'576;
  all.reset = static_cast<std::int64_t>(ResetReason::brownout);
  return all;
}

TEST(Telemetry, IsWrittenAsADictionary) {
  EXPECT_EQ(encode(everything()),
            "battery_mv=3912, rssi_dbm=-71, lat_e7=450703000, lon_e7=76869000, temperature_mc=21500, "
            "heap_bytes=81234, "
            "uptime_s=3600, solar_mv=5900, spool=3, sent_bytes=1048576, reset=7");
  EXPECT_EQ(encode({}), "");
}

TEST(Telemetry, ReadsBackWhatItWrote) {
  EXPECT_EQ(decode(encode(everything())), everything());
  Telemetry one;
  one.uptime_s = 0;
  EXPECT_EQ(decode(encode(one)), one);
  EXPECT_FALSE(one.empty());
}

TEST(Telemetry, FitsWithItsLongestValues) {
  Telemetry longest;
  longest.battery_mv = 100'000;
  longest.rssi_dbm = -200;
  longest.lat_e7 = -900'000'000;
  longest.lon_e7 = -1'800'000'000;
  longest.temperature_mc = -200'000;
  longest.heap_bytes = std::int64_t{1} << 40;
  longest.uptime_s = std::int64_t{1} << 40;
  longest.solar_mv = 100'000;
  longest.spool = std::int64_t{1} << 32;
  longest.sent_bytes = std::int64_t{1} << 40;
  longest.reset = 15;
  EXPECT_EQ(decode(encode(longest)), longest);
}

TEST(Telemetry, LeavesOutWhatIsOutOfRange) {
  Telemetry strange;
  strange.battery_mv = -1;
  strange.rssi_dbm = 51;
  strange.lat_e7 = std::numeric_limits<std::int64_t>::min();
  strange.uptime_s = 5;
  EXPECT_EQ(encode(strange), "uptime_s=5");
}

TEST(Telemetry, WritesNothingWhereItDoesNotFit) {
  const std::string whole = encode(everything());
  std::string room(whole.size(), '\0');
  EXPECT_EQ(encode_telemetry(everything(), room.data(), room.size()), whole.size());
  for (std::size_t capacity = 0; capacity < whole.size(); ++capacity) {
    EXPECT_EQ(encode_telemetry(everything(), room.data(), capacity), 0U) << capacity;
  }
}

TEST(Telemetry, TakesWhatStructuredFieldsAllow) {  // RFC 8941 §4.2.2
  Telemetry battery;
  battery.battery_mv = 3912;
  for (const std::string_view text :
       {"battery_mv=3912", "  battery_mv=3912  ", "battery_mv=003912", "battery_mv=1 ,\tbattery_mv=3912",
        "fan_rpm=900, battery_mv=3912, *x.y-z=-1"}) {
    EXPECT_EQ(decode(text), battery) << text;
  }
  EXPECT_EQ(decode(""), Telemetry{});
}

TEST(Telemetry, RefusesWhatIsNoDictionaryOfIntegers) {
  for (const std::string_view text :
       {"battery_mv", "battery_mv=", "battery_mv=-", "battery_mv=+1", "battery_mv=3.9", "battery_mv=0x10",
        "battery_mv= 3912", "battery_mv =3912", "battery_mv=3912,", ",battery_mv=3912",
        "battery_mv=1,,uptime_s=1", "battery_mv=1 uptime_s=1", "battery_mv=1; uptime_s=1", "Battery_mv=3912",
        "=3912", "1=1", "a=\"text\"", "a=1000000000000000", "battery_mv=3912\r\n"}) {
    EXPECT_EQ(decode(text), std::nullopt) << text;
  }
  EXPECT_EQ(decode(std::string("uptime_s=1, uptime_s=\0", 22)), std::nullopt);
  EXPECT_EQ(decode("a=1" + std::string(max_telemetry_length, ' ')), std::nullopt);
}

TEST(Telemetry, RefusesKnownKeysOutOfRange) {
  for (const std::string_view text :
       {"battery_mv=-1", "battery_mv=100001", "rssi_dbm=-201", "rssi_dbm=51", "lat_e7=900000001",
        "lat_e7=-900000001", "lon_e7=1800000001", "lon_e7=-1800000001", "temperature_mc=200001",
        "temperature_mc=-200001", "heap_bytes=-1", "heap_bytes=1099511627777", "uptime_s=-1",
        "uptime_s=1099511627777"}) {
    EXPECT_EQ(decode(text), std::nullopt) << text;
  }
}

TEST(Telemetry, TakesAModemsOwnMeasureOfItsSignal) {
  const struct {
    std::string_view text;
    std::optional<std::int64_t> rssi_dbm;
  } table[] = {{"csq=0", -113}, {"csq=31", -51}, {"csq=99", {}}, {"csq=20, rssi_dbm=-70", -70}};
  for (const auto& row : table) {
    const auto telemetry = decode(row.text);
    ASSERT_TRUE(telemetry) << row.text;
    EXPECT_EQ(telemetry->rssi_dbm, row.rssi_dbm) << row.text;
  }
  EXPECT_FALSE(decode("csq=32"));
  EXPECT_FALSE(decode("csq=-1"));
}

TEST(Telemetry, IsCompletedByWhatElseIsKnown) {
  Telemetry sensor;
  sensor.battery_mv = 3912;
  Telemetry board = everything();
  board.battery_mv = 1;
  EXPECT_EQ(completed(sensor, board), everything());
  EXPECT_EQ(completed({}, sensor), sensor);
}

TEST(Telemetry, StaysUntouchedByAFailure) {
  Telemetry telemetry = everything();
  EXPECT_FALSE(decode_telemetry("battery_mv=1, uptime_s=x", telemetry));
  EXPECT_EQ(telemetry, everything());
  EXPECT_TRUE(decode_telemetry("battery_mv=1", telemetry));
  EXPECT_EQ(telemetry.uptime_s, std::nullopt);  // a report stands for itself; nothing of an older one stays
}

}  // namespace
}  // namespace heliograph::protocol
