// Everything that is known of one image.
#pragma once

#include "server/catalog/catalog.hpp"
#include "server/catalog/detections.hpp"

#include <optional>
#include <string>
#include <vector>

namespace heliograph::http {

struct ImageDetail {
  catalog::FiledImage filed;
  std::optional<protocol::Telemetry> telemetry;
  std::vector<std::string> tags;
  std::string note;
  std::vector<catalog::Findings> findings;
};

// Of an image that was found a moment ago.
Result<ImageDetail> read_detail(catalog::Catalog& catalog, catalog::FiledImage filed);

}  // namespace heliograph::http
