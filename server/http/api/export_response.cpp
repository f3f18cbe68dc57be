#include "server/http/api/export_response.hpp"

#include "server/http/api/bad_parameter.hpp"

#include <string>

namespace heliograph::http {

Result<TableFormat> read_table_format(const Request& request) {
  const auto text = request.query_value("format").value_or("csv");
  if (text == "csv") return TableFormat::csv;
  if (text == "json") return TableFormat::json;
  return bad_parameter("format", "csv or json");
}

Response export_response(Services& services, TableFormat format, std::string_view of, StreamBody send) {
  auto place = services.exports.take();
  if (!place) return problem_response({ErrorKind::unavailable, "too many exports are being sent"});
  const bool csv = format == TableFormat::csv;
  Response response;
  response.content_type = csv ? "text/csv; charset=utf-8" : "application/json";
  response.headers.emplace_back("Content-Disposition", "attachment; filename=\"heliograph-" +
                                                           std::string(of) + "-" +
                                                           to_compact(services.clock.now()).substr(0, 15) +
                                                           (csv ? ".csv\"" : ".json\""));
  response.body = StreamBody(
      [place = std::move(place), send = std::move(send)](BodyWriter& writer) { return send(writer); });
  return response;
}

}  // namespace heliograph::http
