#include "server/http/api/handlers.hpp"
#include "server/http/api/retention_json.hpp"
#include "server/jobs/storage_report.hpp"

namespace heliograph::http {

Task<Response> get_storage(Services& services, Request&, const Visitor& visitor) {
  const auto look = services.space.look();
  if (!look) co_return problem_response(look.error());
  const std::uint64_t free = look->space.free_bytes;
  const std::uint64_t usable = free - std::min(free, look->marks.reserve_bytes);
  std::function<Result<jobs::StorageReport>(catalog::Catalog&)> question =
      [usable, now = services.clock.now()](catalog::Catalog& catalog) {
        return jobs::read_storage(catalog, static_cast<std::int64_t>(usable), now);
      };
  auto report = co_await services.catalogs.ask(std::move(question));
  if (!report) co_return problem_response(report.error());
  std::erase_if(report->holdings, [&visitor](const catalog::Holding& holding) {
    return !visitor.may(accounts::Right::view, holding.camera.id);
  });
  // The trash is shown to those who may take out of it.
  std::erase_if(report->trash, [&visitor](const catalog::TrashHolding& holding) {
    return !visitor.may(accounts::Right::operate, holding.camera);
  });
  JsonWriter json;
  write_storage(
      json, *look, *report,
      visitor.may_somewhere(accounts::Right::operate) ? std::optional(services.trash_life) : std::nullopt);
  co_return json_response(200, std::move(json).text());
}

}  // namespace heliograph::http
