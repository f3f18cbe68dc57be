#include "server/http/api/spoken.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::http {
namespace {

using cameras::CommandEvent;
using catalog::SettingsReport;
using catalog::SettingsStatus;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr Timestamp noon = from_ms(1'795'348'800'000);

TEST(ReadHeartbeat, TakesWhatACameraSays) {
  const auto spoken = read_heartbeat(R"({
    "boot": "b1", "firmware": "1.2", "model": "T-SIM7600", "sensor": "arducam-mega-5mp", "next_s": 60,
    "capabilities": {"commands": ["capture"]},
    "settings": {"version": 7, "status": "rolled-back", "reason": "no server"},
    "reports": [{"command": "c1", "state": "succeeded", "result": {"boot": "b1", "sequence": 3}},
                {"command": "c2", "state": "rejected", "reason": "no such thing"}],
    "telemetry": "battery_mv=3912", "flux": [1, {"deep": true}]})",
                                     noon)
                          .value();
  EXPECT_EQ(spoken.self->boot, "b1");
  EXPECT_EQ(spoken.self->firmware, "1.2");
  EXPECT_EQ(spoken.self->model, "T-SIM7600");
  EXPECT_EQ(spoken.self->sensor, "arducam-mega-5mp");
  EXPECT_EQ(spoken.self->capabilities, R"({"commands":["capture"]})");
  EXPECT_EQ(spoken.self->heard_at, noon);
  EXPECT_EQ(spoken.self->due_at, noon + std::chrono::minutes(1));
  EXPECT_EQ(spoken.settings, (SettingsReport{7, SettingsStatus::rolled_back, "no server"}));
  ASSERT_THAT(spoken.reports, SizeIs(2));
  EXPECT_EQ(spoken.reports[0].event, CommandEvent::succeed);
  EXPECT_EQ(spoken.reports[0].result, R"({"boot":"b1","sequence":3})");
  EXPECT_EQ(spoken.reports[1].reason, "no such thing");
  EXPECT_EQ(spoken.telemetry.battery_mv, 3912);
}

TEST(ReadHeartbeat, NeedsOnlyABoot) {
  const auto spoken = read_heartbeat(R"({"boot":"b"})", noon).value();
  EXPECT_FALSE(spoken.self->due_at);
  EXPECT_FALSE(spoken.self->capabilities);
  EXPECT_FALSE(spoken.settings);
  EXPECT_THAT(spoken.reports, IsEmpty());
}

TEST(ReadHeartbeat, NamesWhatIsWrong) {
  const struct {
    std::string body;
    std::string complaint;
  } table[] = {
      {"", "JSON object"},
      {"[]", "JSON object"},
      {"{", "JSON object"},
      {"{}", "`boot`"},
      {R"({"boot":""})", "`boot`"},
      {R"({"boot":7})", "`boot`"},
      {R"({"boot":"b","firmware":1})", "`firmware`"},
      {R"({"boot":"b","next_s":"soon"})", "`next_s`"},
      {R"({"boot":"b","settings":[]})", "`settings`"},
      {R"({"boot":"b","settings":{"version":1}})", "`status`"},
      {R"({"boot":"b","settings":{"version":1,"status":"fine"}})", "`status`"},
      {R"({"boot":"b","reports":{}})", "`reports`"},
      {R"({"boot":"b","reports":[1]})", "`reports`"},
      {R"({"boot":"b","reports":[{"command":"c"}]})", "`state`"},
      {R"({"boot":"b","reports":[{"command":"c","state":"queued"}]})", "`state`"},
      {R"({"boot":"b","telemetry":"battery_mv=-1"})", "`telemetry`"},
  };
  for (const auto& row : table) {
    const auto spoken = read_heartbeat(row.body, noon);
    ASSERT_FALSE(spoken) << row.body;
    EXPECT_EQ(spoken.error().kind, ErrorKind::bad_request);
    EXPECT_THAT(spoken.error().detail, HasSubstr(row.complaint));
  }
}

TEST(ReadHeartbeat, CutsWhatIsTooLong) {
  const std::string long_text(5000, 'x');
  const auto spoken =
      read_heartbeat(
          R"({"boot":"b","model":")" + long_text + R"(","next_s":99999999,)" + R"("capabilities":{"a":")" +
              long_text + R"("},"reports":[)" + R"({"command":"c","state":"failed","reason":")" + long_text +
              R"(","result":{"a":")" + long_text + R"("}},)" + R"({"command":"no id","state":"failed"}]})",
          noon)
          .value();
  EXPECT_THAT(spoken.self->model, SizeIs(max_self_text));
  EXPECT_FALSE(spoken.self->capabilities);
  EXPECT_EQ(spoken.self->due_at, noon + std::chrono::seconds(max_promise_s));
  ASSERT_THAT(spoken.reports, SizeIs(1));
  EXPECT_THAT(*spoken.reports[0].reason, SizeIs(max_reason));
  EXPECT_FALSE(spoken.reports[0].result);
}

TEST(ReadReportHeader, IsADictionary) {
  auto spoken =
      read_report_header(R"(command="c-1", state=succeeded, boot="b1", sequence=42, count=3, new=?1)");
  ASSERT_THAT(spoken.reports, SizeIs(1));
  EXPECT_EQ(spoken.reports[0].command, "c-1");
  EXPECT_EQ(spoken.reports[0].event, CommandEvent::succeed);
  EXPECT_EQ(spoken.reports[0].result, R"({"boot":"b1","sequence":42,"count":3})");
  EXPECT_FALSE(spoken.settings);
  spoken = read_report_header(R"(settings=7, status=rejected, reason="quality, or size")");
  EXPECT_EQ(spoken.settings, (SettingsReport{7, SettingsStatus::rejected, "quality, or size"}));
  EXPECT_THAT(spoken.reports, IsEmpty());
}

TEST(ReadReportHeader, PassesOverWhatItCannotRead) {
  for (const std::string& text :
       {std::string(), std::string("="), std::string("command"), std::string("command=\"c"),
        std::string("command=\"c\", state=queued"), std::string("command=\"c d\", state=failed"),
        std::string("settings=x, status=applied"), std::string("settings=1, status=fine"),
        std::string(513, 'a')}) {
    const auto spoken = read_report_header(text);
    EXPECT_THAT(spoken.reports, IsEmpty()) << text;
    EXPECT_FALSE(spoken.settings) << text;
  }
}

}  // namespace
}  // namespace heliograph::http
