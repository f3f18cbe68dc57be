// A copy of everything that cannot be made again (docs/backup.md), while the server goes on.
#pragma once

#include "server/ingest/fsck.hpp"
#include "server/store/store.hpp"

#include <cstdint>
#include <functional>
#include <string>

namespace heliograph::ingest {

struct BackupReport {
  std::int64_t images = 0;   // in the copy now
  std::int64_t copied = 0;   // of them, this time
  std::int64_t refused = 0;  // uploads in quarantine
  std::int64_t programs = 0;
  std::uint64_t bytes = 0;  // that were copied
  // Rows whose file was gone: removed by retention since the catalog was copied. The copy's catalog has them
  // no more.
  std::int64_t gone = 0;
  bool stopped = false;  // before its end; another run goes on
};

// Makes `to` a data directory with the catalog `database` as it is now, and with the file of every row in it;
// what an earlier backup has copied is not copied again, and what the server has removed since stays as a
// file. The catalog takes its place only when all its files are there and durable: `to` is a whole backup at
// every moment, this one or the one before. `to` must be locked, `from` need not be. unsupported: the catalog
// is in PostgreSQL.
Result<BackupReport> back_up(const std::string& database, const store::ImageStore& from,
                             store::ImageStore& to,
                             const std::function<bool(const FsckProgress&)>& on_progress);

}  // namespace heliograph::ingest
