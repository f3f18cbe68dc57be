#include "server/http/api/handlers.hpp"

namespace heliograph::http {

std::vector<Route> dashboard_routes() { return {}; }

}  // namespace heliograph::http
