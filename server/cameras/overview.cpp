#include "server/cameras/overview.hpp"

#include "server/cameras/captures.hpp"
#include "server/cameras/health.hpp"

#include <algorithm>
#include <span>
#include <unordered_map>
#include <utility>

namespace heliograph::cameras {
namespace {

using std::chrono::days;

// What is known of each camera, by its number.
template <class T>
using ByCamera = std::unordered_map<std::int64_t, T>;

// Of each camera one; what is not there yet is as if nobody had said anything.
template <class T, class Of>
ByCamera<T> by_camera(std::vector<T> facts, Of camera) {
  ByCamera<T> found;
  for (T& one : facts) {
    const CameraId id = std::invoke(camera, one);
    found.emplace(id.value, std::move(one));
  }
  return found;
}

struct DaysOfCamera {
  std::array<std::int64_t, overview_days> images{};
  std::array<std::int64_t, overview_days> by_now{};
};

ByCamera<DaysOfCamera> in_days(std::span<const catalog::DayCount> counts) {
  ByCamera<DaysOfCamera> found;
  for (const catalog::DayCount& count : counts) {
    DaysOfCamera& days = found[count.camera.value];
    days.images.at(static_cast<std::size_t>(count.day)) = count.images;
    days.by_now.at(static_cast<std::size_t>(count.day)) = count.by_now;
  }
  return found;
}

ByCamera<std::vector<catalog::Sighting>> in_sightings(std::vector<catalog::CameraSighting> sightings) {
  ByCamera<std::vector<catalog::Sighting>> found;
  for (catalog::CameraSighting& one : sightings) found[one.camera.value].push_back(std::move(one.times));
  return found;
}

// Everything that the catalog says, a question each.
struct Answers {
  std::vector<catalog::CameraSummary> cameras;
  ByCamera<CameraPresence> presences;
  ByCamera<catalog::CameraFacts> facts;
  ByCamera<catalog::Place> places;
  ByCamera<DaysOfCamera> days;
  ByCamera<std::vector<catalog::Sighting>> sightings;
};

Result<Answers> ask_conditions(catalog::Catalog& catalog, Timestamp now) {
  auto cameras = catalog.cameras();
  if (!cameras) return cameras.error();
  auto found = presences(catalog, std::nullopt, now);
  if (!found) return found.error();
  catalog::Overview overview(catalog);
  auto facts = overview.facts(now - vitals_window);
  if (!facts) return facts.error();
  auto sightings = overview.sightings(static_cast<int>(clock_sample));
  if (!sightings) return sightings.error();
  return Answers{.cameras = std::move(*cameras),
                 .presences = by_camera(std::move(*found), &CameraPresence::camera),
                 .facts = by_camera(std::move(*facts), &catalog::CameraFacts::camera),
                 .sightings = in_sightings(std::move(*sightings))};
}

Result<Answers> ask(catalog::Catalog& catalog, Timestamp today, Timestamp now) {
  auto answers = ask_conditions(catalog, now);
  if (!answers) return answers;
  const auto counts = catalog::Overview(catalog).days({today - days(overview_days - 1), overview_days, now});
  if (!counts) return counts.error();
  auto places = catalog::Places(catalog).all();
  if (!places) return places.error();
  answers->days = in_days(*counts);
  answers->places = by_camera(std::move(*places), &catalog::Place::camera);
  return answers;
}

void count_captures(CameraOverview& camera, const DaysOfCamera& of_days, Timestamp today, Timestamp now) {
  camera.days = of_days.images;
  camera.due = captures_due(read_rhythm(camera.facts.goes_by), today, now);
  if (camera.due) return;
  const std::span before(of_days.by_now.data() + overview_days - 1 - usual_days, usual_days);
  camera.usual = captures_usual(before);
}

CameraOverview of_camera(catalog::CameraSummary summary, Answers& answers) {
  const CameraId id = summary.camera.id;
  CameraOverview camera;
  camera.summary = std::move(summary);
  camera.presence = answers.presences[id.value];
  camera.presence.camera = id;
  camera.facts = std::move(answers.facts[id.value]);
  camera.frozen = camera.facts.looks_alike >= frozen_after;
  camera.clock_skew = clock_skew(std::move(answers.sightings[id.value]));
  if (const auto place = answers.places.find(id.value); place != answers.places.end()) {
    camera.place = place->second;
  }
  return camera;
}

std::vector<CameraOverview> of_cameras(Answers& answers) {
  std::vector<CameraOverview> overview;
  overview.reserve(answers.cameras.size());
  for (catalog::CameraSummary& summary : answers.cameras) {
    overview.push_back(of_camera(std::move(summary), answers));
  }
  return overview;
}

}  // namespace

Result<std::vector<CameraOverview>> read_overview(catalog::Catalog& catalog, Timestamp today, Timestamp now) {
  if (today > now || today < now - longest_today) {
    return Error{ErrorKind::bad_request, "a day that goes on now began " +
                                             std::to_string(longest_today.count()) +
                                             " hours ago at most, and not in the future"};
  }
  auto answers = ask(catalog, today, now);
  if (!answers) return answers.error();
  std::vector<CameraOverview> overview = of_cameras(*answers);
  for (CameraOverview& camera : overview) {
    count_captures(camera, answers->days[camera.summary.camera.id.value], today, now);
  }
  return overview;
}

Result<std::vector<CameraOverview>> read_conditions(catalog::Catalog& catalog, Timestamp now) {
  auto answers = ask_conditions(catalog, now);
  if (!answers) return answers.error();
  return of_cameras(*answers);
}

}  // namespace heliograph::cameras
