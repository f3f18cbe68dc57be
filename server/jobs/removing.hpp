// The second step of a removal (docs/storage.md, P6.2 to 4): files follow their rows.
#pragma once

#include "server/base/base.hpp"
#include "server/catalog/catalog.hpp"
#include "server/store/store.hpp"

#include <functional>
#include <vector>

namespace heliograph::jobs {

// Images whose rows go in one transaction: about 30 ms on SQLite with a million images, during which uploads
// wait.
inline constexpr std::size_t removal_chunk = 200;

// Removes the files of images whose rows are gone, durably. What cannot be removed stays on the list, for the
// next round.
Result<void> remove_files(store::ImageStore& store, catalog::Catalog& catalog,
                          const std::vector<catalog::Removal>& removals, Log& log);

// What an earlier round, or somebody else, left on the list. What cannot be removed is tried once, so that
// this ends. `stopping` is asked between chunks.
Result<void> finish_removals(store::ImageStore& store, catalog::Catalog& catalog, Log& log,
                             const std::function<bool()>& stopping);

}  // namespace heliograph::jobs
