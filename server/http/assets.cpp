#include "server/http/assets.hpp"

#include "server/http/text.hpp"

namespace heliograph::http {
namespace {

Task<Response> send_asset(const Asset& asset, const Request& request, std::string pictures_from) {
  Response response = asset_response(asset, request);
  response.pictures_from = std::move(pictures_from);
  co_return response;
}

Route asset_route(std::string path, const Asset& asset, const std::string& pictures_from) {
  return {Method::get, std::move(path), 0,
          [&asset, &pictures_from](Request& request) { return send_asset(asset, request, pictures_from); }};
}

}  // namespace

std::vector<Route> asset_routes(std::span<const Asset> assets, const std::string& pictures_from) {
  std::vector<Route> routes;
  for (const Asset& asset : assets) {
    const bool front_page = asset.path == "/index.html";
    routes.push_back(asset_route(std::string(front_page ? "/" : asset.path), asset, pictures_from));
  }
  return routes;
}

Response asset_response(const Asset& asset, const Request& request) {
  Response response;
  response.content_type = asset.content_type;
  response.cache = asset.immutable ? Cache::immutable : Cache::revalidate;
  if (!asset.gzip.empty()) response.headers.emplace_back("Vary", "Accept-Encoding");
  const bool gzip = !asset.gzip.empty() && accepts_gzip(request.header("Accept-Encoding").value_or(""));
  // Other bytes are another entity, which must not pass for the first one when a range is asked for.
  std::string etag(asset.etag);
  if (gzip) etag += "-gzip";
  response.body = StaticBody{gzip ? asset.gzip : asset.bytes, std::move(etag), gzip};
  return response;
}

bool accepts_gzip(std::string_view accept_encoding) {
  while (!accept_encoding.empty()) {
    const auto [item, rest] = split_once(accept_encoding, ',');
    const auto [coding, weight] = split_once(item, ';');
    if (equals_ignoring_case(trim(coding), "gzip")) {
      const std::string_view q = split_once(weight, '=').second;
      return q.empty() || trim(q).find_first_not_of("0.") != std::string_view::npos;
    }
    accept_encoding = rest;
  }
  return false;
}

}  // namespace heliograph::http
