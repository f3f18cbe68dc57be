// The address that --server gives, taken apart.
#pragma once

#include <cstdint>
#include <string>

namespace heliograph::firmware {

struct ServerAddress {
  bool tls = true;
  std::string host;  // a name or an IP address, without brackets
  std::uint16_t port = 443;
  std::string base_path;  // "" or "/cameras"

  // Whether what is sent there never leaves this machine.
  bool is_this_machine() const;
};

// https://photos.example.org, http://192.168.1.10:8080/cameras. Throws UsageError for anything else.
ServerAddress parse_server(const std::string& url);

}  // namespace heliograph::firmware
