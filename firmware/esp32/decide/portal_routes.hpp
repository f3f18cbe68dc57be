// What a request to the board's own pages is for. Pure.
#pragma once

#include <string_view>

namespace heliograph::firmware {

enum class PortalRoute {
  page,           // the one page there is
  state,          // GET /state: JSON
  networks,       // GET /networks: JSON
  set_wifi,       // POST /wifi: a form
  set_server,     // POST /server: a form
  set_authority,  // POST /authority: PEM; nothing: none
  pictures,       // GET /pictures: JSON
  picture,        // GET /pictures/NAME
  take_picture,   // POST /pictures
  remove,         // DELETE /pictures/NAME
  lead_here,      // anything else that is looked at: a phone's question whether there is internet
  not_found
};

enum class PortalMethod { get, post, remove };

struct PortalRequest {
  PortalRoute route = PortalRoute::not_found;
  std::string_view name;  // of the picture
};

// `target`: path and query as they were sent.
PortalRequest route_portal(PortalMethod method, std::string_view target);

}  // namespace heliograph::firmware
