#include "server/http/api/findings_input.hpp"

#include "server/http/api/json_body.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace heliograph::http {
namespace {

using boost::json::object;
using catalog::whole_ppm;

Error bad(std::string sentence) {
  return {ErrorKind::bad_request, std::move(sentence)};
}

// Every member is one of `known`, as with the body itself: a misspelt one would be passed over in silence.
bool has_only(const object& object, Names known) {
  return std::ranges::all_of(object, [known](const auto& member) {
    const std::string_view name(member.key().data(), member.key().size());
    return std::ranges::find(known, name) != known.end();
  });
}

// From 0 to 1.
std::optional<double> share_of(const object& object, std::string_view name) {
  const auto* value = object.if_contains({name.data(), name.size()});
  if (value == nullptr || !value->is_number()) return std::nullopt;
  const auto share = value->to_number<double>();
  return share >= 0 && share <= 1 ? std::optional(share) : std::nullopt;
}

std::int64_t to_ppm(double share) {
  return std::llround(share * static_cast<double>(whole_ppm));
}

struct Span {
  std::int64_t from_ppm;
  std::int64_t length_ppm;
};

// One edge of a box, within the picture and not empty.
std::optional<Span> span_of(const object& box, std::string_view from, std::string_view length) {
  const auto begin = share_of(box, from);
  const auto size = share_of(box, length);
  if (!begin || !size || *begin >= 1 || *size <= 0) return std::nullopt;
  const std::int64_t from_ppm = std::min(to_ppm(*begin), whole_ppm - 1);
  return Span{from_ppm, std::clamp<std::int64_t>(to_ppm(*size), 1, whole_ppm - from_ppm)};
}

Result<std::optional<catalog::Box>> box_of(const object& detection) {
  static constexpr std::string_view members[] = {"x", "y", "width", "height"};
  const auto* value = detection.if_contains("box");
  if (value == nullptr || value->is_null()) return std::optional<catalog::Box>();
  const Error wrong =
      bad("`box` must have `x`, `y`, `width` and `height`, shares of the picture: x and y from 0 to below 1, "
          "width and height above 0 and up to 1");
  if (!value->is_object() || !has_only(value->get_object(), members)) return wrong;
  const auto across = span_of(value->get_object(), "x", "width");
  const auto down = span_of(value->get_object(), "y", "height");
  if (!across || !down) return wrong;
  return std::optional(catalog::Box{across->from_ppm, down->from_ppm, across->length_ppm, down->length_ppm});
}

Result<catalog::Detection> detection_of(const boost::json::value& value) {
  static constexpr std::string_view members[] = {"label", "score", "box"};
  if (!value.is_object() || !has_only(value.get_object(), members))
    return bad("a detection must be an object with `label`, `score` and, if it is known, `box`");
  const object& detection = value.get_object();
  const auto text = text_of(detection, "label");
  if (!text) return text.error();
  auto label = catalog::normal_label(*text);
  if (!label) return label.error();
  const auto score = share_of(detection, "score");
  if (!score) return bad("`score` must be a number from 0 to 1");
  const auto box = box_of(detection);
  if (!box) return box.error();
  return catalog::Detection{std::move(*label), to_ppm(*score), *box};
}

}  // namespace

Result<catalog::Findings> read_findings(const object& body) {
  const auto name = text_of(body, "source");
  if (!name) return name.error();
  auto source = catalog::normal_source(*name);
  if (!source) return source.error();
  const auto* list = body.if_contains("detections");
  if (list == nullptr || !list->is_array() || list->get_array().size() > catalog::max_detections) {
    return bad("`detections` must be a list of at most " + std::to_string(catalog::max_detections));
  }
  catalog::Findings findings{std::move(*source), {}};
  for (const boost::json::value& value : list->get_array()) {
    auto detection = detection_of(value);
    if (!detection) return detection.error();
    findings.detections.push_back(std::move(*detection));
  }
  return findings;
}

}  // namespace heliograph::http
