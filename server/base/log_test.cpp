#include "server/base/log.hpp"

#include <limits>

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph {
namespace {

using testing::internal::CaptureStderr;
using testing::internal::GetCapturedStderr;

std::string json(std::string_view sentence, std::initializer_list<LogField> facts) {
  return log_json("2026-11-22T15:01:02.123Z", "info", sentence, facts);
}

TEST(LogText, IsASentenceAndItsFacts) {
  EXPECT_EQ(
      log_text("image stored", {{"camera", "orchard"}, {"bytes", 12345}, {"repeat", false}, {"ms", 1.5}}),
      "image stored  camera=orchard bytes=12345 repeat=false ms=1.5");
  EXPECT_EQ(log_text("stopping", {}), "stopping");
}

TEST(LogText, QuotesWhatCouldBeTakenForMoreFacts) {
  EXPECT_EQ(log_text("hello",
                     {{"name", "north orchard"}, {"agent", "a admin=true"}, {"none", ""}, {"q", R"(a"\b)"}}),
            R"(hello  name="north orchard" agent="a admin=true" none="" q="a\"\\b")");
}

TEST(LogText, CannotBeForgedByControlCharacters) {
  const std::string line =
      log_text("a\nb", {{"path", "/x\r\n15:01:02.123 error disk is full"}, {"agent", "\x1b[2J\x7f"}});
  EXPECT_EQ(line, R"(a\nb  path="/x\u000d\n15:01:02.123 error disk is full" agent=\u001b[2J\u007f)");
  EXPECT_EQ(log_text("csi \xC2\x9B", {}), "csi \\u009b");  // a control sequence in one UTF-8 character
}

TEST(LogText, KeepsUtf8AndReplacesWhatIsNone) {
  EXPECT_EQ(log_text("Kamera süd 📷", {{"name", "Çiftlik"}}), "Kamera süd 📷  name=Çiftlik");
  const std::string replacement = "\xEF\xBF\xBD";
  EXPECT_EQ(log_text("\xFF", {}), replacement);
  EXPECT_EQ(log_text("\xC0\xAF", {}), replacement + replacement);  // an overlong slash
  EXPECT_EQ(log_text("\xED\xA0\x80", {}),
            replacement + replacement + replacement);                          // half of a surrogate pair
  EXPECT_EQ(log_text("\xF4\x90\x80\x80", {}).size(), 4 * replacement.size());  // beyond U+10FFFF
  EXPECT_EQ(log_text("cut \xE2\x82", {}), "cut " + replacement + replacement);
}

TEST(LogJson, IsOneObjectInOneLine) {
  EXPECT_EQ(json("image stored", {{"camera", "orchard"}, {"bytes", 12345}, {"repeat", true}}),
            R"({"time":"2026-11-22T15:01:02.123Z","level":"info","message":"image stored",)"
            R"("camera":"orchard","bytes":12345,"repeat":true})");
}

TEST(LogJson, ReadsBackWhateverWasSaid) {
  const std::string nasty =
      "quote \" backslash \\ newline \n tab \t nul " + std::string(1, '\0') + " del \x7f";
  const std::string line =
      json(nasty, {{"path", nasty}, {"least", std::numeric_limits<std::int64_t>::min()}});
  EXPECT_EQ(line.find('\n'), std::string::npos);
  const auto read = boost::json::parse(line).as_object();
  EXPECT_EQ(read.at("message").as_string(), nasty);
  EXPECT_EQ(read.at("path").as_string(), nasty);
  EXPECT_EQ(read.at("least").as_int64(), std::numeric_limits<std::int64_t>::min());
}

TEST(LogJson, IsValidForBrokenUtf8AndNumbersThatAreNone) {
  const std::string line = json("\xFF\xFE", {{"ratio", std::numeric_limits<double>::quiet_NaN()}});
  const auto read = boost::json::parse(line).as_object();  // Boost.JSON refuses broken UTF-8
  EXPECT_TRUE(read.at("ratio").is_null());
}

TEST(Log, WritesTextLinesWithTimeAndLevel) {
  CaptureStderr();
  Log log(LogFormat::text, LogLevel::info);
  log.debug("not written");
  log.info("image stored", {{"camera", "orchard"}});
  log.warning("clock went back");
  EXPECT_THAT(GetCapturedStderr(),
              testing::MatchesRegex("[0-9:]{8}\\.[0-9]{3} info  image stored  camera=orchard\n"
                                    "[0-9:]{8}\\.[0-9]{3} warn  clock went back\n"));
}

TEST(Log, WritesJsonLines) {
  CaptureStderr();
  Log log(LogFormat::json, LogLevel::error);
  log.warning("not written");
  log.error("disk {} is full", {{"percent", 100}});  // braces are no format
  const auto read = boost::json::parse(GetCapturedStderr()).as_object();
  EXPECT_EQ(read.at("level").as_string(), "error");
  EXPECT_EQ(read.at("message").as_string(), "disk {} is full");
  EXPECT_EQ(read.at("percent").as_int64(), 100);
  EXPECT_EQ(read.at("time").as_string().size(), std::string_view("2026-11-22T15:01:02.123Z").size());
}

}  // namespace
}  // namespace heliograph
