#include "server/cameras/problems.hpp"

#include "server/base/utf8.hpp"
#include "server/cameras/words.hpp"

#include <fmt/format.h>

namespace heliograph::cameras {
namespace {

// Bytes of a sentence, which the catalog and a phone have room for.
constexpr std::size_t max_detail = 200;

// What a camera sends while others wait in it is old, and so looks as if its clock were behind.
bool is_off(const CameraOverview& camera) {
  if (!camera.clock_skew) return false;
  const bool waits = camera.facts.spool.value_or(0) > 0;
  return std::chrono::abs(*camera.clock_skew) > clock_tolerance && !(camera.clock_skew->count() > 0 && waits);
}

std::string of_silence(const CameraOverview& camera, Timestamp now) {
  const auto& heard_at = camera.presence.heard_at;
  return heard_at ? "It was last heard " + span_words(now - *heard_at) + " ago." : "It was never heard.";
}

}  // namespace

std::vector<Problem> problems_of(const CameraOverview& camera, Timestamp now) {
  using enum AlertKind;
  const catalog::CameraFacts& facts = camera.facts;
  std::vector<Problem> found;
  const auto add = [&found](AlertKind kind, const std::string& detail) {
    found.push_back({kind, printable(detail, max_detail)});
  };
  if (camera.summary.rules.suspect_at) {
    add(doubted, "Its key was seen in two places at once. What comes with it goes to quarantine.");
  }
  if (camera.presence.found.presence == Presence::silent) add(silent, of_silence(camera, now));
  if (camera.frozen) add(frozen, fmt::format("{} pictures in a row are the same.", facts.looks_alike + 1));
  if (facts.refused_at && now - *facts.refused_at < refusal_news) {
    add(refused, "The last one that was refused: " + facts.refusal.value_or("nobody knows why") + ".");
  }
  const std::int64_t battery_mv = facts.battery_mv.value_or(0);
  if (battery_mv > 0 && battery_mv < cell_low_mv) {
    add(battery, fmt::format("{:.2f} V are left.", static_cast<double>(battery_mv) / 1000));
  }
  if (facts.spool.value_or(0) >= spool_many) add(spool, fmt::format("{} pictures wait in it.", *facts.spool));
  if (is_off(camera)) {
    add(clock, "Its clock is " + span_words(std::chrono::abs(*camera.clock_skew)) +
                   (camera.clock_skew->count() > 0 ? " behind." : " ahead."));
  }
  return found;
}

}  // namespace heliograph::cameras
