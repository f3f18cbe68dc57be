#include "firmware/esp32/decide/portal_routes.hpp"

namespace heliograph::firmware {

PortalRequest route_portal(PortalMethod method, std::string_view target) {
  struct Row {
    PortalMethod method;
    std::string_view path;
    PortalRoute route;
  };
  constexpr Row rows[] = {
      {PortalMethod::get, "/", PortalRoute::page},
      {PortalMethod::get, "/state", PortalRoute::state},
      {PortalMethod::get, "/networks", PortalRoute::networks},
      {PortalMethod::post, "/wifi", PortalRoute::set_wifi},
      {PortalMethod::post, "/server", PortalRoute::set_server},
      {PortalMethod::post, "/authority", PortalRoute::set_authority},
      {PortalMethod::get, "/pictures", PortalRoute::pictures},
      {PortalMethod::post, "/pictures", PortalRoute::take_picture},
  };
  constexpr std::string_view pictures = "/pictures/";
  const std::string_view path = target.substr(0, target.find('?'));
  for (const Row& row : rows) {
    if (row.method == method && row.path == path) return {row.route, {}};
  }
  if (path.substr(0, pictures.size()) == pictures) {
    const std::string_view name = path.substr(pictures.size());
    if (method == PortalMethod::get) return {PortalRoute::picture, name};
    if (method == PortalMethod::remove) return {PortalRoute::remove, name};
  }
  return {method == PortalMethod::get ? PortalRoute::lead_here : PortalRoute::not_found, {}};
}

}  // namespace heliograph::firmware
