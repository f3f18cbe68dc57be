#include "server/http/api/orders_json.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::http {
namespace {

using catalog::SenderName;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr Timestamp noon = from_ms(1'795'348'800'000);

std::string told(const cameras::NextOrders& orders) {
  JsonWriter json;
  json.object([&] {
    json.field("server_time", 1);
    write_orders(json, orders, noon);
  });
  return std::move(json).text();
}

catalog::Command capture() {
  catalog::Command command;
  command.camera = CameraId{1};
  command.id = "c1";
  command.name = "burst";
  command.arguments = R"({"count":3})";
  command.expires_at = noon + std::chrono::minutes(1);
  return command;
}

TEST(WriteOrders, TellsWhatThereIs) {
  EXPECT_EQ(told({}), R"({"server_time":1})");
  catalog::CameraSettings settings;
  settings.version = 7;
  settings.wanted = R"({"quality":80})";
  EXPECT_EQ(told({settings, capture()}),
            R"({"server_time":1,"orders":{"settings":{"version":7,"values":{"quality":80}},)"
            R"("command":{"id":"c1","name":"burst","arguments":{"count":3},"expires_in_ms":60000}}})");
}

TEST(WriteOrders, NeverTellsATimeThatIsOver) {
  catalog::Command late = capture();
  late.expires_at = noon;
  EXPECT_EQ(told({{}, late}),
            R"({"server_time":1,"orders":{"command":{"id":"c1","name":"burst","arguments":{"count":3},)"
            R"("expires_in_ms":1}}})");
}

TEST(PicturesIn, AreCountedFromTheFirst) {
  EXPECT_THAT(pictures_in(R"({"boot":"b","sequence":7})"), ElementsAre(SenderName{"b", 7}));
  EXPECT_THAT(pictures_in(R"({"boot":"b","sequence":7,"count":2})"),
              ElementsAre(SenderName{"b", 7}, SenderName{"b", 8}));
  EXPECT_THAT(pictures_in(R"({"boot":"b","sequence":7,"count":1000000})"), SizeIs(20));
  for (const char* text :
       {"", "[]", "{}", R"({"boot":"b"})", R"({"sequence":7})", R"({"boot":1,"sequence":7})",
        R"({"boot":"b","sequence":-1})", R"({"boot":"b","sequence":7,"count":-1})"}) {
    EXPECT_THAT(pictures_in(text), IsEmpty()) << text;
  }
}

TEST(SettingsJson, SaysWhatIsPending) {
  catalog::CameraSettings settings;
  EXPECT_THAT(settings_json(settings, {}), testing::HasSubstr(R"("pending":false,"reported":null)"));
  settings.version = 2;
  settings.reported = {1, catalog::SettingsStatus::applied, {}};
  EXPECT_THAT(settings_json(settings, {}), testing::HasSubstr(R"("pending":true)"));
  settings.reported->version = 2;
  EXPECT_THAT(settings_json(settings, {}), testing::HasSubstr(R"("pending":false)"));
}

TEST(SettingsJson, HasTheSchema) {
  const std::vector<cameras::Setting> schema{
      {"quality", cameras::Setting::Kind::number, "", 1, 100, {}},
      {"daylight_only", cameras::Setting::Kind::flag, "", 0, 0, {}},
      {"rotation", cameras::Setting::Kind::word, "", 0, 0, {"0", "180"}}};
  EXPECT_THAT(settings_json({}, schema),
              testing::HasSubstr(R"("schema":[{"key":"quality","kind":"number","least":1,"most":100},)"
                                 R"({"key":"daylight_only","kind":"flag"},)"
                                 R"({"key":"rotation","kind":"word","words":["0","180"]}])"));
}

TEST(Changes, OfOrdersAreForThoseWhoSeeTheCamera) {
  EXPECT_EQ(command_changed(capture()).event, "command-changed");
  EXPECT_EQ(command_changed(capture()).json, R"({"id":"c1","camera_id":"0000000000001","state":"queued"})");
  EXPECT_EQ(command_changed(capture()).camera, CameraId{1});
  EXPECT_EQ(settings_changed(CameraId{1}).json, R"({"camera_id":"0000000000001"})");
}

}  // namespace
}  // namespace heliograph::http
