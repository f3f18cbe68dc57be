#include "server/http/packed.hpp"

#include "server/base/gzip.hpp"
#include "server/http/assets.hpp"

#include <utility>

namespace heliograph::http {
namespace {

// Less travels in one packet as it is.
constexpr std::size_t packed_from = 1200;  // bytes

}  // namespace

Response packed_json_response(const Request& request, std::string json) {
  const bool pack =
      json.size() >= packed_from && accepts_gzip(request.header("Accept-Encoding").value_or(""));
  Response response = json_response(200, pack ? gzip(json) : std::move(json));
  response.headers.emplace_back("Vary", "Accept-Encoding");
  if (pack) response.headers.emplace_back("Content-Encoding", "gzip");
  return response;
}

}  // namespace heliograph::http
