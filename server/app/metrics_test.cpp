#include "server/app/metrics.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::app {
namespace {

using testing::HasSubstr;

TEST(Metrics, AreInPrometheusText) {
  ingest::Counters counters;
  counters.stored = 7;
  counters.duplicates = 2;
  counters.salvaged = 4;
  counters.quarantined = 9;
  http::ServerStats http;
  http.responses_4xx = 3;
  jobs::RetentionCounters retention;
  retention.images = 12;
  const store::SpaceWatch::Look disk{{10, 100}, {30, 20}, store::SpaceLevel::reserve};
  http.connections_refused = 6;
  counters.no_room = 25;
  const http::Backlog::Stats backlog{.bytes = 21, .bodies = 22, .refused_new = 23, .refused_begun = 24};
  const http::CameraShares::Stats shares{.in_hand = 26, .too_many_at_once = 27, .too_often = 28};
  const http::Certificate certificate{from_ms(1'000), from_ms(1'795'000'000'000)};
  const std::string text = metrics_text({"1.2.3",
                                         http,
                                         certificate,
                                         counters,
                                         backlog,
                                         shares,
                                         true,
                                         disk,
                                         retention,
                                         {29, 30, {31, 32, 33}},
                                         34,
                                         35,
                                         SteadyTime{},
                                         SteadyTime{} + std::chrono::seconds{5},
                                         {36, 37, 38, 39}});
  EXPECT_THAT(text, HasSubstr("# TYPE heliograph_images_total counter"));
  EXPECT_THAT(text, HasSubstr("heliograph_images_total{outcome=\"stored\"} 7"));
  EXPECT_THAT(text, HasSubstr("heliograph_images_total{outcome=\"duplicate\"} 2"));
  EXPECT_THAT(text, HasSubstr("heliograph_images_salvaged_total 4"));
  EXPECT_THAT(text, HasSubstr("heliograph_quarantined_total 9"));
  EXPECT_THAT(text, HasSubstr("heliograph_http_responses_total{class=\"4xx\"} 3"));
  EXPECT_THAT(text, HasSubstr("heliograph_build_info{version=\"1.2.3\"} 1"));
  EXPECT_THAT(text, HasSubstr("heliograph_uptime_seconds 5"));
  EXPECT_THAT(text, HasSubstr("heliograph_certificate_expiry_timestamp_seconds 1795000000"));
  EXPECT_THAT(text, HasSubstr("heliograph_disk_free_bytes 10"));
  EXPECT_THAT(text, HasSubstr("heliograph_disk_low_bytes 30"));
  EXPECT_THAT(text, HasSubstr("heliograph_disk_level 2"));
  EXPECT_THAT(text, HasSubstr("heliograph_retention_images_total 12"));
  EXPECT_THAT(text, HasSubstr("heliograph_http_connections_refused_total{reason=\"address\"} 6"));
  EXPECT_THAT(text, HasSubstr("heliograph_waiting_bytes 21"));
  EXPECT_THAT(text, HasSubstr("heliograph_waiting_bodies 22"));
  EXPECT_THAT(text, HasSubstr("heliograph_uploads_in_hand 26"));
  EXPECT_THAT(text, HasSubstr("heliograph_resident_memory_bytes 34"));
  EXPECT_THAT(text, HasSubstr("heliograph_live_links 29"));
  EXPECT_THAT(text, HasSubstr("heliograph_live_watchers 30"));
  EXPECT_THAT(text, HasSubstr("heliograph_live_links_total 31"));
  EXPECT_THAT(text, HasSubstr("heliograph_live_frames_total 32"));
  EXPECT_THAT(text, HasSubstr("heliograph_live_frames_dropped_total 33"));
  const std::pair<const char*, int> pushed[] = {
      {"taken", 36}, {"put-off", 37}, {"refused", 38}, {"gone", 39}};
  for (const auto& [outcome, count] : pushed) {
    EXPECT_THAT(text, HasSubstr("heliograph_push_messages_total{outcome=\"" + std::string(outcome) + "\"} " +
                                std::to_string(count)));
  }
  const std::pair<const char*, int> refused[] = {
      {"waiting", 23}, {"waited", 24}, {"disk", 25}, {"camera-at-once", 27}, {"camera-rate", 28}};
  for (const auto& [reason, count] : refused) {
    EXPECT_THAT(text, HasSubstr("heliograph_uploads_refused_total{reason=\"" + std::string(reason) + "\"} " +
                                std::to_string(count)));
  }
}

}  // namespace
}  // namespace heliograph::app
