// A camera speaks without a picture, and is told what it is to do.
#include "server/cameras/releases.hpp"
#include "server/http/api/accounts_api.hpp"
#include "server/http/api/device.hpp"
#include "server/http/api/firmware_json.hpp"
#include "server/http/api/json_body.hpp"
#include "server/http/api/orders_json.hpp"
#include "server/http/api/spoken.hpp"
#include "server/http/api/telling.hpp"

#include <algorithm>

namespace heliograph::http {
namespace {

// When an idle camera should speak again: its owner waits for no command longer than this, and a day of it is
// two megabytes.
constexpr std::chrono::seconds next_heartbeat{30};

// What the answers of cameras lead to. If that cannot be found out now, upkeep does.
Task<void> drive_rollouts(Services& services) {
  Question<cameras::Driven> question = [tools = tools_of(services)](catalog::Catalog& catalog) {
    return cameras::drive_rollouts(catalog, tools.ids, tools.clock);
  };
  const auto driven = co_await services.catalogs.ask(std::move(question));
  if (!driven) co_return;
  for (Change& change : changes_of(*driven)) services.changes.publish(std::move(change));
}

}  // namespace

Task<Result<cameras::NextOrders>> tell(Services& services, CameraId camera,
                                       std::unique_ptr<cameras::Spoken> spoken) {
  Question<cameras::Exchanged> question = [camera,
                                           spoken = std::shared_ptr<cameras::Spoken>(std::move(spoken)),
                                           &clock = services.clock](catalog::Catalog& catalog) {
    return cameras::exchange(catalog, clock, camera, spoken ? *spoken : cameras::Spoken{});
  };
  auto exchanged = co_await services.catalogs.change(std::move(question));
  if (!exchanged) co_return exchanged.error();
  for (const catalog::Command& command : exchanged->changed)
    services.changes.publish(command_changed(command));
  if (exchanged->settings_changed) services.changes.publish(settings_changed(camera));
  if (std::ranges::any_of(exchanged->changed, cameras::is_update)) co_await drive_rollouts(services);
  co_return std::move(exchanged->orders);
}

Task<Response> take_heartbeat(Services& services, Request& request) {
  const auto sender = read_sender(request);
  if (!sender) co_return problem_response(sender.error());
  const auto camera = co_await speaker(services, *sender);
  if (!camera) co_return problem_response(camera.error());
  const auto body = co_await read_text(request, "application/json");
  if (!body) co_return problem_response(body.error());
  if (const auto signed_so = is_as_signed(*sender, *body); !signed_so)
    co_return problem_response(signed_so.error());
  auto spoken = read_heartbeat(*body, services.clock.now());
  if (!spoken) co_return problem_response(spoken.error());
  const auto orders = co_await tell(services, *camera, std::make_unique<cameras::Spoken>(std::move(*spoken)));
  if (!orders) co_return problem_response(orders.error());
  const Timestamp now = services.clock.now();
  JsonWriter json;
  json.object([&] {
    json.field("server_time", to_ms(now));
    json.field("next_heartbeat_s", next_heartbeat.count());
    write_orders(json, *orders, now);
  });
  co_return json_response(200, std::move(json).text());
}

}  // namespace heliograph::http
