#include "server/http/api/handlers.hpp"

#include <span>

namespace heliograph::http {

Task<Response> get_trust(Services& services, Request&) {
  const TrustBundle* trust = services.trust();
  if (trust == nullptr) {
    co_return problem_response(
        {ErrorKind::not_found, "this server has no roots to give that its own certificate ends at"});
  }
  Response response;
  response.content_type = "application/x-pem-file";
  response.cache = Cache::revalidate;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(trust->pem().data());
  response.body = StaticBody{std::span(bytes, trust->pem().size()), trust->etag()};
  co_return response;
}

}  // namespace heliograph::http
