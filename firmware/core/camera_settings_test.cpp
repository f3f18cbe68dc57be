#include "firmware/core/camera_settings.hpp"

#include <string>

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

TEST(ReadSettings, TakesWhatThereIsToSet) {
  CameraSettings settings;
  const Complaint complaint = read_settings(
      R"({"interval_s":60,"daylight_only":true,"active_from_min":360,"active_to_min":1200,"time_zone_min":-90,)"
      R"("resolution":"640x480","quality":80,"rotation":"270","sleep":"deep","live_max_fps":5,)"
      R"("live_max_kbps":256,"monthly_budget_mb":50,"auto_exposure":false,"exposure_lines":800,)"
      R"("exposure_bias":-2,"auto_iso":true,"iso_gain":100,"white_balance":"cloudy","brightness":-4,)"
      R"("contrast":3,"saturation":1,"sharpness":8,"effect":"black-and-white"})",
      settings);
  EXPECT_EQ(complaint.view(), "");
  EXPECT_EQ(settings.interval_ms, 60'000);
  EXPECT_TRUE(settings.schedule.daylight_only);
  EXPECT_EQ(settings.schedule.active_from_min, 360);
  EXPECT_EQ(settings.schedule.active_to_min, 1200);
  EXPECT_EQ(settings.schedule.time_zone_min, -90);
  EXPECT_EQ(settings.sleep, SleepPolicy::deep);
  EXPECT_EQ(settings.live.max_fps, 5);
  EXPECT_EQ(settings.live.max_kbps, 256);
  EXPECT_EQ(settings.monthly_budget_bytes, 50'000'000);
  const ImageSettings& image = settings.image;
  EXPECT_EQ(image.resolution.view(), "640x480");
  EXPECT_EQ(image.quality, 80);
  EXPECT_EQ(image.rotation, 270);
  EXPECT_EQ(image.auto_exposure, false);
  EXPECT_EQ(image.exposure_lines, 800);
  EXPECT_EQ(image.exposure_bias, -2);
  EXPECT_EQ(image.auto_iso, true);
  EXPECT_EQ(image.iso_gain, 100);
  EXPECT_EQ(image.white_balance.view(), "cloudy");
  EXPECT_EQ(image.brightness, -4);
  EXPECT_EQ(image.contrast, 3);
  EXPECT_EQ(image.saturation, 1);
  EXPECT_EQ(image.sharpness, 8);
  EXPECT_EQ(image.effect.view(), "black-and-white");
}

TEST(ReadSettings, LeavesToTheCameraWhatIsNotNamed) {
  CameraSettings settings;
  EXPECT_TRUE(read_settings(" { } ", settings).empty());
  EXPECT_FALSE(settings.interval_ms);
  EXPECT_FALSE(settings.monthly_budget_bytes);
  EXPECT_FALSE(settings.image.rotation);
  EXPECT_EQ(settings.sleep, SleepPolicy::awake);
}

TEST(ReadSettings, ComplainsOfWhatItCannotBe) {
  for (const char* text :
       {R"({"interval_s":0})", R"({"interval_s":"60"})", R"({"quality":101})", R"({"daylight_only":1})",
        R"({"resolution":5})", R"({"zoom":2})", R"({"sleep":"long"})", R"({"rotation":"45"})",
        R"({"rotation":90})", R"({"monthly_budget_mb":0})", R"({"effect":"a-word-that-is-too-long"})",
        R"({"live_max_fps":31})", "[]", "{", R"({"quality":1)", R"({"quality":1,})"}) {
    CameraSettings settings;
    settings.interval_ms = 5;
    EXPECT_FALSE(read_settings(text, settings).empty()) << text;
    EXPECT_EQ(settings.interval_ms, 5) << text;
  }
  CameraSettings settings;
  EXPECT_EQ(read_settings(R"({"zoom":2})", settings).view(), "`zoom` cannot be set here");
  EXPECT_FALSE(read_settings("{" + std::string(max_settings, ' ') + "}", settings).empty());
}

}  // namespace
}  // namespace heliograph::firmware
