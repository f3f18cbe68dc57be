// A catalog from nothing but the files (docs/storage.md, I9).
#pragma once

#include "server/ingest/fsck.hpp"

namespace heliograph::ingest {

struct RebuildReport {
  std::int64_t images = 0;        // that have a row now
  std::int64_t cameras = 0;       // folders that have a whole picture
  std::int64_t unusable = 0;      // files that are no whole picture of ours; they stay where they are
  std::vector<Finding> findings;  // the first max_findings of those
  bool went_on = false;           // with what an interrupted run had made
  bool stopped = false;           // before its end; another run goes on
};

// Makes a camera for every folder and a row for every whole picture that has none in `catalog`, which begins
// as an empty one; at the end rows for refused bytes too. Interrupted, it is called again with the same
// catalog. Rows are on the disk after the store's next sync. Needs the store's lock.
Result<RebuildReport> rebuild(store::ImageStore& store, catalog::Catalog& catalog, IdSource& ids,
                              const Clock& clock,
                              const std::function<bool(const FsckProgress&)>& on_progress);

}  // namespace heliograph::ingest
