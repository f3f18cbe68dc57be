// The log of a camera: it sends its last lines when it is asked to, and people read them. The last one is
// kept.
#include "protocol/upload.hpp"
#include "server/http/api/accounts_api.hpp"
#include "server/http/api/device.hpp"
#include "server/http/api/gate.hpp"
#include "server/http/api/json_body.hpp"

namespace heliograph::http {
namespace {

// Sixteen kilobytes, on a disk that does its work.
constexpr std::chrono::seconds log_deadline{10};

Task<Result<void>> keep(Services& services, CameraId camera, std::string text) {
  std::function<Result<void>()> work = [&store = services.store, camera, text = std::move(text)] {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    return store.replace(store::log_key(camera), std::span(bytes, text.size()));
  };
  return run_on<void>(services.cpu, log_deadline, std::move(work));
}

struct KeptLog {
  std::string text;
  Timestamp sent_at;
};

Task<Result<KeptLog>> kept_log(Services& services, CameraId camera) {
  std::function<Result<KeptLog>()> work = [&store = services.store, camera]() -> Result<KeptLog> {
    const std::string key = store::log_key(camera);
    const auto bytes = store.read(key, protocol::max_log_length);
    if (!bytes && bytes.error().kind == ErrorKind::not_found) {
      return Error{ErrorKind::not_found,
                   "this camera has sent no log: ask for it with the command `send-log`"};
    }
    if (!bytes) return bytes.error();
    const auto sent_at = store.modified(key);
    if (!sent_at) return sent_at.error();
    return KeptLog{std::string(bytes->begin(), bytes->end()), *sent_at};
  };
  return run_on<KeptLog>(services.cpu, log_deadline, std::move(work));
}

// What is no text is shown as question marks: a terminal should not do what a camera says.
std::string plain(std::string_view text) {
  std::string lines;
  for (const char c : text) lines += (c >= ' ' && c <= '~') || c == '\n' ? c : '?';
  return lines;
}

}  // namespace

Task<Response> take_log(Services& services, Request& request) {
  const auto sender = read_sender(request);
  if (!sender) co_return problem_response(sender.error());
  const auto camera = co_await speaker(services, *sender);
  if (!camera) co_return problem_response(camera.error());
  const auto text = co_await read_text(request, "text/plain");
  if (!text) co_return problem_response(text.error());
  if (const auto signed_so = is_as_signed(*sender, *text); !signed_so)
    co_return problem_response(signed_so.error());
  const auto kept = co_await keep(services, *camera, plain(*text));
  if (!kept) co_return problem_response(kept.error());
  JsonWriter json;
  json.object([&] { json.field("server_time", to_ms(services.clock.now())); });
  co_return json_response(200, std::move(json).text());
}

Task<Response> get_camera_log(Services& services, Request& request, const Visitor& visitor) {
  const auto camera = allowed_camera(visitor, accounts::Right::operate, request.captures[0]);
  if (!camera) co_return problem_response(camera.error());
  Question<catalog::Camera> question = [camera = *camera](catalog::Catalog& catalog) {
    return catalog.camera_by_id(camera);
  };
  const auto known = co_await services.catalogs.ask(std::move(question));
  if (!known) co_return problem_response(known.error());
  auto log = co_await kept_log(services, *camera);
  if (!log) co_return problem_response(log.error());
  Response response;
  response.content_type = "text/plain; charset=utf-8";
  response.cache = Cache::never;
  response.headers.emplace_back("Last-Modified", to_http_date(log->sent_at));
  response.body = std::move(log->text);
  co_return response;
}

}  // namespace heliograph::http
