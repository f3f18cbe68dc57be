#include "server/http/api/retention_json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::http {
namespace {

using catalog::RetentionRule;
using testing::HasSubstr;

TEST(RetentionJson, RulesAreReadAsTheyAreWritten) {
  const RetentionRule rule{.keep_days = 30, .keep_bytes = 9'007'199'254'740'991, .hourly_days = -1};
  JsonWriter json;
  write_rule(json, rule);
  EXPECT_EQ(
      json.text(),
      R"({"keep_days":30,"keep_bytes":9007199254740991,"keep_images":null,"all_days":null,"hourly_days":-1})");
  EXPECT_EQ(read_rule(json.text()).value(), rule) << "whether it makes sense is asked elsewhere";
  EXPECT_EQ(read_rule("{}").value(), RetentionRule{});
  EXPECT_EQ(read_rule(R"( {"all_days": 7} )").value(), RetentionRule{.all_days = 7});
}

TEST(RetentionJson, WhatIsNoRuleIsRefusedInWords) {
  const std::pair<const char*, const char*> table[] = {
      {"", "JSON object"},
      {"[]", "JSON object"},
      {"{", "JSON object"},
      {"{} {}", "JSON object"},
      {R"({"keep_day": 1})", "keep_day`"},
      {R"({"keep_days": "1"})", "keep_days` must be a whole number"},
      {R"({"keep_days": 1.5})", "keep_days` must be a whole number"},
      {R"({"keep_days": 18446744073709551615})", "keep_days` must be a whole number"},
      {R"({"keep_days": true})", "keep_days` must be a whole number"},
  };
  for (const auto& [json, says] : table) {
    const auto rule = read_rule(json);
    ASSERT_FALSE(rule) << json;
    EXPECT_EQ(rule.error().kind, ErrorKind::bad_request);
    EXPECT_THAT(rule.error().detail, HasSubstr(says));
  }
}

TEST(RetentionJson, ASummaryNamesCamerasAndReasons) {
  jobs::RetentionSummary summary;
  summary.add({{ImageId{1}, CameraId{2}, from_ms(10), from_ms(10), 100, false}, jobs::Reason::age});
  JsonWriter json;
  json.object([&] { write_summary(json, summary, {{CameraId{2}, "Orchard"}}); });
  EXPECT_EQ(
      json.text(),
      R"({"images":1,"bytes":100,"oldest":10,"newest":10,)"
      R"("reasons":{"age":1,"thinning":0,"bytes":0,"images":0},)"
      R"("cameras":[{"id":"0000000000002","name":"Orchard","images":1,"bytes":100,"oldest":10,"newest":10}]})");
}

TEST(RetentionJson, StorageSaysNothingOfWhatItDoesNotKnow) {
  jobs::StorageReport report;
  report.holdings.push_back(
      {.camera = {CameraId{2}, "Orchard", "orchard", from_ms(0)}, .images = 3, .bytes = 40});
  JsonWriter json;
  write_storage(json, {{100, 1000}, {200, 50}, store::SpaceLevel::low}, report, std::nullopt);
  EXPECT_EQ(
      json.text(),
      R"({"size_bytes":1000,"free_bytes":100,"level":"low","low_bytes":200,"reserve_bytes":50,"images":3,)"
      R"("image_bytes":40,"forecast":{"outlook":"unknown","bytes_per_day":null,"full_in_days":null,)"
      R"("earliest_days":null,"latest_days":null},"trash":null,"cameras":[{"id":"0000000000002","name":"Orchard",)"
      R"("removed":false,"images":3,"bytes":40,"bytes_per_day":null}]})");
}

TEST(RetentionJson, TheTrashAddsUpAndSaysWhenItGoes) {
  constexpr std::chrono::days life{30};
  const auto trash_of = [&](std::vector<catalog::TrashHolding> trash) {
    jobs::StorageReport report;
    report.trash = std::move(trash);
    JsonWriter json;
    write_storage(json, {{100, 1000}, {200, 50}, store::SpaceLevel::low}, report, life);
    const std::string text = std::move(json).text();
    const auto from = text.find("\"trash\":");
    return text.substr(from, text.find(",\"cameras\":[]}", from) - from);
  };
  EXPECT_EQ(
      trash_of({{CameraId{2}, 3, 40, from_ms(5), from_ms(9)}, {CameraId{7}, 1, 2, from_ms(1), from_ms(6)}}),
      R"("trash":{"keep_days":30,"images":4,"bytes":42,"first_goes_at":2592000001,)"
      R"("last_goes_at":2592000009,"cameras":[{"id":"0000000000002","images":3,"bytes":40},)"
      R"({"id":"0000000000007","images":1,"bytes":2}]})");
  EXPECT_EQ(trash_of({}),
            R"("trash":{"keep_days":30,"images":0,"bytes":0,"first_goes_at":null,"last_goes_at":null)");
}

}  // namespace
}  // namespace heliograph::http
