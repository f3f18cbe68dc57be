// The table [push]: which push services are told of alerts, and as whose.
#pragma once

#include "server/base/error.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace heliograph::app {

class Reader;  // config_reader.hpp

struct PushConfig {
  // "mailto:farm@example.org" or "https://…": whom a service writes to that has trouble with us. Empty: the
  // address under which each browser reaches this server.
  std::string contact;
  // Hosts, in small letters; "*.example.org": all below. Those that browsers subscribe at: of Chrome and what
  // is made of it, Firefox, Edge on Windows, and Safari.
  std::vector<std::string> services{"fcm.googleapis.com", "*.push.services.mozilla.com",
                                    "*.notify.windows.com", "*.push.apple.com"};
  std::filesystem::path ca_file;  // empty: the system's roots alone

  friend bool operator==(const PushConfig&, const PushConfig&) = default;
};

// Over the defaults. bad_request, with the line.
Result<PushConfig> read_push(const Reader& reader);

}  // namespace heliograph::app
