#include "firmware/linux/server_address.hpp"

#include "firmware/core/upload_request.hpp"
#include "firmware/linux/usage_error.hpp"

#include <boost/url.hpp>

namespace heliograph::firmware {

bool ServerAddress::is_this_machine() const {
  return host == "localhost" || host == "::1" || host.rfind("127.", 0) == 0;
}

ServerAddress parse_server(const std::string& url) {
  const auto parsed = boost::urls::parse_uri(url);
  const bool web = parsed && (parsed->scheme() == "https" || parsed->scheme() == "http");
  if (!web || parsed->encoded_host().empty()) {
    throw UsageError("--server is an address such as https://photos.example.org or http://192.168.1.10:8080");
  }
  if (parsed->has_userinfo() || parsed->has_query() || parsed->has_fragment()) {
    throw UsageError("--server is an address without user, query (?) or fragment (#)");
  }
  ServerAddress server;
  server.tls = parsed->scheme() == "https";
  server.host = parsed->host_address();
  server.port = server.tls ? 443 : 80;
  if (!parsed->port().empty()) server.port = parsed->port_number();
  const auto path = parsed->encoded_path();
  server.base_path.assign(path.data(), path.size());
  while (!server.base_path.empty() && server.base_path.back() == '/') server.base_path.pop_back();
  if (server.port == 0) throw UsageError("--server has a port that no server can have");
  if (server.host.size() > max_host_length || server.base_path.size() > max_base_path_length) {
    throw UsageError("--server is too long");
  }
  return server;
}

}  // namespace heliograph::firmware
