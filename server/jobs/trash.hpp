// The trash: when what is in it goes for good, and how.
#pragma once

#include "server/base/base.hpp"
#include "server/catalog/catalog.hpp"
#include "server/jobs/retention_work.hpp"
#include "server/store/store.hpp"

#include <chrono>
#include <optional>

namespace heliograph::jobs {

// May it go now? When it was in there for `life`, or when it is older than its camera's pictures may become:
// a rule that says so is not to be got round by throwing away. Nothing goes within settling_time of its
// arrival, because its sender may still be asking for an answer.
bool is_over(const catalog::Image& trashed, std::chrono::days life, std::optional<std::int64_t> keep_days,
             Timestamp now);

// Removes what is over, in the two steps of P6. Says what went. A part of run_retention, which says what it
// wants of `catalog` and `store`.
Result<RetentionSummary::Sum> remove_old_trash(store::ImageStore& store, catalog::Catalog& catalog,
                                               const RetentionPolicy& policy, Log& log,
                                               const RetentionHooks& hooks);

}  // namespace heliograph::jobs
