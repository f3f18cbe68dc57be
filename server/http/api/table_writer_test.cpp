#include "server/http/api/table_writer.hpp"

#include <gtest/gtest.h>

namespace heliograph::http {
namespace {

std::string one_text(TableFormat format, std::string_view words) {
  TableWriter table(format, {"note"});
  table.text(words);
  std::string text = table.take();
  return text.substr(text.find('\n') + 1);
}

TEST(TableWriterTest, WritesCsvAsTheStandardSays) {
  TableWriter table(TableFormat::csv, {"id", "note", "rssi_dbm", "starred", "tags"});
  const std::string tags[] = {"moth", "night"};
  table.text("0001");
  table.text("a \"moth\", or\ntwo");
  table.number(-67);
  table.truth(true);
  table.list(tags);
  EXPECT_EQ(table.take(),
            "id,note,rssi_dbm,starred,tags\r\n\"0001\",\"a \"\"moth\"\", or\ntwo\",-67,1,\"moth,night\"\r\n");
  table.text("0002");
  table.text("");
  table.number({});
  table.truth(false);
  table.list({});
  table.finish();
  EXPECT_EQ(table.take(), "\"0002\",\"\",,0,\"\"\r\n") << "only what came since";
}

TEST(TableWriterTest, WritesJsonARowALine) {
  TableWriter table(TableFormat::json, {"note", "rssi_dbm", "starred", "tags"});
  const std::string tags[] = {"moth", "=night"};
  table.text("=1 \"x\"\n");
  table.number(-67);
  table.truth(true);
  table.list(tags);
  table.text("");
  table.number({});
  table.truth(false);
  table.list({});
  table.finish();
  EXPECT_EQ(
      table.take(),
      "[\n{\"note\":\"=1 \\\"x\\\"\\n\",\"rssi_dbm\":-67,\"starred\":true,\"tags\":[\"moth\",\"=night\"]},\n"
      "{\"note\":\"\",\"rssi_dbm\":null,\"starred\":false,\"tags\":[]}\n]\n");
}

TEST(TableWriterTest, WritesSharesAndWhatIsJson) {
  const auto written = [](TableFormat format) {
    TableWriter table(format, {"motion", "detections"});
    table.share(0.25);
    table.json("[{\"label\":\"moth\"}]");
    table.share({});
    table.json("[]");
    table.finish();
    const std::string text = table.take();
    return text.substr(text.find('\n') + 1);
  };
  EXPECT_EQ(written(TableFormat::csv), "0.25,\"[{\"\"label\"\":\"\"moth\"\"}]\"\r\n,\"[]\"\r\n");
  EXPECT_EQ(
      written(TableFormat::json),
      "{\"motion\":0.25,\"detections\":[{\"label\":\"moth\"}]},\n{\"motion\":null,\"detections\":[]}\n]\n");
}

TEST(TableWriterTest, ATableWithoutRowsIsOne) {
  TableWriter csv(TableFormat::csv, {"id", "note"});
  csv.finish();
  EXPECT_EQ(csv.take(), "id,note\r\n");
  TableWriter json(TableFormat::json, {"id", "note"});
  json.finish();
  EXPECT_EQ(json.take(), "[\n]\n");
}

TEST(TableWriterTest, NoTextBeginsAFormula) {
  const std::pair<const char*, const char*> table[] = {
      {"=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\"\r\n"},
      {"+1", "\"'+1\"\r\n"},
      {"-1", "\"'-1\"\r\n"},
      {"@SUM(A1)", "\"'@SUM(A1)\"\r\n"},
      {"＝1", "\"'＝1\"\r\n"},
      {"\t=1", "\"'\t'=1\"\r\n"},
      {"\r=1", "\"'\r'=1\"\r\n"},
      // Where semicolons separate, or our quotes are not taken for quotes.
      {"a;=1", "\"a;'=1\"\r\n"},
      {"a\n-b", "\"a\n'-b\"\r\n"},
      // One apostrophe is ours at each of these places.
      {"'tis", "\"''tis\"\r\n"},
      {"a;'=1", "\"a;''=1\"\r\n"},
      // These are no places.
      {"1-2, a=b", "\"1-2, a=b\"\r\n"},
      {"don't", "\"don't\"\r\n"},
  };
  for (const auto& [words, written] : table) EXPECT_EQ(one_text(TableFormat::csv, words), written) << words;
}

}  // namespace
}  // namespace heliograph::http
