// When the disk will be full: a forecast from what came in lately, with its uncertainty. Pure.
#pragma once

#include "server/catalog/catalog.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace heliograph::jobs {

// The last days are what tomorrow is taken from: a month has every weekday four times, and yet no other
// season.
inline constexpr std::int64_t history_days = 28;
// A guess from fewer days says nothing.
inline constexpr std::size_t least_history_days = 4;
// Nothing is said of what lies further ahead than this many times the days that were seen.
inline constexpr std::int64_t horizon_factor = 20;

// What is known of the disk and of what comes in.
struct StorageTrend {
  struct Share {                  // of a camera
    catalog::RetentionRule rule;  // as it is in force
    std::int64_t images = 0;
    std::int64_t bytes = 0;
    std::int64_t lately = 0;  // bytes of the days below
  };
  std::vector<Share> shares;
  std::optional<std::int64_t> keep_bytes{};  // of all cameras together
  std::vector<std::int64_t> days;            // bytes of each whole day of late, in order; days without are 0
  std::int64_t free_bytes = 0;               // until uploads are refused
};

enum class Outlook {
  unknown,  // too little history
  steady,   // nothing comes in, or retention takes as much as comes
  distant,  // not within the horizon
  filling   // it will be full
};

struct Forecast {
  Outlook outlook = Outlook::unknown;
  std::optional<std::int64_t> bytes_per_day{};  // that come in, whatever is removed; unless unknown
  // Only when filling. 95 times of 100 it is between earliest and latest, if tomorrow is like yesterday.
  std::optional<std::int64_t> days{};
  std::optional<std::int64_t> earliest_days{};
  std::optional<std::int64_t> latest_days{};  // none: beyond the horizon, or never
};
Forecast forecast(const StorageTrend& trend);

// The days that tell how much comes in: whole days of UTC before `now`, at most history_days, and none that a
// rule has thinned or emptied already.
struct Span {
  Timestamp from;
  Timestamp to;  // exclusive

  friend bool operator==(const Span&, const Span&) = default;
};
Span trend_span(std::span<const catalog::RetentionRule> rules, Timestamp now);

// Hours to whole days: from the day after the one of the first picture (that is part of a day) to the end.
std::vector<std::int64_t> bytes_by_day(std::span<const catalog::HourCount> hours, const Span& span);

}  // namespace heliograph::jobs
