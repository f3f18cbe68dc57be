// How an image is written in JSON: the schema `Image` of api/openapi.yaml.
#pragma once

#include "server/catalog/catalog.hpp"
#include "server/http/json.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace heliograph::http {

void write_image(JsonWriter& json, const catalog::Image& image);

// A share from 0 to 1 of what the catalog has in parts per million.
inline double fraction(std::int64_t ppm) {
  return static_cast<double>(ppm) / static_cast<double>(catalog::whole_ppm);
}

// What a camera measures, as it is called wherever it is told.
struct TelemetryField {
  std::string_view name;
  std::optional<std::int64_t> protocol::Telemetry::* member;
};
std::span<const TelemetryField> telemetry_fields();
// The first of them, which are kept with each image too.
inline constexpr std::size_t telemetry_fields_of_image = 7;

// The schema `Telemetry`: what was reported.
void write_telemetry(JsonWriter& json, const protocol::Telemetry& telemetry);

}  // namespace heliograph::http
