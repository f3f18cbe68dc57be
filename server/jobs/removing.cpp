#include "server/jobs/removing.hpp"

#include <string>

namespace heliograph::jobs {

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

Result<void> finish_removals(store::ImageStore& store, catalog::Catalog& catalog, Log& log,
                             const std::function<bool()>& stopping) {
  while (!stopping()) {
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

}  // namespace heliograph::jobs
