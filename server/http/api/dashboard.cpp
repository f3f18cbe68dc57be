#include "server/http/api/handlers.hpp"
#include "server/http/assets.hpp"

namespace heliograph::http {

// Made of web/dist when the program is built.
std::span<const Asset> dashboard_files();

std::vector<Route> dashboard_routes(const std::string& pictures_from) {
  return asset_routes(dashboard_files(), pictures_from);
}

}  // namespace heliograph::http
