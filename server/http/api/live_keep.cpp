#include "server/http/api/live_keep.hpp"

#include "protocol/upload.hpp"
#include "server/http/api/accounts_api.hpp"
#include "server/http/api/device.hpp"
#include "server/http/api/gate.hpp"
#include "server/http/api/json_body.hpp"
#include "server/http/response.hpp"

#include <string>
#include <utility>

namespace heliograph::http {
namespace {

std::optional<Timestamp> capture_time(const protocol::FrameHeader& header) {
  const std::int64_t ms = header.captured_at_ms;
  const bool sane = ms >= protocol::min_captured_at_ms && ms <= protocol::max_captured_at_ms;
  return header.time_is_believed && sane ? std::optional(from_ms(ms)) : std::nullopt;
}

// Its file with all its bytes, not committed yet.
Result<ingest::Incoming> write_file(ingest::Ingestor& ingestor, catalog::Camera camera,
                                    const live::Frame& frame) {
  const std::string_view jpeg = frame.jpeg();
  auto room = ingestor.reserve(jpeg.size());
  if (!room) return room.error();
  ingest::ImageUpload upload;
  upload.camera = std::move(camera);
  upload.captured_at = capture_time(frame.header);
  upload.announced_bytes = jpeg.size();
  auto incoming =
      ingestor.begin(std::make_shared<const ingest::ImageUpload>(std::move(upload)), std::move(*room));
  if (!incoming) return incoming;
  const auto written = incoming->write({reinterpret_cast<const std::uint8_t*>(jpeg.data()), jpeg.size()});
  if (!written) {
    ingestor.abandon(std::move(*incoming));
    return written.error();
  }
  return incoming;
}

// The camera, once it is in the audit log what somebody does with its pictures: `action`, and `what` behind
// its name.
Task<Result<catalog::Camera>> note_keeping(Services& services, accounts::Actor actor, CameraId camera,
                                           std::string action, std::string what) {
  Question<catalog::Camera> question =
      [tools = tools_of(services), actor = std::move(actor), camera, action = std::move(action),
       what = std::move(what)](catalog::Catalog& catalog) -> Result<catalog::Camera> {
    auto known = catalog.camera_by_id(camera);
    if (!known) return known;
    const auto noted = accounts::note(catalog, tools, actor, action, known->name + ": " + what);
    if (!noted) return noted.error();
    return known;
  };
  co_return co_await services.catalogs.ask(std::move(question));
}

// Why there is no such picture: the camera does not exist, or it is too late.
Task<Response> nothing_to_keep(Services& services, CameraId camera) {
  Question<catalog::Camera> question = [camera](catalog::Catalog& catalog) {
    return catalog.camera_by_id(camera);
  };
  const auto known = co_await services.catalogs.ask(std::move(question));
  if (!known) co_return problem_response(known.error());
  co_return problem(410, "gone",
                    "this picture is not kept any more: only those of the last moments are, while somebody "
                    "watches");
}

}  // namespace

Task<Result<ingest::Receipt>> keep_frame(Services& services, catalog::Camera camera,
                                         std::shared_ptr<const live::Frame> frame) {
  const auto share = services.shares.take(camera.id, /*images=*/1);
  if (!share) co_return share.error();
  auto incoming = write_file(services.ingestor, std::move(camera), *frame);
  if (!incoming) co_return incoming.error();
  const std::function<void(ingest::Ingestor::Done)> commit = [&](const ingest::Ingestor::Done& done) {
    services.ingestor.commit(std::move(*incoming), done);
  };
  co_return co_await await_receipt(services.backlog.hold(frame->jpeg().size()), commit);
}

Task<Result<catalog::Camera>> begin_keeping(Services& services, accounts::Actor actor, CameraId camera,
                                            std::chrono::seconds interval) {
  return note_keeping(services, std::move(actor), camera, "live-series-begun",
                      "one every " + std::to_string(interval.count()) + " s");
}

// POST /api/v1/cameras/{id}/snapshots: the picture that somebody has just seen.
Task<Response> keep_live_picture(Services& services, Request& request, const Visitor& visitor) {
  static constexpr std::string_view members[] = {"frame"};
  const auto camera = allowed_camera(visitor, accounts::Right::operate, request.captures[0]);
  if (!camera) co_return problem_response(camera.error());
  const auto body = co_await read_object(request, members);
  if (!body) co_return problem_response(body.error());
  const auto name = text_of(*body, "frame");
  if (!name) co_return problem_response(name.error());
  if (name->size() > live::max_frame_name) {
    co_return problem_response({ErrorKind::bad_request, "`frame` is no ETag of a live picture"});
  }
  auto frame = services.frames.find(*camera, *name);
  if (!frame) co_return co_await nothing_to_keep(services, *camera);
  auto known =
      co_await note_keeping(services, actor_of(visitor, request), *camera, "live-picture-kept", *name);
  if (!known) co_return problem_response(known.error());
  const auto receipt = co_await keep_frame(services, std::move(*known), std::move(frame));
  if (!receipt) co_return problem_response(receipt.error());
  JsonWriter json;
  json.object([&] { write_stored(json, *receipt); });
  co_return json_response(201, std::move(json).text());
}

}  // namespace heliograph::http
