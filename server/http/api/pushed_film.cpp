// POST /api/stream.mjpeg?dst=CAMERA: a film of JPEGs that somebody pushes, as go2rtc takes it, becomes what a
// camera shows live; for as long as it comes.
#include "server/base/crc32.hpp"
#include "server/http/api/device.hpp"
#include "server/http/api/handlers.hpp"
#include "server/http/mixed_replace.hpp"

#include <chrono>
#include <memory>
#include <utility>

namespace heliograph::http {
namespace {

// So often it is asked whether the key is still good: as of a link.
constexpr std::chrono::seconds key_lasts{protocol::link_ping_s};
// Pictures that come faster are passed over: nobody can ask for more.
constexpr std::chrono::milliseconds least_interval = std::chrono::milliseconds(1000) / live::max_fps;

// One film on its way in: what its bytes become.
class PushedFilm {
 public:
  PushedFilm(Services& services, CameraId camera)
      : services_(services), camera_(camera), source_(services.frames, camera) {}

  // Why it has to end now.
  Result<void> may_go_on() const {
    if (source_.taken_over()) {
      return Error{ErrorKind::conflict, "a newer film of this camera has taken over"};
    }
    if (services_.links.linked(camera_)) {
      return Error{ErrorKind::conflict, "the camera is linked, and sends live over that"};
    }
    return {};
  }

  // bad_request, too_large: it is no film.
  Result<void> take(std::span<const std::uint8_t> bytes) {
    for (;;) {
      auto picture = reader_.next(bytes);
      if (!picture) return picture.error();
      if (!*picture) return {};
      show(std::move(**picture));
    }
  }

  std::uint64_t shown() const { return shown_; }
  std::uint64_t dropped() const { return dropped_; }

 private:
  // `message`: room for its header, and a picture.
  void show(std::string message) {
    live::Frame frame;
    frame.message = std::move(message);
    frame.came_at = services_.clock.steady();
    const bool too_early = frame.came_at + least_interval / 2 < next_at_;
    if (too_early || !is_jpeg(frame)) {
      ++dropped_;
      return;
    }
    next_at_ = std::max(next_at_ + least_interval, frame.came_at);
    // Stream 0, which no link has. When it was taken nobody says.
    frame.header.sequence = static_cast<std::uint32_t>(shown_++);
    frame.header.length = static_cast<std::uint32_t>(frame.jpeg().size());
    frame.header.crc = crc32_of(frame.jpeg());
    const protocol::FrameHeaderBytes head = protocol::encode_frame_header(frame.header);
    std::ranges::copy(head, frame.message.begin());
    services_.frames.publish(camera_, std::move(frame));
  }

  Services& services_;
  const CameraId camera_;
  const live::FrameHub::Source source_;
  MixedReplaceReader reader_{protocol::max_frame_bytes, protocol::frame_header_size};
  SteadyTime next_at_{};
  std::uint64_t shown_ = 0;
  std::uint64_t dropped_ = 0;
};

// The camera whose film it is: that of the key, which `dst` may name.
Task<Result<CameraId>> find_camera(Services& services, const Sender& sender, std::optional<std::string> dst) {
  if (!sender.key && !sender.signature) co_return key_missing();
  if (sender.signature) {
    co_return Error{ErrorKind::bad_request, "a film has no end, so nobody can sign it: send the key"};
  }
  const auto holder = co_await identify(services, sender);
  if (!holder) co_return holder.error();
  if (holder->rules.suspect_at) co_return in_two_places();
  const catalog::Camera& camera = holder->camera;
  if (dst && *dst != camera.name && *dst != to_string(camera.id)) {
    co_return Error{ErrorKind::conflict, "`dst` is another camera than the one whose key this is, which is " +
                                             camera.name + " (" + to_string(camera.id) + ")"};
  }
  co_return camera.id;
}

Task<Result<void>> receive(Services& services, Body& body, PushedFilm& film, CameraId camera,
                           std::shared_ptr<const Sender> sender) {
  SteadyTime asked = services.clock.steady();
  for (;;) {
    if (const auto goes_on = film.may_go_on(); !goes_on) co_return goes_on;
    if (services.clock.steady() - asked >= key_lasts) {
      if (!co_await still_allowed(services, camera, sender)) {
        co_return Error{ErrorKind::unauthorized, "the key is not good any more"};
      }
      asked = services.clock.steady();
    }
    const auto bytes = co_await body.next();
    if (!bytes) co_return bytes.error();
    if (bytes->empty()) co_return Result<void>{};
    if (const auto taken = film.take(*bytes); !taken) co_return taken;
  }
}

}  // namespace

Task<Response> take_film(Services& services, Request& request) {
  auto read = read_sender(request);
  if (!read) co_return problem_response(read.error());
  std::optional<std::string> dst;
  if (const auto value = request.query_value("dst")) dst = std::string(*value);
  if (!read->key) {
    if (const auto key = request.query_value("key")) read->key = std::string(*key);
  }
  if (!read->camera) read->camera = dst;  // beside a person's token
  const auto sender = std::make_shared<const Sender>(std::move(*read));
  const auto camera = co_await find_camera(services, *sender, std::move(dst));
  if (!camera) co_return problem_response(camera.error());
  PushedFilm film(services, *camera);
  const auto received = co_await receive(services, *request.body, film, *camera, sender);
  if (!received) co_return problem_response(received.error());
  JsonWriter json;
  json.object([&] {
    json.field("shown", film.shown());
    json.field("dropped", film.dropped());
  });
  co_return json_response(200, std::move(json).text());
}

}  // namespace heliograph::http
