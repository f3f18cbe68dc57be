#include "server/http/api/findings_input.hpp"

#include <string>
#include <vector>

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::http {
namespace {

using catalog::Box;
using catalog::Detection;
using catalog::whole_ppm;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Result<catalog::Findings> read(std::string_view json) {
  return read_findings(boost::json::parse({json.data(), json.size()}).get_object());
}

// Of one detection that is written so.
Result<catalog::Findings> read_one(const std::string& detection) {
  return read(R"({"source": "yolo", "detections": [)" + detection + "]}");
}

TEST(FindingsInput, IsReadWhole) {
  const auto findings = read(R"({"source": " YOLO v8 ", "detections": [
    {"label": "Codling  Moth", "score": 0.8725, "box": {"x": 0.1, "y": 0.25, "width": 0.5, "height": 1e-3}},
    {"label": "leaf", "score": 1, "box": null},
    {"label": "leaf", "score": 0}]})");
  ASSERT_TRUE(findings) << findings.error().detail;
  EXPECT_EQ(findings->source, "yolo v8");
  EXPECT_THAT(findings->detections,
              ElementsAre(Detection{"codling moth", 872'500, Box{100'000, 250'000, 500'000, 1'000}},
                          Detection{"leaf", whole_ppm, {}}, Detection{"leaf", 0, {}}));
  EXPECT_THAT(read(R"({"source": "x", "detections": []})").value().detections, IsEmpty());
}

TEST(FindingsInput, ABoxIsWithinThePicture) {
  const struct {
    const char* box;
    Box kept;
  } table[] = {
      {R"({"x": 0, "y": 0, "width": 1, "height": 1})", {0, 0, whole_ppm, whole_ppm}},
      {R"({"x": 0.75, "y": 0.5, "width": 0.5, "height": 0.75})", {750'000, 500'000, 250'000, 500'000}},
      {R"({"x": 0.9999999, "y": 0, "width": 1, "height": 1e-9})", {999'999, 0, 1, 1}},
  };
  for (const auto& row : table) {
    const auto findings = read_one(R"({"label": "a", "score": 1, "box": )" + std::string(row.box) + "}");
    ASSERT_TRUE(findings) << row.box;
    EXPECT_EQ(findings->detections.at(0).box, row.kept) << row.box;
  }
}

TEST(FindingsInput, MistakesAreNamed) {
  const std::pair<const char*, const char*> table[] = {
      {R"({"detections": []})", "source"},
      {R"({"source": "", "detections": []})", "source"},
      {R"({"source": 1, "detections": []})", "source"},
      {R"({"source": "x"})", "detections"},
      {R"({"source": "x", "detections": {}})", "detections"},
      {R"({"source": "x", "detections": ["moth"]})", "detection"},
      {R"({"source": "x", "detections": [{"score": 1}]})", "label"},
      {R"({"source": "x", "detections": [{"label": "a,b", "score": 1}]})", "label"},
      {R"({"source": "x", "detections": [{"label": "a"}]})", "score"},
      {R"({"source": "x", "detections": [{"label": "a", "score": 1.01}]})", "score"},
      {R"({"source": "x", "detections": [{"label": "a", "score": -0.1}]})", "score"},
      {R"({"source": "x", "detections": [{"label": "a", "score": "1"}]})", "score"},
      {R"({"source": "x", "detections": [{"label": "a", "score": 1, "confidence": 1}]})", "detection"},
  };
  for (const auto& [json, says] : table) {
    const auto refused = read(json);
    ASSERT_FALSE(refused) << json;
    EXPECT_EQ(refused.error().kind, ErrorKind::bad_request);
    EXPECT_THAT(refused.error().detail, HasSubstr(says)) << json;
  }
  for (const char* box :
       {"1", "[0, 0, 1, 1]", R"({"x": 0, "y": 0, "width": 1})",
        R"({"x": 1, "y": 0, "width": 1, "height": 1})", R"({"x": 0, "y": -0.1, "width": 1, "height": 1})",
        R"({"x": 0, "y": 0, "width": 0, "height": 1})", R"({"x": 0, "y": 0, "width": 640, "height": 480})",
        R"({"x": 0, "y": 0, "width": 1, "height": 1, "z": 1})"}) {
    const auto refused = read_one(R"({"label": "a", "score": 1, "box": )" + std::string(box) + "}");
    ASSERT_FALSE(refused) << box;
    EXPECT_THAT(refused.error().detail, HasSubstr("box")) << box;
  }
  std::string many = R"({"label": "a", "score": 1})";
  for (std::size_t n = 1; n <= catalog::max_detections; ++n) many += R"(,{"label": "a", "score": 1})";
  EXPECT_THAT(read_one(many).error().detail, HasSubstr("at most 100"));
}

}  // namespace
}  // namespace heliograph::http
