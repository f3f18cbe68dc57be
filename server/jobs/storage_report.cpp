#include "server/jobs/storage_report.hpp"

#include "server/jobs/retention.hpp"

#include <utility>

namespace heliograph::jobs {

Result<StorageReport> read_storage(catalog::Catalog& catalog, std::int64_t free_bytes, Timestamp now) {
  using std::chrono::days;
  StorageReport report;
  const auto common = catalog.retention(CameraId{});
  if (!common) return common.error();
  auto holdings = catalog.holdings();
  if (!holdings) return holdings.error();
  report.holdings = std::move(*holdings);
  auto trash = catalog::Trash(catalog).holdings();
  if (!trash) return trash.error();
  report.trash = std::move(*trash);

  const RetentionPolicy policy = policy_of(*common, report.holdings, now);
  std::vector<catalog::RetentionRule> rules;
  for (const RetentionPolicy::Share& share : policy.shares) rules.push_back(share.rule);
  const Span span = trend_span(rules, now);
  // A day more: a picture before the span says that its first day is whole.
  const auto hours = catalog.hours_between(span.from - days{1}, span.to);
  if (!hours) return hours.error();

  StorageTrend trend{
      .keep_bytes = policy.keep_bytes, .days = bytes_by_day(*hours, span), .free_bytes = free_bytes};
  const auto count = static_cast<std::int64_t>(trend.days.size());
  const auto arrivals = catalog.arrivals_between(span.to - days{count}, span.to);
  if (!arrivals) return arrivals.error();
  std::map<CameraId, std::int64_t> lately;
  for (const catalog::Arrivals& arrived : *arrivals) lately[arrived.camera] = arrived.bytes;
  for (const RetentionPolicy::Share& share : policy.shares) {
    trend.shares.push_back({share.rule, share.images, share.bytes, lately[share.camera]});
  }
  report.forecast = forecast(trend);
  if (report.forecast.outlook == Outlook::unknown) return report;
  for (const auto& [camera, bytes] : lately) report.bytes_per_day[camera] = bytes / count;
  return report;
}

}  // namespace heliograph::jobs
