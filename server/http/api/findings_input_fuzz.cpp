// Whatever a program tells of an image: it is refused, or what was read of it is what the catalog takes.
#include "server/http/api/findings_input.hpp"
#include "server/http/api/json_body.hpp"

#include <cstdint>
#include <cstdlib>

namespace {

using namespace heliograph;
using catalog::whole_ppm;

void require(bool holds) {
  if (!holds) std::abort();
}

void check(const catalog::Detection& detection) {
  const auto label = catalog::normal_label(detection.label);
  require(label && *label == detection.label);
  require(detection.score_ppm >= 0 && detection.score_ppm <= whole_ppm);
  if (!detection.box) return;
  const catalog::Box& box = *detection.box;
  require(box.x_ppm >= 0 && box.width_ppm > 0 && box.x_ppm + box.width_ppm <= whole_ppm);
  require(box.y_ppm >= 0 && box.height_ppm > 0 && box.y_ppm + box.height_ppm <= whole_ppm);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static constexpr std::string_view members[] = {"source", "detections"};
  const auto body = http::parse_object({reinterpret_cast<const char*>(data), size}, members);
  if (!body) return 0;
  const auto findings = http::read_findings(*body);
  if (!findings) return 0;
  const auto source = catalog::normal_source(findings->source);
  require(source && *source == findings->source);
  require(findings->detections.size() <= catalog::max_detections);
  for (const catalog::Detection& detection : findings->detections) check(detection);
  return 0;
}
