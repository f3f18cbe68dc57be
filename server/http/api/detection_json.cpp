#include "server/http/api/detection_json.hpp"

#include "server/http/api/image_json.hpp"

#include <set>

namespace heliograph::http {
namespace {

void write_box(JsonWriter& json, const catalog::Box& box) {
  json.object([&] {
    json.field("x", fraction(box.x_ppm));
    json.field("y", fraction(box.y_ppm));
    json.field("width", fraction(box.width_ppm));
    json.field("height", fraction(box.height_ppm));
  });
}

}  // namespace

void write_detections(JsonWriter& json, std::span<const catalog::Findings> findings) {
  json.array([&] {
    for (const catalog::Findings& found : findings) {
      for (const catalog::Detection& detection : found.detections) {
        json.object([&] {
          json.field("source", found.source);
          json.field("label", detection.label);
          json.field("score", fraction(detection.score_ppm));
          json.key("box");
          detection.box ? write_box(json, *detection.box) : json.value(nullptr);
        });
      }
    }
  });
}

std::vector<std::string> labels_of(std::span<const catalog::Findings> findings) {
  std::set<std::string> labels;
  for (const catalog::Findings& found : findings) {
    for (const catalog::Detection& detection : found.detections) labels.insert(detection.label);
  }
  return {labels.begin(), labels.end()};
}

}  // namespace heliograph::http
