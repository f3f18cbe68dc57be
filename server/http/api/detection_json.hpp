// How what was found in an image is written in JSON: a list of the schema `Detection` of api/openapi.yaml.
#pragma once

#include "server/catalog/detections.hpp"
#include "server/http/json.hpp"

#include <span>
#include <string>
#include <vector>

namespace heliograph::http {

void write_detections(JsonWriter& json, std::span<const catalog::Findings> findings);

// The labels of an image, each once, in order of the alphabet.
std::vector<std::string> labels_of(std::span<const catalog::Findings> findings);

}  // namespace heliograph::http
