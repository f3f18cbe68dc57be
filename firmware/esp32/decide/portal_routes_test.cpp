#include "firmware/esp32/decide/portal_routes.hpp"

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

TEST(PortalRoutes, EachRequestIsForSomething) {
  struct Case {
    PortalMethod method;
    const char* target;
    PortalRoute route;
    const char* name;
  };
  const Case cases[] = {
      {PortalMethod::get, "/", PortalRoute::page, ""},
      {PortalMethod::get, "/?x=1", PortalRoute::page, ""},
      {PortalMethod::get, "/state", PortalRoute::state, ""},
      {PortalMethod::get, "/networks", PortalRoute::networks, ""},
      {PortalMethod::post, "/wifi", PortalRoute::set_wifi, ""},
      {PortalMethod::get, "/wifi", PortalRoute::lead_here, ""},
      {PortalMethod::post, "/server", PortalRoute::set_server, ""},
      {PortalMethod::post, "/authority", PortalRoute::set_authority, ""},
      {PortalMethod::get, "/pictures", PortalRoute::pictures, ""},
      {PortalMethod::post, "/pictures", PortalRoute::take_picture, ""},
      {PortalMethod::get, "/pictures/00000001.JPG?download", PortalRoute::picture, "00000001.JPG"},
      {PortalMethod::remove, "/pictures/00000001.JPG", PortalRoute::remove, "00000001.JPG"},
      {PortalMethod::post, "/pictures/00000001.JPG", PortalRoute::not_found, ""},
      {PortalMethod::remove, "/pictures", PortalRoute::not_found, ""},
      // What Android, Apple, Windows and Firefox ask to see whether there is internet.
      {PortalMethod::get, "/generate_204", PortalRoute::lead_here, ""},
      {PortalMethod::get, "/hotspot-detect.html", PortalRoute::lead_here, ""},
      {PortalMethod::get, "/connecttest.txt", PortalRoute::lead_here, ""},
      {PortalMethod::get, "/canonical.html", PortalRoute::lead_here, ""},
      {PortalMethod::post, "/", PortalRoute::not_found, ""},
  };
  for (const Case& c : cases) {
    const PortalRequest request = route_portal(c.method, c.target);
    EXPECT_EQ(request.route, c.route) << c.target;
    EXPECT_EQ(request.name, c.name) << c.target;
  }
}

}  // namespace
}  // namespace heliograph::firmware
