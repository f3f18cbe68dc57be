#include "server/http/api/contract.hpp"
#include "server/http/api/handlers.hpp"
#include "server/http/json.hpp"

namespace heliograph::http {
namespace {

Response health(const Services& services) {
  JsonWriter json;
  json.object([&] {
    json.field("status", "ok");
    json.field("version", services.version);
  });
  return json_response(200, std::move(json).text());
}

}  // namespace

Task<Response> get_health(Services& services, Request&) {
  co_return health(services);
}

Task<Result<void>> readiness(Services& services) {
  if (!services.ingestor.healthy()) {
    co_return Error{ErrorKind::unavailable, "the disk failed to sync; look at it, then start again"};
  }
  const auto space = services.space.look();
  if (!space) co_return Error{ErrorKind::unavailable, space.error().detail};
  if (!space->takes_pictures) {
    co_return Error{ErrorKind::unavailable, "the disk is full but for its reserve"};
  }
  std::function<Result<void>(catalog::Catalog&)> question = [](catalog::Catalog& catalog) {
    return catalog.ping();
  };
  const auto answered = co_await services.catalogs.ask(std::move(question));
  if (!answered) {
    co_return Error{ErrorKind::unavailable, "the database does not answer: " + answered.error().detail};
  }
  co_return Result<void>{};
}

Task<Response> get_readiness(Services& services, Request&) {
  const auto ready = co_await readiness(services);
  co_return ready ? health(services) : problem_response(ready.error());
}

Task<Response> get_metrics(Services& services, Request&, const Visitor&) {
  Response response = text_response(200, services.metrics());
  response.content_type = "text/plain; version=0.0.4; charset=utf-8";
  co_return response;
}

Task<Response> get_contract(Services&, Request&) {
  Response response = text_response(200, std::string(contract_yaml()));
  response.content_type = "application/yaml";
  response.cache = Cache::revalidate;
  co_return response;
}

}  // namespace heliograph::http
