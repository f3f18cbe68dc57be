#include "firmware/core/arducam/form.hpp"

#include "firmware/core/arducam/mega_fixture.hpp"

#include <functional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace heliograph::firmware::mega {
namespace {

using Write = std::pair<int, int>;

// What is written for one setting, on top of what is written for none.
std::vector<Write> writes_for(std::uint8_t id, const std::function<void(ImageSettings&)>& set) {
  const Sensor& sensor = *find_sensor(id);
  ImageSettings settings;
  Form usual;
  EXPECT_TRUE(form_of(settings, sensor, usual).empty());
  set(settings);
  Form form;
  EXPECT_EQ(form_of(settings, sensor, form).view(), "");
  std::vector<Write> writes;
  for (std::size_t place = 0; place < control_count; ++place) {
    const auto control = static_cast<Control>(place);
    if (form[control] == usual[control]) continue;
    const RegisterWrites these = writes_of(control, form[control], sensor);
    for (std::size_t i = 0; i < these.count; ++i)
      writes.emplace_back(these.list[i].address, these.list[i].value);
  }
  return writes;
}

TEST(MegaForm, WritesEachSettingToItsRegister) {
  const struct {
    std::uint8_t id;
    const char* what;
    std::function<void(ImageSettings&)> set;
    std::vector<Write> writes;
  } table[] = {
      {0x86, "nothing", [](auto&) {}, {}},
      {0x86, "size", [](auto& s) { s.resolution = ImageWord("2048x1536"); }, {{0x21, 0x0C}}},
      {0x84, "size, older", [](auto& s) { s.resolution = ImageWord("2048x1536"); }, {{0x21, 0x08}}},
      {0x86, "quality 100", [](auto& s) { s.quality = 100; }, {{0x2A, 0}}},
      {0x86, "quality 67", [](auto& s) { s.quality = 67; }, {{0x2A, 0}}},
      {0x86, "quality 66", [](auto& s) { s.quality = 66; }, {}},
      {0x86, "quality 34", [](auto& s) { s.quality = 34; }, {}},
      {0x86, "quality 33", [](auto& s) { s.quality = 33; }, {{0x2A, 2}}},
      {0x86, "turned", [](auto& s) { s.rotation = 180; }, {{0x2B, 1}}},
      {0x86, "not turned", [](auto& s) { s.rotation = 0; }, {}},
      {0x86, "auto", [](auto& s) { s.white_balance = ImageWord("auto"); }, {}},
      {0x86, "sunny", [](auto& s) { s.white_balance = ImageWord("sunny"); }, {{0x26, 1}}},
      {0x86, "office", [](auto& s) { s.white_balance = ImageWord("office"); }, {{0x26, 2}}},
      {0x86, "cloudy", [](auto& s) { s.white_balance = ImageWord("cloudy"); }, {{0x26, 3}}},
      {0x86, "home", [](auto& s) { s.white_balance = ImageWord("home"); }, {{0x26, 4}}},
      {0x86, "effect none", [](auto& s) { s.effect = ImageWord("none"); }, {}},
      {0x86, "sepia", [](auto& s) { s.effect = ImageWord("sepia"); }, {{0x27, 4}}},
      {0x86, "yellowish", [](auto& s) { s.effect = ImageWord("yellowish"); }, {{0x27, 9}}},
      {0x86, "brightness -4", [](auto& s) { s.brightness = -4; }, {{0x22, 8}}},
      {0x86, "brightness 4", [](auto& s) { s.brightness = 4; }, {{0x22, 7}}},
      {0x86, "contrast 1", [](auto& s) { s.contrast = 1; }, {{0x23, 1}}},
      {0x86, "contrast -1", [](auto& s) { s.contrast = -1; }, {{0x23, 2}}},
      {0x86, "saturation 3", [](auto& s) { s.saturation = 3; }, {{0x24, 5}}},
      {0x86, "bias -3", [](auto& s) { s.exposure_bias = -3; }, {{0x25, 6}}},
      {0x82, "sharpness", [](auto& s) { s.sharpness = 8; }, {{0x28, 8}}},
      {0x86, "lines alone", [](auto& s) { s.exposure_lines = 800; }, {}},
      {0x86, "by hand, as it is", [](auto& s) { s.auto_exposure = false; }, {{0x30, 0x01}}},
      {0x86,
       "lines, newer",
       [](auto& s) {
         s.auto_exposure = false;
         s.exposure_lines = 0x0320;
       },
       {{0x30, 0x01}, {0x34, 0x03}, {0x35, 0x20}}},
      {0x81,
       "lines, older",
       [](auto& s) {
         s.auto_exposure = false;
         s.exposure_lines = 30'000;
       },
       {{0x30, 0x01}, {0x33, 0}, {0x34, 0x75}, {0x35, 0x30}}},
      {0x86, "gain alone", [](auto& s) { s.iso_gain = 100; }, {}},
      {0x84,
       "gain",
       [](auto& s) {
         s.auto_iso = false;
         s.iso_gain = 1'023;
       },
       {{0x30, 0x00}, {0x31, 0x03}, {0x32, 0xFF}}},
  };
  for (const auto& row : table) EXPECT_EQ(writes_for(row.id, row.set), row.writes) << row.what;
}

TEST(MegaForm, PutsWhatIsAutomaticBackOn) {
  const Sensor& newer = *find_sensor(0x86);
  for (const auto& [control, value] : {std::pair(Control::auto_gain, 0x80), {Control::auto_exposure, 0x81}}) {
    const RegisterWrites writes = writes_of(control, 1, newer);
    ASSERT_EQ(writes.count, 1U);
    EXPECT_EQ(writes.list[0].address, 0x30);
    EXPECT_EQ(writes.list[0].value, value);
    EXPECT_TRUE(writes.tells_busy);
    EXPECT_FALSE(writes_of(control, 1, *find_sensor(0x84)).tells_busy);
  }
}

// The OV3640's own numbers: four doublings, and sixteenths on top.
TEST(MegaForm, WritesAGainOfSoManyTimes) {
  const std::pair<int, int> table[] = {{1, 0x00},  {2, 0x10},  {3, 0x18},  {4, 0x30},  {5, 0x34},
                                       {6, 0x38},  {8, 0x70},  {9, 0x72},  {10, 0x74}, {15, 0x7E},
                                       {16, 0xF0}, {17, 0xF1}, {24, 0xF8}, {31, 0xFF}};
  for (const auto& [times, expected] : table) {
    const RegisterWrites writes =
        writes_of(Control::gain, static_cast<std::uint16_t>(times), *find_sensor(0x82));
    ASSERT_EQ(writes.count, 2U);
    EXPECT_EQ(writes.list[0].value, 0);
    EXPECT_EQ(writes.list[1].value, expected) << times;
  }
}

TEST(MegaForm, ComplainsOfWhatTheSensorCannotBe) {
  const struct {
    std::uint8_t id;
    std::function<void(ImageSettings&)> set;
    const char* complaint;
  } table[] = {
      {0x86, [](auto& s) { s.resolution = ImageWord("2592x1944"); }, "`resolution` is none of this camera's"},
      {0x84, [](auto& s) { s.resolution = ImageWord("800x600"); }, "`resolution` is none of this camera's"},
      {0x86, [](auto& s) { s.resolution = ImageWord("800x"); }, "`resolution` is none of this camera's"},
      {0x86, [](auto& s) { s.quality = 0; }, "`quality` must be 1 to 100 here"},
      {0x86, [](auto& s) { s.quality = 101; }, "`quality` must be 1 to 100 here"},
      {0x86, [](auto& s) { s.rotation = 270; }, "`rotation` must be 0 or 180 here"},
      {0x86, [](auto& s) { s.white_balance = ImageWord("candle"); },
       "`white_balance` is none of this camera's"},
      {0x86, [](auto& s) { s.effect = ImageWord("sunny"); }, "`effect` is none of this camera's"},
      {0x85, [](auto& s) { s.effect = ImageWord("yellowish"); }, "`effect` is none of this camera's"},
      {0x86, [](auto& s) { s.brightness = 5; }, "`brightness` must be -4 to 4 here"},
      {0x86, [](auto& s) { s.contrast = -4; }, "`contrast` must be -3 to 3 here"},
      {0x86, [](auto& s) { s.saturation = INT64_MIN; }, "`saturation` must be -3 to 3 here"},
      {0x86, [](auto& s) { s.exposure_bias = INT64_MAX; }, "`exposure_bias` must be -3 to 3 here"},
      {0x86, [](auto& s) { s.sharpness = 1; }, "`sharpness` is nothing that this sensor has"},
      {0x82, [](auto& s) { s.sharpness = 9; }, "`sharpness` must be 0 to 8 here"},
      {0x86, [](auto& s) { s.exposure_lines = 10'001; }, "`exposure_lines` must be 1 to 10000 here"},
      {0x84, [](auto& s) { s.exposure_lines = 0; }, "`exposure_lines` must be 1 to 30000 here"},
      {0x82, [](auto& s) { s.iso_gain = 32; }, "`iso_gain` must be 1 to 31 here"},
      {0x85, [](auto& s) { s.iso_gain = 241; }, "`iso_gain` must be 1 to 240 here"},
  };
  for (const auto& row : table) {
    ImageSettings settings;
    row.set(settings);
    Form form;
    form[Control::effect] = 77;
    EXPECT_EQ(form_of(settings, *find_sensor(row.id), form).view(), row.complaint);
    EXPECT_EQ(form[Control::effect], 77);
  }
}

TEST(MegaForm, IsAsTheCameraLikesWithEverySensor) {
  for (const std::uint8_t id : mega_ids) {
    Form form;
    EXPECT_TRUE(form_of({}, *find_sensor(id), form).empty());
  }
}

std::string size_of(const Form& form, const Sensor& sensor) {
  return std::string(name_of(sensor.resolutions[form[Control::resolution]]).view());
}

TEST(MegaForm, ShowsWhoWatchesTheSameShapeAndNoMore) {
  const struct {
    std::uint8_t id;
    const char* set;
    int width;
    const char* shown;
  } table[] = {
      {0x86, "1600x1200", 0, "1600x1200"},   {0x86, "1600x1200", 1, "160x120"},
      {0x86, "1600x1200", 640, "640x480"},   {0x86, "1600x1200", 700, "640x480"},
      {0x86, "1600x1200", 730, "800x600"},   {0x86, "1600x1200", 5'000, "1600x1200"},
      {0x86, "1920x1080", 640, "1280x720"},  {0x86, "320x320", 100, "96x96"},
      {0x86, "1280x1024", 100, "1280x1024"},  // the only one of its shape
      {0x84, "1600x1200", 800, "640x480"},   {0x83, "2592x1936", 1'500, "1600x1200"},
  };
  for (const auto& row : table) {
    const Sensor& sensor = *find_sensor(row.id);
    ImageSettings settings;
    settings.resolution = ImageWord(row.set);
    Form form;
    EXPECT_TRUE(form_of(settings, sensor, form).empty());
    EXPECT_EQ(size_of(wished(form, {row.width, 0}, sensor), sensor), row.shown) << row.set << row.width;
  }
  Form form;
  EXPECT_EQ(wished(form, {0, 10}, *find_sensor(0x86))[Control::quality], 2);
  EXPECT_EQ(wished(form, {0, 0}, *find_sensor(0x86))[Control::quality], form[Control::quality]);
}

TEST(MegaForm, BecomesSmallerByQualityAndThenBySize) {
  const Sensor& sensor = *find_sensor(0x85);
  ImageSettings settings;
  settings.resolution = ImageWord("2592x1944");
  settings.quality = 100;
  Form form;
  EXPECT_TRUE(form_of(settings, sensor, form).empty());
  const std::pair<const char*, int> table[] = {{"2592x1944", 0}, {"2592x1944", 1}, {"2592x1944", 2},
                                               {"2048x1536", 2}, {"1600x1200", 2}, {"1024x768", 2},
                                               {"800x600", 2},   {"640x480", 2},   {"320x240", 2},
                                               {"160x120", 2},   {"160x120", 2}};
  for (int steps = 0; steps < static_cast<int>(std::size(table)); ++steps) {
    const Form less = smaller(form, steps, sensor);
    EXPECT_EQ(size_of(less, sensor), table[steps].first) << steps;
    EXPECT_EQ(less[Control::quality], table[steps].second) << steps;
  }
}

}  // namespace
}  // namespace heliograph::firmware::mega
