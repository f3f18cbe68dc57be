// The full check of docs/storage.md's invariants: every row's file, every file's row, the counts, the
// database.
#pragma once

#include "server/catalog/catalog.hpp"
#include "server/store/store.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace heliograph::ingest {

enum class Fault {
  file_missing,      // a row without a file
  file_damaged,      // a file that is not what its row says
  file_without_row,  // a picture the catalog does not know
  stray_file,        // not one of our names
  quarantine_wrong,  // a row of refused bytes without exactly its file, or a file without a row
  counts_wrong,      // the hour counts differ from the rows
  database_damaged   // SQLite's own check
};
std::string_view to_string(Fault fault);

struct Finding {
  Fault fault;
  std::string what;       // a key, a path, or the database's sentence
  bool repaired = false;  // by this run
};

struct FsckReport {
  std::int64_t images_checked = 0;
  std::vector<Finding> findings;
};

struct FsckOptions {
  bool repair = false;  // needs the store's lock
  // A running server's uploads have files that have no row yet: rowless files written after this are passed
  // over.
  std::optional<Timestamp> settled_before;
};

// Reads every byte of every image. Repair: a missing or damaged file's row goes (the damaged file stays where
// it is, to be looked at, and is reported as a file without a row from then on); a file without a row is
// adopted or, when it is no whole picture, left and reported; a folder without a camera gets one, whose key
// has to be made new before it can upload; the counts are made again.
Result<FsckReport> fsck(store::ImageStore& store, catalog::Catalog& catalog, IdSource& ids,
                        const Clock& clock, const FsckOptions& options);

}  // namespace heliograph::ingest
