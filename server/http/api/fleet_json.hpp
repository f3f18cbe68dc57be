// How a fleet's keys are written in JSON: the answer of importCameras in api/openapi.yaml.
#pragma once

#include "server/cameras/fleet_csv.hpp"

#include <span>
#include <string>

namespace heliograph::http {

std::string fleet_json(std::span<const cameras::FleetKey> fleet);

}  // namespace heliograph::http
