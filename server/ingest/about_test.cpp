#include "server/ingest/about.hpp"

#include <gtest/gtest.h>

namespace heliograph::ingest {
namespace {

const catalog::Camera camera{CameraId{7}, "Orchard", "orchard", from_ms(1)};

TEST(About, IsReadAsItWasWritten) {
  ImageUpload everything{camera, catalog::SenderName{"b-1", 9007199254740991}, from_ms(1795273262123), {}};
  everything.telemetry.emplace();
  everything.telemetry->battery_mv = 3912;
  everything.telemetry->lat_e7 = -1;
  const ImageUpload nothing{camera, {}, {}, {}};
  for (const ImageUpload& upload : {everything, nothing}) {
    const auto read = read_about(write_about(upload), camera);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->camera, camera);
    EXPECT_EQ(read->sender, upload.sender);
    EXPECT_EQ(read->captured_at, upload.captured_at);
    EXPECT_EQ(read->telemetry.has_value(), upload.telemetry.has_value());
  }
  EXPECT_EQ(read_about(write_about(everything), camera)->telemetry->battery_mv, 3912);
  EXPECT_EQ(read_about(write_about(everything), camera)->telemetry->lat_e7, -1);
}

TEST(About, DamageIsSeen) {
  for (const char* text : {"", "[]", "{", R"({"boot":1,"sequence":2})", R"({"boot":"a","sequence":"2"})",
                           R"({"captured_at":"now"})", R"({"telemetry":"battery_mv=full"})"}) {
    const auto read = read_about(text, camera);
    ASSERT_FALSE(read) << text;
    EXPECT_EQ(read.error().kind, ErrorKind::data_lost);
  }
}

}  // namespace
}  // namespace heliograph::ingest
