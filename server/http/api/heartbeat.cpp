// A camera speaks without a picture, and is told what it is to do.
#include "server/http/api/accounts_api.hpp"
#include "server/http/api/device.hpp"
#include "server/http/api/json_body.hpp"
#include "server/http/api/orders_json.hpp"
#include "server/http/api/spoken.hpp"
#include "server/http/api/telling.hpp"
#include "server/http/api/upload_headers.hpp"

namespace heliograph::http {
namespace {

// When an idle camera should speak again: its owner waits for no command longer than this, and a day of it is
// two megabytes.
constexpr std::chrono::seconds next_heartbeat{30};

// Whose words these are: its own key, because nobody else carries out its orders.
Task<Result<CameraId>> speaker(Services& services, const Request& request) {
  auto key = read_key(request);
  if (!key) co_return key.error();
  if (!*key) co_return key_missing();
  Sender sender = sender_with(request, std::move(*key));
  const auto holder = co_await identify(services, std::move(sender));
  if (!holder) co_return holder.error();
  if (holder->rules.suspect_at) co_return in_two_places();
  if (!holder->is_itself) {
    co_return Error{ErrorKind::forbidden, "a heartbeat comes from the camera itself, with its own key"};
  }
  co_return holder->camera.id;
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
  co_return std::move(exchanged->orders);
}

Task<Response> take_heartbeat(Services& services, Request& request) {
  const auto camera = co_await speaker(services, request);
  if (!camera) co_return problem_response(camera.error());
  const auto body = co_await read_text(request, "application/json");
  if (!body) co_return problem_response(body.error());
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
