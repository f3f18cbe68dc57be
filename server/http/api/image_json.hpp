// How an image is written in JSON: the schema `Image` of api/openapi.yaml.
#pragma once

#include "server/catalog/catalog.hpp"
#include "server/http/json.hpp"

namespace heliograph::http {

void write_image(JsonWriter& json, const catalog::Image& image);
// The schema `Telemetry`: what was reported.
void write_telemetry(JsonWriter& json, const protocol::Telemetry& telemetry);

}  // namespace heliograph::http
