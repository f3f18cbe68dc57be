#include "firmware/core/arducam/sensors.hpp"

#include "firmware/core/arducam/mega_fixture.hpp"

#include <gtest/gtest.h>

namespace heliograph::firmware::mega {
namespace {

// The numbers that Arducam's library writes, before and after it renumbered them.
TEST(MegaSensors, NumberTheirResolutionsEachInItsWay) {
  const struct {
    const char* name;
    int older;  // -1: it has none such
    int newer;
  } table[] = {
      {"96x96", 0x0A, 0x00},     {"128x128", 0x0B, 0x01},   {"160x120", -1, 0x02},
      {"320x240", 0x01, 0x03},   {"320x320", 0x0C, 0x04},   {"640x480", 0x02, 0x05},
      {"800x600", -1, 0x06},     {"1024x768", -1, 0x07},    {"1280x720", 0x04, 0x08},
      {"1280x1024", -1, 0x09},   {"1600x1200", 0x06, 0x0A}, {"1920x1080", 0x07, 0x0B},
      {"2048x1536", 0x08, 0x0C}, {"2592x1944", 0x09, 0x0D},
  };
  const auto code_of = [](std::uint8_t id, const char* name) {
    const Sensor& sensor = *find_sensor(id);
    const std::size_t place = find_resolution(sensor, name);
    return place < sensor.resolution_count ? sensor.resolutions[place].code : -1;
  };
  for (const auto& row : table) {
    const std::string name = row.name;
    const bool of_3mp = name != "2592x1944";
    const bool of_5mp = name != "2048x1536";
    EXPECT_EQ(code_of(0x81, row.name), of_5mp ? row.older : -1) << name;
    EXPECT_EQ(code_of(0x82, row.name), of_3mp ? row.older : -1) << name;
    EXPECT_EQ(code_of(0x84, row.name), of_3mp ? row.older : -1) << name;
    EXPECT_EQ(code_of(0x85, row.name), row.newer) << name;
    EXPECT_EQ(code_of(0x86, row.name), of_3mp ? row.newer : -1) << name;
    EXPECT_EQ(code_of(0x87, row.name), row.newer <= 0x0A ? row.newer : -1) << name;
  }
  EXPECT_EQ(code_of(0x83, "2592x1936"), 0x09);
  EXPECT_EQ(code_of(0x83, "2592x1944"), -1);
}

TEST(MegaSensors, AreFoundByTheirNumbersAndNoOthers) {
  for (int id = 0; id < 256; ++id) {
    const Sensor* sensor = find_sensor(static_cast<std::uint8_t>(id));
    EXPECT_EQ(sensor != nullptr, id >= 0x81 && id <= 0x87) << id;
    if (sensor != nullptr) EXPECT_EQ(sensor->name.substr(0, 13), "arducam-mega-");
  }
}

// From the smallest, each with its own number.
TEST(MegaSensors, HaveTheirResolutionsInOrder) {
  for (const std::uint8_t id : mega_ids) {
    const Sensor& sensor = *find_sensor(id);
    for (std::size_t i = 1; i < sensor.resolution_count; ++i) {
      const Resolution& before = sensor.resolutions[i - 1];
      const Resolution& resolution = sensor.resolutions[i];
      EXPECT_LT(before.width * before.height, resolution.width * resolution.height) << sensor.name << i;
    }
  }
}

}  // namespace
}  // namespace heliograph::firmware::mega
