// How refused bytes are written in JSON: the schema `Quarantined` of api/openapi.yaml.
#pragma once

#include "server/catalog/catalog.hpp"
#include "server/http/json.hpp"

namespace heliograph::http {

void write_quarantined(JsonWriter& json, const catalog::Quarantined& bytes);

}  // namespace heliograph::http
