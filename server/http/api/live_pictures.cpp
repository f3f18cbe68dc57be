// GET /live/CAMERA.mjpeg and /live/CAMERA.jpg: live pictures for everything that speaks plain HTTP.
#include "server/http/api/gate.hpp"
#include "server/http/api/handlers.hpp"
#include "server/http/api/link_messages.hpp"
#include "server/http/api/live_view.hpp"
#include "server/http/api/numbers.hpp"
#include "server/http/await.hpp"
#include "server/live/thinner.hpp"

#include <algorithm>
#include <memory>

namespace heliograph::http {
namespace {

// How long a picture may be asked to be waited for, and how long it is when nobody says.
constexpr std::int64_t max_wait_s = 30;
constexpr std::int64_t usual_wait_s = 10;
// A picture that is so young is now.
constexpr std::chrono::seconds fresh{1};

constexpr std::string_view boundary = "heliograph-frame";

// One place in the hub, for those who wait by a gate.
class Waiting {
 public:
  Waiting(live::FrameHub& hub, CameraId camera, live::Wants wants)
      : gate_(std::make_shared<std::shared_ptr<Gate>>()), watch_(hub.watch(camera, wants, [gate = gate_] {
          if (*gate) (*gate)->open();
        })) {}

  // The next picture; null when none has come within `limit`.
  Task<std::shared_ptr<const live::Frame>> next(std::chrono::milliseconds limit) {
    *gate_ = std::make_shared<Gate>();
    if (auto frame = watch_.next()) co_return frame;
    co_await (*gate_)->wait(limit);
    co_return watch_.next();
  }

 private:
  std::shared_ptr<std::shared_ptr<Gate>> gate_;
  live::FrameHub::Watch watch_;
};

Result<std::optional<std::int64_t>> number_of(const Request& request, std::string_view name) {
  const auto text = request.query_value(name);
  if (!text) return std::optional<std::int64_t>();
  const auto number = read_integer(*text);
  if (!number) return Error{ErrorKind::bad_request, std::string(name) + " must be a whole number"};
  return number;
}

Result<live::Wants> read_wants(const Request& request) {
  const auto fps = number_of(request, "fps");
  if (!fps) return fps.error();
  const auto width = number_of(request, "width");
  if (!width) return width.error();
  return wants_of(*fps, *width);
}

Error not_linked() {
  return {ErrorKind::unavailable, "the camera is not linked now"};
}

std::string part_head(const live::Frame& frame) {
  std::string head = "Content-Type: image/jpeg\r\nContent-Length: " + std::to_string(frame.jpeg().size());
  if (frame.header.time_is_believed) {
    head += "\r\nX-Captured-At: " + std::to_string(frame.header.captured_at_ms);
  }
  return head + "\r\n\r\n";
}

// Until the reader is gone, or may not come in any more.
Task<void> send_film(Services& services, CameraId camera, live::Wants wants, Audience audience,
                     BodyWriter& writer) {
  const std::string line = "\r\n--" + std::string(boundary) + "\r\n";
  Waiting waiting(services.frames, camera, wants);
  live::Thinner thinner(wants.fps);
  SteadyTime admitted = services.clock.steady();
  auto sent = co_await writer.write(std::string_view(line).substr(2));
  while (sent) {
    const SteadyTime now = services.clock.steady();
    if (now - admitted >= admission_lasts) {
      const auto sight = co_await audience.admit();
      if (!sight || !(*sight)(accounts::Right::view, camera)) co_return;
      admitted = services.clock.steady();
      continue;
    }
    auto news = co_await waiting.next(time_until(std::min(admitted + admission_lasts, thinner.due()), now));
    auto frame = thinner.next(std::move(news), services.clock.steady());
    if (frame) frame = shown_to(audience, std::move(frame));
    if (!frame) continue;
    const std::string head = part_head(*frame);
    // The next part's line at once: whoever looks for it shows the picture only then.
    sent = co_await writer.write_all({head, frame->jpeg(), line});
  }
}

bool knows(const Request& request, const live::Frame& frame) {
  return request.header("If-None-Match") == '"' + live::name_of(frame) + '"';
}

Response picture(const Audience& audience, std::shared_ptr<const live::Frame> frame) {
  Response response;
  response.content_type = "image/jpeg";
  response.cache = Cache::revalidate;
  if (frame->header.time_is_believed) {
    response.headers.emplace_back("X-Captured-At", std::to_string(frame->header.captured_at_ms));
  }
  std::string etag = live::name_of(*frame);
  frame = shown_to(audience, std::move(frame));
  if (!frame) return problem_response({ErrorKind::unavailable, "the camera's picture is damaged"});
  const std::string_view jpeg = frame->jpeg();
  response.body = StaticBody{{reinterpret_cast<const std::uint8_t*>(jpeg.data()), jpeg.size()},
                             std::move(etag),
                             false,
                             std::move(frame)};
  return response;
}

}  // namespace

Task<Response> live_film(Services& services, const Request& request, CameraId camera, Audience audience) {
  const auto wants = read_wants(request);
  if (!wants) co_return problem_response(wants.error());
  if (!on_air(services, camera)) co_return problem_response(not_linked());
  Response response;
  response.content_type = "multipart/x-mixed-replace; boundary=" + std::string(boundary);
  response.headers.emplace_back("X-Accel-Buffering", "no");  // nginx would hold pictures back
  response.body =
      StreamBody([&services, camera, wants = *wants, audience = std::move(audience)](BodyWriter& writer) {
        return send_film(services, camera, wants, audience, writer);
      });
  co_return response;
}

// One that the reader does not have yet; else, in the end, the one it has.
Task<Response> live_picture(Services& services, const Request& request, CameraId camera, Audience audience) {
  const auto wants = read_wants(request);
  if (!wants) co_return problem_response(wants.error());
  const auto wait = number_of(request, "wait");
  if (!wait) co_return problem_response(wait.error());
  const std::chrono::seconds limit{std::clamp<std::int64_t>(wait->value_or(usual_wait_s), 0, max_wait_s)};
  auto newest = services.frames.newest(camera);
  if (newest && services.clock.steady() - newest->came_at < fresh && !knows(request, *newest)) {
    co_return picture(audience, std::move(newest));
  }
  if (!on_air(services, camera)) co_return problem_response(not_linked());
  Waiting waiting(services.frames, camera, *wants);
  auto next = co_await waiting.next(limit);
  if (next) co_return picture(audience, std::move(next));
  newest = services.frames.newest(camera);
  if (newest && knows(request, *newest)) co_return picture(audience, std::move(newest));  // as a 304
  co_return problem_response({ErrorKind::unavailable, "the camera sent no picture in time"});
}

Task<Response> get_live_picture(Services& services, Request& request, const Visitor& visitor) {
  const std::string name = request.captures[0];
  const auto dot = name.rfind('.');
  const std::string kind = dot == std::string::npos ? "" : name.substr(dot + 1);
  if (kind != "mjpeg" && kind != "jpg") {
    co_return problem_response({ErrorKind::not_found, "there are CAMERA.mjpeg and CAMERA.jpg here"});
  }
  const auto camera = allowed_camera(visitor, accounts::Right::view, name.substr(0, dot));
  if (!camera) co_return problem_response(camera.error());
  const auto show = kind == "mjpeg" ? live_film : live_picture;
  co_return co_await show(services, request, *camera, visitors(services, request, visitor));
}

}  // namespace heliograph::http
