#include "server/http/api/link_messages.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::http {
namespace {

TEST(LinkMessages, AreWrittenAsTheProtocolHasThem) {
  const live::Lease lease{7, {5, 800}, {}};
  EXPECT_EQ(write_welcome(from_ms(1'795'359'662'123)),
            R"({"type":"welcome","server_time":1795359662123,"ping_s":50})");
  EXPECT_EQ(
      write_start_live(lease),
      R"({"type":"start-live","stream":7,"fps":5,"width":800,"quality":75,"lease_ms":10000,"credits":2})");
  EXPECT_EQ(write_renew(lease), R"({"type":"renew","stream":7,"lease_ms":10000})");
  EXPECT_EQ(write_stop_live(lease), R"({"type":"stop-live","stream":7})");
  EXPECT_EQ(write_credit(7), R"({"type":"credit","stream":7,"frames":1})");
  EXPECT_EQ(write_prompt(), R"({"type":"orders"})");
  EXPECT_EQ(write_heard(9, {}, from_ms(5)), R"({"type":"heard","number":9,"server_time":5})");
  cameras::NextOrders orders;
  orders.command =
      catalog::Command{.id = "c1", .name = "capture", .arguments = "{}", .expires_at = from_ms(60'005)};
  EXPECT_EQ(write_heard(9, orders, from_ms(5)),
            R"({"type":"heard","number":9,"server_time":5,"orders":{"command":)"
            R"({"id":"c1","name":"capture","arguments":{},"expires_in_ms":60000}}})");
  EXPECT_EQ(write_state(CameraId{2}, {true, 3}, from_ms(5)),
            R"({"type":"state","camera":"0000000000002","linked":true,"dropped":3,"server_time":5})");
  EXPECT_EQ(write_refused(CameraId{2}, "no"), R"({"type":"refused","camera":"0000000000002","detail":"no"})");
  EXPECT_EQ(write_kept(CameraId{2}, ImageId{3}),
            R"({"type":"kept","camera":"0000000000002","image":"0000000000003"})");
  EXPECT_EQ(write_not_kept(CameraId{2}, "full"),
            R"({"type":"not-kept","camera":"0000000000002","detail":"full"})");
}

TEST(LinkMessages, OfCamerasAreRead) {
  const Timestamp now = from_ms(1'795'359'662'123);
  const auto later = read_camera_message(R"({"type":"of-a-newer-camera","model":"x","more":[1]})", now);
  ASSERT_TRUE(later);
  EXPECT_TRUE(std::holds_alternative<std::monostate>(*later));
  const auto stopped = read_camera_message(R"({"type":"stopped","stream":7,"reason":"r"})", now);
  EXPECT_EQ(std::get<StreamStopped>(*stopped).stream, 7U);
  const auto heartbeat = read_camera_message(
      R"({"type":"heartbeat","number":4294967295,"boot":"b","settings":{"version":3,"status":"applied"},)"
      R"("reports":[{"command":"c1","state":"accepted"}],"telemetry":"battery_mv=3912","newer":{}})",
      now);
  ASSERT_TRUE(heartbeat);
  const auto& said = std::get<LinkHeartbeat>(*heartbeat);
  EXPECT_EQ(said.number, 4'294'967'295U);
  EXPECT_EQ(said.spoken.self->boot, "b");
  EXPECT_EQ(said.spoken.self->heard_at, now);
  EXPECT_EQ(said.spoken.settings->version, 3);
  EXPECT_EQ(said.spoken.reports.at(0).event, cameras::CommandEvent::accept);
  EXPECT_EQ(said.spoken.telemetry.battery_mv, 3912);
  for (const char* bad :
       {"", "[]", "{}", R"({"type":1})", R"({"type":"stopped"})", R"({"type":"stopped","stream":-1})",
        R"({"type":"stopped","stream":4294967296})", R"({"type":"heartbeat","boot":"b"})",
        R"({"type":"heartbeat","number":1})", R"({"type":"heartbeat","number":1,"boot":"no spaces"})",
        R"({"type":"heartbeat","number":-1,"boot":"b"})",
        R"({"type":"heartbeat","number":1,"boot":"b","reports":[{"command":"c","state":"fine"}]})"}) {
    EXPECT_FALSE(read_camera_message(bad, now)) << bad;
  }
}

TEST(LinkMessages, OfViewersAreRead) {
  const auto watch = read_viewer_message(R"({"type":"watch","camera":"0000000000002","fps":10,"width":640})");
  ASSERT_TRUE(watch);
  EXPECT_EQ(watch->wish, ViewerSays::Wish::watch);
  EXPECT_EQ(watch->camera, CameraId{2});
  EXPECT_EQ(watch->wants, (live::Wants{10, 640}));
  const auto plain = read_viewer_message(R"({"type":"watch","camera":"0000000000002"})");
  EXPECT_EQ(plain->wants, (live::Wants{live::usual_fps, 0}));
  EXPECT_EQ(read_viewer_message(R"({"type":"unwatch","camera":"0000000000002"})")->wish,
            ViewerSays::Wish::unwatch);
  const auto keep = read_viewer_message(R"({"type":"keep","camera":"0000000000002","every_s":10})");
  ASSERT_TRUE(keep);
  EXPECT_EQ(keep->wish, ViewerSays::Wish::keep);
  EXPECT_EQ(keep->interval.count(), 10);
  EXPECT_EQ(read_viewer_message(R"({"type":"keep","camera":"0000000000002"})")->interval.count(), 0);
  for (const char* bad : {R"({"type":"look","camera":"0000000000002"})", R"({"type":"watch","camera":"x"})",
                          R"({"type":"watch"})", R"({"type":"watch","camera":"0000000000002","fps":0})",
                          R"({"type":"watch","camera":"0000000000002","fps":31})",
                          R"({"type":"watch","camera":"0000000000002","width":5000})",
                          R"({"type":"keep","camera":"0000000000002","every_s":1})",
                          R"({"type":"keep","camera":"0000000000002","every_s":-2})",
                          R"({"type":"keep","camera":"0000000000002","every_s":3601})",
                          R"({"type":"keep","camera":"0000000000002","every_s":"10"})"}) {
    EXPECT_FALSE(read_viewer_message(bad)) << bad;
  }
}

}  // namespace
}  // namespace heliograph::http
