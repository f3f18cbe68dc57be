#include "server/http/api/device.hpp"
#include "server/http/api/handlers.hpp"
#include "server/http/api/upload_headers.hpp"
#include "server/http/json.hpp"

namespace heliograph::http {
namespace {

Task<Result<ingest::Receipt>> receive(Services& services, Body& body, ingest::ImageUpload upload) {
  auto incoming = services.ingestor.begin(std::move(upload));
  if (!incoming) co_return incoming.error();
  for (;;) {
    const auto piece = co_await body.next();
    if (!piece) co_return piece.error();
    if (piece->empty()) break;
    const auto written = incoming->write(*piece);
    if (written) continue;
    if (written.error().kind != ErrorKind::unprocessable) co_return written.error();
    break;  // no picture: committing it is refused with the reason, and counted
  }
  const std::function<void(ingest::Ingestor::Done)> commit = [&](ingest::Ingestor::Done done) {
    services.ingestor.commit(std::move(*incoming), std::move(done));
  };
  co_return co_await await_receipt(commit);
}

}  // namespace

Task<Response> upload_raw(Services& services, Request& request) {
  const auto key = read_key(request);
  if (!key) co_return problem_response(key.error());
  if (!*key && !services.anonymous_camera) co_return problem_response(key_missing());
  if (const auto checked = check_body(request); !checked) co_return problem_response(checked.error());
  ingest::ImageUpload upload;
  if (*key) {
    auto camera = co_await authenticate(services, **key);
    if (!camera) co_return problem_response(camera.error());
    upload.camera = std::move(*camera);
  } else {
    upload.camera = *services.anonymous_camera;
  }
  const auto receipt = co_await receive(services, *request.body, std::move(upload));
  if (!receipt) co_return problem_response(receipt.error());
  if (!wants_json(request)) co_return text_response(200, "OK");
  JsonWriter json;
  json.object([&] { write_stored(json, *receipt); });
  co_return json_response(200, std::move(json).text());
}

Task<Response> upload_image(Services& services, Request& request) {
  const auto key = read_key(request);
  if (!key) co_return problem_response(key.error());
  if (!*key) co_return problem_response(key_missing());
  auto upload = read_device_headers(request);
  if (!upload) co_return problem_response(upload.error());
  if (const auto checked = check_body(request); !checked) co_return problem_response(checked.error());
  auto camera = co_await authenticate(services, **key);
  if (!camera) co_return problem_response(camera.error());
  upload->camera = std::move(*camera);
  const auto receipt = co_await receive(services, *request.body, std::move(*upload));
  if (!receipt) co_return problem_response(receipt.error());
  JsonWriter json;
  json.object([&] {
    write_stored(json, *receipt);
    json.field("server_time", to_ms(services.clock.now()));
  });
  co_return json_response(201, std::move(json).text());
}

}  // namespace heliograph::http
