// The full check of docs/storage.md's invariants: every row's file, every file's row, the same for the
// quarantine, thumbnails, the counts, the database.
#pragma once

#include "server/catalog/catalog.hpp"
#include "server/store/store.hpp"

#include <cstdint>
#include <functional>
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
  database_damaged   // the engine's own check
};
inline constexpr Fault all_faults[] = {
    Fault::file_missing,     Fault::file_damaged, Fault::file_without_row, Fault::stray_file,
    Fault::quarantine_wrong, Fault::counts_wrong, Fault::database_damaged};
std::string_view to_string(Fault fault);

struct Finding {
  Fault fault;
  std::string what;       // a key, a path, or the database's sentence
  bool repaired = false;  // by this run

  friend bool operator==(const Finding&, const Finding&) = default;
};

// Thumbnails can be made again at any time, so none of this is a fault.
struct ThumbnailReport {
  std::int64_t missing = 0;
  std::int64_t stale = 0;            // cut off, or older than their picture
  std::int64_t without_picture = 0;  // removed by --repair

  friend bool operator==(const ThumbnailReport&, const ThumbnailReport&) = default;
};

struct FsckReport {
  std::int64_t images_checked = 0;
  std::int64_t faults = 0;        // all of them
  std::int64_t repaired = 0;      // so many of those
  std::vector<Finding> findings;  // the first max_findings of them
  ThumbnailReport thumbnails;
  bool went_on = false;  // from where an earlier run was interrupted
  bool stopped = false;  // before its end; another run goes on here

  friend bool operator==(const FsckReport&, const FsckReport&) = default;
};

// A disk that lost everything must not fill the memory with sentences about it.
inline constexpr std::size_t max_findings = 10'000;

struct FsckProgress {
  std::int64_t done = 0;   // pictures
  std::int64_t total = 0;  // that the catalog has
};

struct FsckOptions {
  bool repair = false;  // needs the store's lock
  // Begin anew, whatever an interrupted run has seen.
  bool restart = false;
  // A running server's uploads have files that have no row yet: rowless files written after this are passed
  // over.
  std::optional<Timestamp> settled_before{};
  // Called after every picture, on the caller's thread. False stops the check.
  std::function<bool(const FsckProgress&)> on_progress{};
};

// Reads every byte of every image. Repair: a missing or damaged file's row goes (the damaged file stays where
// it is, to be looked at, and is reported as a file without a row from then on); a file without a row is
// adopted or, when it is no whole picture, left and reported; a folder without a camera gets one, whose key
// has to be made new before it can upload; the counts are made again; thumbnails are queued. What it has seen
// is kept in the data directory: stopped or killed, it goes on there.
Result<FsckReport> fsck(store::ImageStore& store, catalog::Catalog& catalog, IdSource& ids,
                        const Clock& clock, const FsckOptions& options);

// The camera whose folder this is. Made if there is none, called like its folder; its key is one that nobody
// has until it is made new.
Result<catalog::Camera> camera_of_folder(catalog::Catalog& catalog, IdSource& ids, const Clock& clock,
                                         const std::string& folder);

}  // namespace heliograph::ingest
