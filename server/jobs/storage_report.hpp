// How the disk stands: what each camera holds, and the forecast.
#pragma once

#include "server/base/base.hpp"
#include "server/catalog/catalog.hpp"
#include "server/catalog/trash.hpp"
#include "server/jobs/forecast.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace heliograph::jobs {

struct StorageReport {
  std::vector<catalog::Holding> holdings;          // removed cameras with images too
  std::map<CameraId, std::int64_t> bytes_per_day;  // that come in; empty when the forecast is unknown
  Forecast forecast;
  std::vector<catalog::TrashHolding> trash;
};

// A few index ranges, and what is in the trash row by row. `free_bytes`: until uploads are refused.
Result<StorageReport> read_storage(catalog::Catalog& catalog, std::int64_t free_bytes, Timestamp now);

}  // namespace heliograph::jobs
