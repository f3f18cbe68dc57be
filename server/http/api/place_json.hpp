// How it is written where a camera stands: the schema `Place` of api/openapi.yaml.
#pragma once

#include "server/catalog/places.hpp"
#include "server/http/json.hpp"

#include <optional>
#include <string_view>

namespace heliograph::http {

// Its members; the object around them is the caller's.
inline void write_place_members(JsonWriter& json, const catalog::Place& place) {
  json.field("lat_e7", place.lat_e7);
  json.field("lon_e7", place.lon_e7);
  json.field("by_hand", place.by_hand);
}

inline void write_place(JsonWriter& json, std::string_view name, const std::optional<catalog::Place>& place) {
  json.key(name);
  if (place) {
    json.object([&] { write_place_members(json, *place); });
  } else {
    json.value(nullptr);
  }
}

}  // namespace heliograph::http
