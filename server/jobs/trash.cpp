#include "server/jobs/trash.hpp"

#include "server/catalog/trash.hpp"
#include "server/jobs/removing.hpp"

#include <algorithm>
#include <map>
#include <span>
#include <vector>

namespace heliograph::jobs {
namespace {

using std::chrono::days;

Result<RetentionSummary::Sum> remove_chunk(store::ImageStore& store, catalog::Catalog& catalog,
                                           std::span<const ImageId> chunk, Log& log) {
  const auto removals = catalog::Trash(catalog).remove(chunk);
  if (!removals) return removals.error();
  RetentionSummary::Sum sum;
  for (const catalog::Removal& removal : *removals) {
    sum.add({1, removal.size_bytes, removal.captured_at, removal.captured_at});
  }
  if (auto removed = remove_files(store, catalog, *removals, log); !removed) return removed.error();
  return sum;
}

}  // namespace

bool is_over(const catalog::Image& trashed, days life, std::optional<std::int64_t> keep_days, Timestamp now) {
  if (!trashed.trashed_at || trashed.received_at > now - settling_time) return false;
  if (*trashed.trashed_at <= now - life) return true;
  const bool believable = trashed.captured_at <= now;
  const Timestamp dated =
      believable ? std::max(trashed.captured_at, trashed.received_at) : trashed.received_at;
  return keep_days && dated < now - days{*keep_days};
}

Result<RetentionSummary::Sum> remove_old_trash(store::ImageStore& store, catalog::Catalog& catalog,
                                               const RetentionPolicy& policy, Log& log,
                                               const RetentionHooks& hooks) {
  std::map<CameraId, std::optional<std::int64_t>> keep_days;
  for (const RetentionPolicy::Share& share : policy.shares) keep_days[share.camera] = share.rule.keep_days;
  RetentionSummary::Sum total;
  std::optional<catalog::TrashKey> after;
  while (!hooks.stopping()) {
    const auto page = catalog::Trash(catalog).oldest(after, retention_page);
    if (!page) return page.error();
    std::vector<ImageId> over;
    for (const catalog::FiledImage& filed : *page) {
      if (is_over(filed.image, policy.trash_life, keep_days[filed.image.camera], policy.now))
        over.push_back(filed.image.id);
    }
    for (std::span<const ImageId> rest(over); !rest.empty() && !hooks.stopping();) {
      const auto began = std::chrono::steady_clock::now();
      const auto chunk = rest.first(std::min(removal_chunk, rest.size()));
      rest = rest.subspan(chunk.size());
      const auto removed = remove_chunk(store, catalog, chunk, log);
      if (!removed) return removed.error();
      total.add(*removed);
      hooks.removed(*removed, std::chrono::steady_clock::now() - began);
    }
    if (page->size() < static_cast<std::size_t>(retention_page)) break;
    after = catalog::TrashKey{*page->back().image.trashed_at, page->back().image.id};
  }
  return total;
}

}  // namespace heliograph::jobs
