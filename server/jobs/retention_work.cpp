#include "server/jobs/retention_work.hpp"

#include "server/jobs/removing.hpp"
#include "server/jobs/trash.hpp"

#include <algorithm>
#include <map>
#include <span>
#include <utility>
#include <vector>

namespace heliograph::jobs {
namespace {

// Goes through the images as the policy says. `each` is told what goes of a page, and says whether to go on.
template <class Each>
Result<void> walk(catalog::Catalog& catalog, RetentionPolicy policy, Each each) {
  RetentionPass pass(std::move(policy));
  while (const auto query = pass.next()) {
    const auto page = catalog.oldest_images(*query);
    if (!page) return page.error();
    const Result<bool> go_on = each(pass.take(*page));
    if (!go_on) return go_on.error();
    if (!*go_on) return {};
  }
  return {};
}

// P6 for some images, which are few. Says what went.
Result<RetentionSummary> remove_chunk(store::ImageStore& store, catalog::Catalog& catalog,
                                      std::span<const Going> chunk, Log& log) {
  std::map<ImageId, Going> chosen;
  std::vector<ImageId> ids;
  for (const Going& going : chunk) {
    chosen.emplace(going.image.id, going);
    ids.push_back(going.image.id);
  }
  const auto removals = catalog.remove_images(ids);
  if (!removals) return removals.error();
  RetentionSummary summary;
  for (const catalog::Removal& removal : *removals) summary.add(chosen.at(removal.id));
  if (auto removed = remove_files(store, catalog, *removals, log); !removed) return removed.error();
  return summary;
}

}  // namespace

Result<RetentionPolicy> read_policy(catalog::Catalog& catalog, Timestamp now, std::chrono::days trash_life) {
  const auto common = catalog.retention(CameraId{});
  if (!common) return common.error();
  const auto holdings = catalog.holdings();
  if (!holdings) return holdings.error();
  RetentionPolicy policy = policy_of(*common, *holdings, now);
  policy.trash_life = trash_life;
  return policy;
}

Result<RetentionSummary> preview_retention(catalog::Catalog& catalog, RetentionPolicy policy) {
  RetentionSummary summary;
  auto walked = walk(catalog, std::move(policy), [&](const std::vector<Going>& page) -> Result<bool> {
    for (const Going& going : page) summary.add(going);
    return true;
  });
  if (!walked) return walked.error();
  return summary;
}

Result<RetentionSummary> run_retention(store::ImageStore& store, catalog::Catalog& catalog,
                                       RetentionPolicy policy, Log& log, const RetentionHooks& hooks) {
  if (auto finished = finish_removals(store, catalog, log, hooks.stopping); !finished)
    return finished.error();
  RetentionSummary summary;
  const auto trash = remove_old_trash(store, catalog, policy, log, hooks);
  if (!trash) return trash.error();
  summary.trash = *trash;
  auto walked = walk(catalog, std::move(policy), [&](const std::vector<Going>& page) -> Result<bool> {
    for (std::span<const Going> rest(page); !rest.empty();) {
      if (hooks.stopping()) return false;
      const auto began = std::chrono::steady_clock::now();
      const auto chunk = rest.first(std::min(removal_chunk, rest.size()));
      rest = rest.subspan(chunk.size());
      const auto removed = remove_chunk(store, catalog, chunk, log);
      if (!removed) return removed.error();
      summary.add(*removed);
      hooks.removed(removed->total, std::chrono::steady_clock::now() - began);
    }
    return !hooks.stopping();
  });
  if (!walked) return walked.error();
  return summary;
}

}  // namespace heliograph::jobs
