// What a gallery reads, in JSON: the schemas `Histogram` and `ImagePage` of api/openapi.yaml.
#pragma once

#include "server/catalog/catalog.hpp"

#include <string>
#include <vector>

namespace heliograph::http {

std::string histogram_json(const std::vector<catalog::HourCount>& hours);
// `full`: as many as were asked for, so there may be more.
std::string page_json(const std::vector<catalog::FiledImage>& images, bool full);

}  // namespace heliograph::http
