// The audit log, read.
#include "server/catalog/audit.hpp"

#include "server/http/api/accounts_api.hpp"
#include "server/http/api/gallery_query.hpp"

namespace heliograph::http {

Task<Response> list_audit(Services& services, Request& request, const Visitor&) {
  const auto limit = read_limit(request);
  if (!limit) co_return problem_response(limit.error());
  std::optional<AuditId> before;
  if (const auto cursor = request.query_value("cursor")) {
    before = parse_id<AuditId>(*cursor);
    if (!before) {
      co_return problem_response(
          {ErrorKind::bad_request, "the query's `cursor` must be the `next` of another page"});
    }
  }
  Question<std::vector<catalog::AuditEntry>> question = [before, limit = *limit](catalog::Catalog& catalog) {
    return catalog::AuditLog(catalog).page(before, limit);
  };
  const auto page = co_await services.catalogs.ask(std::move(question));
  if (!page) co_return problem_response(page.error());
  JsonWriter json;
  json.object([&] {
    json.key("entries").array([&] {
      for (const catalog::AuditEntry& entry : *page) {
        json.object([&] {
          json.field("id", to_string(entry.id));
          json.field("at", to_ms(entry.at));
          json.field("actor", entry.actor);
          json.field("address", entry.address);
          json.field("action", entry.action);
          json.field("subject", entry.subject);
          json.field("allowed", entry.allowed);
        });
      }
    });
    const bool full = page->size() == static_cast<std::size_t>(*limit);
    json.field("next", full ? std::optional(to_string(page->back().id)) : std::nullopt);
  });
  co_return json_response(200, std::move(json).text());
}

}  // namespace heliograph::http
