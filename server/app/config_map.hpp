// The table [map]: whose tiles lie below the cameras on the map.
#pragma once

#include "server/base/error.hpp"
#include "server/http/api/routes.hpp"

namespace heliograph::app {

class Reader;  // config_reader.hpp

// Without the table: no tiles. bad_request, with the line.
Result<http::MapTiles> read_map(const Reader& reader);

}  // namespace heliograph::app
