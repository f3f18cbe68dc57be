#include "server/http/api/filter_query.hpp"

#include "server/catalog/detections.hpp"
#include "server/catalog/groups.hpp"
#include "server/catalog/marks.hpp"
#include "server/http/api/bad_parameter.hpp"
#include "server/http/api/numbers.hpp"
#include "server/http/text.hpp"

#include <algorithm>

namespace heliograph::http {
namespace {

using catalog::HoursOfDay;

Result<bool> read_flag(const Request& request, std::string_view name) {
  const auto text = request.query_value(name);
  if (!text || *text == "false") return false;
  if (*text == "true") return true;
  return bad_parameter(name, "true or false");
}

Result<std::vector<CameraId>> read_cameras(const Request& request) {
  std::vector<CameraId> cameras;
  for (const auto& [name, text] : request.query) {
    if (name != "camera") continue;
    const auto id = parse_id<CameraId>(text);
    if (!id) return bad_parameter("camera", "a camera's id");
    if (std::ranges::find(cameras, *id) == cameras.end()) cameras.push_back(*id);
  }
  if (cameras.size() > max_chosen_cameras)
    return bad_parameter("camera", "said at most " + std::to_string(max_chosen_cameras) + " times");
  return cameras;
}

// "since:ahead", ahead in minutes.
std::optional<HoursOfDay::Offset> read_offset(std::string_view text) {
  constexpr std::int64_t most_minutes = 18LL * 60;  // no place is further from UTC
  const auto [since_text, ahead_text] = split_once(text, ':');
  const auto since = read_timestamp(since_text);
  const auto ahead = read_integer(ahead_text);
  if (!since || !ahead || *ahead < -most_minutes || *ahead > most_minutes) return std::nullopt;
  return HoursOfDay::Offset{*since, std::chrono::minutes{*ahead}};
}

Result<std::vector<HoursOfDay::Offset>> read_offsets(std::string_view text) {
  const Error wrong =
      bad_parameter("offsets", "a list like 0:60,1711846800000:120, in order of time, of at most " +
                                   std::to_string(max_offsets));
  std::vector<HoursOfDay::Offset> offsets;
  if (text.size() > max_offsets_length) return wrong;
  while (!text.empty()) {
    const auto [first, rest] = split_once(text, ',');
    const auto offset = read_offset(first);
    if (!offset || offsets.size() == max_offsets) return wrong;
    if (!offsets.empty() && offset->since <= offsets.back().since) return wrong;
    offsets.push_back(*offset);
    text = rest;
  }
  return offsets;
}

Result<std::optional<HoursOfDay>> read_hours(const Request& request) {
  auto offsets = read_offsets(request.query_value("offsets").value_or(""));
  if (!offsets) return offsets.error();
  const auto text = request.query_value("hours");
  if (!text) return std::optional<HoursOfDay>();
  const auto [from_text, to_text] = split_once(*text, '-');
  const auto from = read_integer(from_text);
  const auto to = read_integer(to_text);
  if (!from || !to || *from < 0 || *from > 23 || *to < 1 || *to > 24 || *from == *to)
    return bad_parameter("hours", "two different hours like 5-9, from 0 to 24");
  return std::optional(HoursOfDay{static_cast<int>(*from), static_cast<int>(*to), std::move(*offsets)});
}

Result<catalog::ImageFilter> read_filter(const Request& request) {
  catalog::ImageFilter filter;
  const auto starred = read_flag(request, "starred");
  if (!starred) return starred.error();
  const auto noted = read_flag(request, "noted");
  if (!noted) return noted.error();
  filter.starred = *starred;
  filter.noted = *noted;
  const auto moved = read_flag(request, "motion");
  if (!moved) return moved.error();
  filter.moved = *moved;
  if (const auto text = request.query_value("tag")) {
    auto tag = catalog::normal_tag(*text);
    if (!tag) return tag.error();
    filter.tag = std::move(*tag);
  }
  if (const auto text = request.query_value("label")) {
    auto label = catalog::normal_label(*text);
    if (!label) return label.error();
    filter.label = std::move(*label);
  }
  if (const auto text = request.query_value("text")) {
    auto part = catalog::normal_note(*text);
    if (!part) return part.error();
    filter.text = std::move(*part);
  }
  auto hours = read_hours(request);
  if (!hours) return hours.error();
  filter.hours = std::move(*hours);
  return filter;
}

}  // namespace

Result<Choice> read_choice(const Request& request) {
  Choice choice;
  auto cameras = read_cameras(request);
  if (!cameras) return cameras.error();
  choice.cameras = std::move(*cameras);
  if (const auto text = request.query_value("group")) {
    choice.group = parse_id<GroupId>(*text);
    if (!choice.group) return bad_parameter("group", "a group's id");
  }
  auto filter = read_filter(request);
  if (!filter) return filter.error();
  choice.filter = std::move(*filter);
  return choice;
}

Result<std::optional<std::vector<CameraId>>> cameras_of(catalog::Catalog& catalog, const Choice& choice,
                                                        const std::optional<std::vector<CameraId>>& seen) {
  std::optional<std::vector<CameraId>> chosen = seen;
  const auto narrow = [&chosen](std::vector<CameraId> to) {
    if (chosen) {
      std::erase_if(to, [&](CameraId camera) { return std::ranges::find(*chosen, camera) == chosen->end(); });
    }
    chosen = std::move(to);
  };
  if (!choice.cameras.empty()) narrow(choice.cameras);
  if (choice.group) {
    const auto groups = catalog::Groups(catalog).all();
    if (!groups) return groups.error();
    const auto group = std::ranges::find(*groups, *choice.group, &catalog::Group::id);
    narrow(group == groups->end() ? std::vector<CameraId>() : group->cameras);
  }
  return chosen;
}

}  // namespace heliograph::http
