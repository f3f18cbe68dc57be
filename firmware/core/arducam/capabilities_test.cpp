#include "firmware/core/arducam/capabilities.hpp"

#include "firmware/core/arducam/form.hpp"
#include "firmware/core/arducam/mega_fixture.hpp"
#include "firmware/core/camera_settings.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::firmware::mega {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(MegaCapabilities, NameWhatTheSensorHas) {
  EXPECT_EQ(
      settings_list(*find_sensor(0x82)).view(),
      R"("resolution","quality","rotation","auto_exposure","exposure_lines","exposure_bias","auto_iso",)"
      R"("iso_gain","white_balance","brightness","contrast","saturation","effect","sharpness")");
  EXPECT_THAT(std::string(settings_list(*find_sensor(0x86)).view()), Not(HasSubstr("sharpness")));
  EXPECT_EQ(
      resolutions_list(*find_sensor(0x82)).view(),
      R"("96x96","128x128","320x240","320x320","640x480","1280x720","1600x1200","1920x1080","2048x1536")");
  for (const std::uint8_t id : mega_ids) {
    EXPECT_FALSE(settings_list(*find_sensor(id)).truncated());
    EXPECT_FALSE(resolutions_list(*find_sensor(id)).truncated());
  }
}

// What it says is what it takes: each resolution, out of the settings of a server.
TEST(MegaCapabilities, AreTrue) {
  for (const std::uint8_t id : mega_ids) {
    const Sensor& sensor = *find_sensor(id);
    std::string list(resolutions_list(sensor).view());
    std::size_t count = 0;
    for (std::size_t begin = 0; begin < list.size(); ++count) {
      const std::size_t end = std::min(list.find(',', begin), list.size());
      CameraSettings settings;
      const std::string json = R"({"resolution":)" + list.substr(begin, end - begin) + "}";
      ASSERT_TRUE(read_settings(json, settings).empty()) << json;
      Form form;
      EXPECT_TRUE(form_of(settings.image, sensor, form).empty()) << json;
      EXPECT_EQ(form[Control::resolution], count);
      begin = end + 1;
    }
    EXPECT_EQ(count, sensor.resolution_count);
  }
}

}  // namespace
}  // namespace heliograph::firmware::mega
