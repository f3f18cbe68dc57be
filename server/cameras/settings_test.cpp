#include "server/cameras/settings.hpp"

#include <algorithm>
#include <string_view>

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::cameras {
namespace {

using testing::HasSubstr;

Capabilities of(std::string sensor) {
  Capabilities capabilities;
  capabilities.sensor = std::move(sensor);
  return capabilities;
}

Result<std::string> check(std::string_view values, const Capabilities& capabilities) {
  return check_settings(boost::json::parse(std::string(values)).as_object(), settings_of(capabilities));
}

TEST(CheckSettings, NamesTheFieldThatIsWrong) {
  const struct {
    std::string_view sensor;
    std::string_view values;
    std::string_view complaint;  // empty: none
  } table[] = {
      {"", R"({"interval_s":60,"quality":80,"resolution":"640x480"})", ""},
      {"", R"({"daylight_only":true,"active_from_min":360,"active_to_min":1200,"time_zone_min":-90})", ""},
      {"", R"({"rotation":"180","sleep":"deep","live_max_fps":5,"monthly_budget_mb":500})", ""},
      {"", R"({"interval_s":0})", "`interval_s` must be a whole number from 1 to 86400"},
      {"", R"({"interval_s":"60"})", "`interval_s`"},
      {"", R"({"interval_s":60.5})", "`interval_s`"},
      {"", R"({"daylight_only":1})", "`daylight_only` must be true or false"},
      {"", R"({"rotation":"45"})", "`rotation` must be one of 0 90 180 270"},
      {"", R"({"rotation":90})", "`rotation`"},
      {"", R"({"flash":true})", "no setting `flash`"},
      {"", R"({"brightness":1})", "no setting `brightness`"},  // nobody knows its sensor
      {"arducam-mega-5mp", R"({"brightness":-4,"sharpness":8,"effect":"yellowish"})", ""},
      {"arducam-mega-5mp", R"({"exposure_lines":30000,"auto_iso":false,"iso_gain":1023})", ""},
      {"ov2640", R"({"brightness":-2,"white_balance":"sunny"})", ""},
      {"ov2640", R"({"brightness":-4})", "`brightness` must be a whole number from -2 to 2"},
      {"ov2640", R"({"sharpness":1})", "`sharpness`"},
      {"ov2640", R"({"effect":"yellowish"})", "`effect`"},
      {"scene", R"({"effect":"yellowish","exposure_bias":-3})", ""},
  };
  for (const auto& row : table) {
    const auto checked = check(row.values, of(std::string(row.sensor)));
    if (row.complaint.empty()) {
      EXPECT_EQ(checked.value(), row.values);
    } else {
      EXPECT_EQ(checked.error().kind, ErrorKind::bad_request) << row.values;
      EXPECT_THAT(checked.error().detail, HasSubstr(std::string(row.complaint)));
    }
  }
}

TEST(CheckSettings, LeavesOutWhatIsLeftToTheCamera) {
  EXPECT_EQ(check(R"({"quality":null,"interval_s":60})", {}).value(), R"({"interval_s":60})");
}

TEST(CheckSettings, AsksWhatTheCameraCanDo) {
  Capabilities capabilities = of("ov2640");
  capabilities.settings = {"interval_s", "resolution"};
  capabilities.resolutions = {"96x96"};
  EXPECT_TRUE(check(R"({"resolution":"96x96"})", capabilities));
  EXPECT_THAT(check(R"({"resolution":"640x480"})", capabilities).error().detail, HasSubstr("one of 96x96"));
  EXPECT_THAT(check(R"({"quality":1})", capabilities).error().detail, HasSubstr("`quality`"));
}

TEST(Settings, HaveEachNameOnceForEachSensor) {
  for (const char* sensor : {"", "ov5640", "arducam-mega-3mp"}) {
    auto settings = settings_of(of(sensor));
    std::ranges::sort(settings, {}, &Setting::key);
    const auto twice = std::ranges::adjacent_find(settings, {}, &Setting::key);
    EXPECT_EQ(twice, settings.end()) << sensor << " " << (twice == settings.end() ? "" : twice->key);
  }
}

TEST(Rhythm, IsReadFromWhatIsKept) {
  const auto rhythm = read_rhythm(
      R"({"interval_s":60,"daylight_only":true,"active_from_min":1,"active_to_min":2,"time_zone_min":3})");
  EXPECT_EQ(rhythm.interval, std::chrono::seconds(60));
  EXPECT_EQ(rhythm.schedule.active_from_min, 1);
  EXPECT_EQ(rhythm.schedule.active_to_min, 2);
  EXPECT_EQ(rhythm.schedule.time_zone_min, 3);
  EXPECT_TRUE(rhythm.schedule.daylight_only);
  EXPECT_FALSE(read_rhythm("{}").interval);
  EXPECT_FALSE(read_rhythm("no JSON").schedule.daylight_only);
}

}  // namespace
}  // namespace heliograph::cameras
