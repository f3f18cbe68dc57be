#include "server/cameras/cameras.hpp"
#include "server/http/api/handlers.hpp"
#include "server/http/api/upload_headers.hpp"
#include "server/http/json.hpp"

namespace heliograph::http {
namespace {

// A batch is durable in milliseconds on a healthy disk. A sender that has waited this long is better told to
// come back; if its picture is stored after all, coming back is a repeat.
constexpr std::chrono::seconds commit_deadline{30};

// Whose upload this is. Parameters by value: the coroutine outlives its caller's.
Task<Result<catalog::Camera>> authenticate(Services& services, std::string key) {
  std::function<Result<catalog::Camera>(catalog::Catalog&)> question =
      [key = std::move(key)](catalog::Catalog& catalog) { return cameras::authenticate(catalog, key); };
  co_return co_await services.catalogs.ask(std::move(question));
}

// Waits for the committer.
Task<Result<ingest::Receipt>> commit(ingest::Ingestor& ingestor, ingest::Incoming incoming) {
  struct Shared {
    Gate gate;
    std::optional<Result<ingest::Receipt>> receipt;
  };
  auto shared = std::make_shared<Shared>();
  ingestor.commit(std::move(incoming), [shared](Result<ingest::Receipt> receipt) {
    shared->receipt.emplace(std::move(receipt));
    shared->gate.open();
  });
  const bool done = co_await shared->gate.wait(commit_deadline);
  if (!done) co_return Error{ErrorKind::unavailable, "the disk is slow; send the picture again in a moment"};
  co_return std::move(*shared->receipt);
}

Task<Result<ingest::Receipt>> receive(Services& services, Body& body, ingest::ImageUpload upload) {
  auto incoming = services.ingestor.begin(std::move(upload));
  if (!incoming) co_return incoming.error();
  for (;;) {
    const auto piece = co_await body.next();
    if (!piece) {
      services.ingestor.abandon(std::move(*incoming));
      co_return piece.error();
    }
    if (piece->empty()) break;
    const auto written = incoming->write(*piece);
    if (written) continue;
    if (written.error().kind != ErrorKind::unprocessable) co_return written.error();
    break;  // no picture, and enough of it is kept: committing it is refused with the reason
  }
  co_return co_await commit(services.ingestor, std::move(*incoming));
}

Error key_missing() {
  return {ErrorKind::unauthorized,
          "a camera's key is needed: send it as \"Authorization: Bearer KEY\" or \"X-API-Key: KEY\". "
          "`heliograph camera add NAME` makes one"};
}

void write_stored(JsonWriter& json, const ingest::Receipt& receipt) {
  json.field("id", to_string(receipt.id));
  json.field("filename", store::image_filename({receipt.captured_at, receipt.id}));
  json.field("duplicate", receipt.duplicate);
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
