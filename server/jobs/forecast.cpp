#include "server/jobs/forecast.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace heliograph::jobs {
namespace {

// However alike the days were: seasons, new cameras and longer days change the pace by this much soon enough.
constexpr double least_uncertainty = 0.1;

// How far the mean of these days may be from the true pace, as a part of it: 95 % to both sides.
double uncertainty_of(const std::vector<std::int64_t>& days, double mean) {
  const auto count = static_cast<double>(days.size());
  const double squares = std::accumulate(days.begin(), days.end(), 0.0, [mean](double sum, std::int64_t day) {
    const double off = static_cast<double>(day) - mean;
    return sum + off * off;
  });
  const double error_of_mean = std::sqrt(squares / (count - 1) / count);
  // Student's t for 95 %, within 5 % from four days on.
  const double student = 1.96 + 3.6 / (count - 1);
  return std::max(student * error_of_mean / mean, least_uncertainty);
}

// What a camera's images will take, and how.
struct Course {
  double soon = 0;     // bytes to come until its rule takes as much as arrives
  double per_day = 0;  // for ever after that
};

// `days`: how many days `lately` is of.
Course course_of(const StorageTrend::Share& share, double days) {
  const double per_day = static_cast<double>(share.lately) / days;
  const auto bytes = static_cast<double>(share.bytes);
  const double image = share.images > 0 ? bytes / static_cast<double>(share.images) : 0;
  const catalog::RetentionRule& rule = share.rule;
  std::optional<double> ceiling;
  const auto cap = [&](double value) { ceiling = std::min(ceiling.value_or(value), value); };
  if (rule.keep_days) cap(per_day * static_cast<double>(*rule.keep_days));
  if (rule.keep_bytes) cap(static_cast<double>(*rule.keep_bytes));
  if (rule.keep_images) cap(image * static_cast<double>(*rule.keep_images));
  Course course{.per_day = per_day};
  if (rule.all_days) {
    constexpr double hours_a_day = 24;
    // Days that come in whole until the first of them is thinned; no more than would come anyway.
    course.soon = std::max(0.0, per_day * static_cast<double>(*rule.all_days) - bytes);
    course.per_day = std::min(per_day, image * hours_a_day);
  }
  if (ceiling) {
    course.soon = std::max(0.0, *ceiling - bytes);
    course.per_day = 0;
  }
  return course;
}

}  // namespace

Forecast forecast(const StorageTrend& trend) {
  if (trend.days.size() < least_history_days) return {};
  const auto count = static_cast<double>(trend.days.size());
  const double mean =
      static_cast<double>(std::accumulate(trend.days.begin(), trend.days.end(), std::int64_t{0})) / count;
  Forecast result{.outlook = Outlook::steady, .bytes_per_day = std::llround(mean)};
  if (mean <= 0) return result;

  const auto free = static_cast<double>(trend.free_bytes);
  double held = 0;
  double soon = 0;
  double per_day = 0;
  for (const StorageTrend::Share& share : trend.shares) {
    const Course course = course_of(share, count);
    held += static_cast<double>(share.bytes);
    soon += course.soon;
    per_day += course.per_day;
  }
  if (trend.keep_bytes && static_cast<double>(*trend.keep_bytes) <= held + free) return result;
  if (per_day <= 0 && soon <= free) return result;

  // What fits before the rules take hold fills the disk at the full pace, the rest at the lasting one.
  const double days = soon >= free ? free / mean : soon / mean + (free - soon) / per_day;
  const double off = uncertainty_of(trend.days, mean);
  const double horizon = count * horizon_factor;
  result.outlook = Outlook::distant;
  if (days > horizon) return result;
  result.outlook = Outlook::filling;
  result.days = static_cast<std::int64_t>(days);
  result.earliest_days = static_cast<std::int64_t>(days / (1 + off));
  if (off < 1 && days / (1 - off) <= horizon) result.latest_days = std::llround(std::ceil(days / (1 - off)));
  return result;
}

Span trend_span(std::span<const catalog::RetentionRule> rules, Timestamp now) {
  std::int64_t untouched = history_days;
  for (const catalog::RetentionRule& rule : rules) {
    for (const auto& limit : {rule.keep_days, rule.all_days})
      untouched = std::min(untouched, limit.value_or(untouched));
  }
  using std::chrono::days;
  return {std::chrono::ceil<days>(now - days{untouched}), std::chrono::floor<days>(now)};
}

std::vector<std::int64_t> bytes_by_day(std::span<const catalog::HourCount> hours, const Span& span) {
  using std::chrono::days;
  std::vector<std::int64_t> by_day;
  if (hours.empty()) return by_day;
  const Timestamp first =
      std::max(span.from, Timestamp(std::chrono::floor<days>(hours.front().hour) + days{1}));
  for (Timestamp day = first; day < span.to; day += days{1}) by_day.push_back(0);
  for (const catalog::HourCount& hour : hours) {
    if (hour.hour < first || hour.hour >= span.to) continue;
    by_day[static_cast<std::size_t>((hour.hour - first) / days{1})] += hour.bytes;
  }
  return by_day;
}

}  // namespace heliograph::jobs
