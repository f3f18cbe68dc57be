// How a camera is written in JSON: the schema `Camera` of api/openapi.yaml.
#pragma once

#include "server/cameras/orders.hpp"
#include "server/catalog/catalog.hpp"
#include "server/http/json.hpp"

namespace heliograph::http {

void write_camera(JsonWriter& json, const catalog::CameraSummary& summary,
                  const cameras::CameraPresence& presence);

}  // namespace heliograph::http
