// What a crash left behind (docs/storage.md, P3), put right before the first connection is accepted.
#pragma once

#include "server/base/log.hpp"
#include "server/catalog/catalog.hpp"
#include "server/store/store.hpp"

#include <cstdint>

namespace heliograph::ingest {

struct RecoveryReport {
  bool was_clean = true;
  std::int64_t rows_removed = 0;        // without their whole file: nobody was told they are safe
  std::int64_t files_adopted = 0;       // whole, without a row
  std::int64_t files_removed = 0;       // cut off, or a repeat of what is stored
  std::int64_t quarantine_settled = 0;  // rows and files of refused bytes that did not fit together
  std::int64_t thumbnails_removed = 0;  // cut off: nobody syncs them, and they are made anew
};

// Takes the clean mark; if it is missing, carries out P3. Blocking: as long as the last hour's pictures take
// to read. Needs the store's lock and a catalog that nobody else writes to.
// `now` is the clock's time, which may have jumped since.
Result<RecoveryReport> recover(store::ImageStore& store, catalog::Catalog& catalog, Timestamp now, Log& log);

// What is to be done about a file that has no row. Decided without touching anything.
enum class Orphan { adopt, remove };

// Makes a row for a file that has none, or removes the file when it is no whole picture or repeats a stored
// one. not_found: the folder belongs to no camera; the file is left alone.
Result<Orphan> settle_orphan(store::ImageStore& store, catalog::Catalog& catalog,
                             const store::FoundImage& found);

// No upload lasts longer than this, so a directory that was last changed before holds nothing unfinished.
inline constexpr std::chrono::hours longest_upload{1};

}  // namespace heliograph::ingest
