#include "server/jobs/retention_work.hpp"

#include <algorithm>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace heliograph::jobs {
namespace {

// P6, steps 2 to 4. A file that cannot be removed stays on the list, for the next round.
Result<void> remove_files(store::ImageStore& store, catalog::Catalog& catalog,
                          const std::vector<catalog::Removal>& removals, Log& log) {
  std::vector<catalog::Removal> removed;
  std::vector<std::string> keys;
  for (const catalog::Removal& removal : removals) {
    const store::ImageName name{removal.captured_at, removal.id};
    const std::string key = store::image_key(removal.folder, name);
    const std::string thumbnail = store::thumbnail_key(removal.folder, name);
    const auto gone = [&](const std::string& file) {
      const auto done = store.remove(file);
      if (done || done.error().kind == ErrorKind::not_found) return true;
      log.warning("a file of a removed picture stays", {{"file", file}, {"why", done.error().detail}});
      return false;
    };
    if (!gone(key) || !gone(thumbnail)) continue;
    removed.push_back(removal);
    keys.push_back(key);
  }
  if (auto synced = store.sync_directories_of(keys); !synced) return synced;
  return catalog.finish_removals(removed);
}

// What an earlier round left on the list. What cannot be removed is tried once, so that this ends.
Result<void> finish_earlier(store::ImageStore& store, catalog::Catalog& catalog, Log& log,
                            const RetentionHooks& hooks) {
  while (!hooks.stopping()) {
    const auto left = catalog.removals(static_cast<int>(removal_chunk));
    if (!left) return left.error();
    if (left->empty()) return {};
    if (auto removed = remove_files(store, catalog, *left, log); !removed) return removed;
    const auto again = catalog.removals(1);
    if (!again) return again.error();
    if (!again->empty() && again->front().id == left->front().id) return {};
  }
  return {};
}

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

Result<RetentionPolicy> read_policy(catalog::Catalog& catalog, Timestamp now) {
  const auto common = catalog.retention(CameraId{});
  if (!common) return common.error();
  const auto holdings = catalog.holdings();
  if (!holdings) return holdings.error();
  return policy_of(*common, *holdings, now);
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
  if (auto finished = finish_earlier(store, catalog, log, hooks); !finished) return finished.error();
  RetentionSummary summary;
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
