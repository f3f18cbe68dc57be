// Carries out what retention decided (docs/storage.md, P6).
#pragma once

#include "server/base/base.hpp"
#include "server/catalog/catalog.hpp"
#include "server/jobs/retention.hpp"
#include "server/store/store.hpp"

#include <functional>

namespace heliograph::jobs {

struct RetentionHooks {
  // Asked between pages and chunks.
  std::function<bool()> stopping = [] { return false; };
  // Told what went with a chunk, and how long that took, so that it can count and rest.
  std::function<void(const RetentionSummary::Sum&, std::chrono::steady_clock::duration)> removed =
      [](const auto&, auto) {};
};

// The rules in force, and what there is, as the catalog has them now.
Result<RetentionPolicy> read_policy(catalog::Catalog& catalog, Timestamp now,
                                    std::chrono::days trash_life = usual_trash_life);

// What would go. Reads only.
Result<RetentionSummary> preview_retention(catalog::Catalog& catalog, RetentionPolicy policy);

// Finishes what was begun before, removes what was in the trash for its time, then what the policy says has
// to go, until it is done or told to stop. Says what went. Blocking. `catalog` must make its commits durable
// by itself (Durability::at_commit), and `store` holds its lock.
Result<RetentionSummary> run_retention(store::ImageStore& store, catalog::Catalog& catalog,
                                       RetentionPolicy policy, Log& log, const RetentionHooks& hooks);

}  // namespace heliograph::jobs
