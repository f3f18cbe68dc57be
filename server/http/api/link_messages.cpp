#include "server/http/api/link_messages.hpp"

#include "server/http/api/json_body.hpp"
#include "server/http/api/orders_json.hpp"
#include "server/http/api/spoken.hpp"
#include "server/http/json.hpp"

#include <limits>
#include <utility>

namespace heliograph::http {
namespace {

// JPEG quality, 1 … 100: what a moving picture needs; a still one is uploaded better.
constexpr int live_quality = 75;

// Members that are not known are somebody's to come.
Result<boost::json::object> read_message(std::string_view text) {
  boost::system::error_code failed;
  boost::json::value value = boost::json::parse({text.data(), text.size()}, failed);
  if (failed || !value.is_object()) return Error{ErrorKind::bad_request, "a message must be a JSON object"};
  return std::move(value.get_object());
}

std::optional<ViewerSays::Wish> wish_of(std::string_view type) {
  if (type == "watch") return ViewerSays::Wish::watch;
  if (type == "unwatch") return ViewerSays::Wish::unwatch;
  if (type == "keep") return ViewerSays::Wish::keep;
  return std::nullopt;
}

template <class Fill>
std::string message(std::string_view type, Fill fill) {
  JsonWriter json;
  json.object([&] {
    json.field("type", type);
    fill(json);
  });
  return std::move(json).text();
}

Result<std::uint32_t> number_of(const boost::json::object& message, std::string_view name) {
  const auto number = optional_integer_of(message, name);
  if (!number) return number.error();
  if (!*number || **number < 0 || **number > std::numeric_limits<std::uint32_t>::max()) {
    return Error{ErrorKind::bad_request, "`" + std::string(name) + "` must be a whole number of 32 bits"};
  }
  return static_cast<std::uint32_t>(**number);
}

}  // namespace

Result<CameraSays> read_camera_message(std::string_view text, Timestamp now) {
  const auto object = read_message(text);
  if (!object) return object.error();
  const auto type = text_of(*object, "type");
  if (!type) return type.error();
  if (*type == "stopped") {
    const auto stream = number_of(*object, "stream");
    if (!stream) return stream.error();
    return CameraSays(StreamStopped{*stream});
  }
  if (*type == "heartbeat") {
    const auto number = number_of(*object, "number");
    if (!number) return number.error();
    auto spoken = read_heartbeat(*object, now);
    if (!spoken) return spoken.error();
    return CameraSays(LinkHeartbeat{*number, std::move(*spoken)});
  }
  return CameraSays();
}

std::string write_welcome(Timestamp now) {
  return message("welcome", [&](JsonWriter& json) {
    json.field("server_time", to_ms(now));
    json.field("ping_s", protocol::link_ping_s);
  });
}

std::string write_start_live(const live::Lease& lease) {
  return message("start-live", [&](JsonWriter& json) {
    json.field("stream", lease.stream);
    json.field("fps", lease.wants.fps);
    json.field("width", lease.wants.width);
    json.field("quality", live_quality);
    json.field("lease_ms", protocol::lease_ms);
    json.field("credits", protocol::link_credits);
  });
}

std::string write_renew(const live::Lease& lease) {
  return message("renew", [&](JsonWriter& json) {
    json.field("stream", lease.stream);
    json.field("lease_ms", protocol::lease_ms);
  });
}

std::string write_stop_live(const live::Lease& lease) {
  return message("stop-live", [&](JsonWriter& json) { json.field("stream", lease.stream); });
}

std::string write_credit(std::uint32_t stream) {
  return message("credit", [&](JsonWriter& json) {
    json.field("stream", stream);
    json.field("frames", 1);
  });
}

std::string write_prompt() {
  return message("orders", [](JsonWriter&) {});
}

std::string write_heard(std::uint32_t number, const cameras::NextOrders& orders, Timestamp now) {
  return message("heard", [&](JsonWriter& json) {
    json.field("number", number);
    json.field("server_time", to_ms(now));
    write_orders(json, orders, now);
  });
}

Result<live::Wants> wants_of(std::optional<std::int64_t> fps, std::optional<std::int64_t> width) {
  if (fps && (*fps < 1 || *fps > live::max_fps)) {
    return Error{ErrorKind::bad_request, "`fps` must be from 1 to " + std::to_string(live::max_fps)};
  }
  if (width && (*width < 0 || *width > live::max_width)) {
    return Error{ErrorKind::bad_request, "`width` must be from 0 to " + std::to_string(live::max_width)};
  }
  return live::Wants{static_cast<unsigned>(fps.value_or(live::usual_fps)),
                     static_cast<unsigned>(width.value_or(0))};
}

Result<ViewerSays> read_viewer_message(std::string_view text) {
  const auto object = read_message(text);
  if (!object) return object.error();
  const auto type = text_of(*object, "type");
  if (!type) return type.error();
  const auto wish = wish_of(*type);
  if (!wish) return Error{ErrorKind::bad_request, "`type` must be watch, unwatch or keep"};
  const auto name = text_of(*object, "camera");
  if (!name) return name.error();
  const auto camera = parse_id<CameraId>(*name);
  if (!camera) return Error{ErrorKind::bad_request, "`camera` must be the id of a camera"};
  const auto fps = optional_integer_of(*object, "fps");
  if (!fps) return fps.error();
  const auto width = optional_integer_of(*object, "width");
  if (!width) return width.error();
  const auto wants = wants_of(*fps, *width);
  if (!wants) return wants.error();
  const auto interval = optional_integer_of(*object, "every_s");
  if (!interval) return interval.error();
  const std::int64_t every_s = interval->value_or(0);
  if (every_s != 0 && (every_s < min_keep_interval.count() || every_s > max_keep_interval.count())) {
    return Error{ErrorKind::bad_request, "`every_s` must be 0, or from " +
                                             std::to_string(min_keep_interval.count()) + " to " +
                                             std::to_string(max_keep_interval.count())};
  }
  return ViewerSays{*wish, *camera, *wants, std::chrono::seconds(every_s)};
}

std::string write_state(CameraId camera, const TileState& state, Timestamp now) {
  return message("state", [&](JsonWriter& json) {
    json.field("camera", to_string(camera));
    json.field("linked", state.linked);
    json.field("dropped", state.dropped);
    json.field("server_time", to_ms(now));
  });
}

std::string write_refused(CameraId camera, std::string_view why) {
  return message("refused", [&](JsonWriter& json) {
    json.field("camera", to_string(camera));
    json.field("detail", why);
  });
}

std::string write_kept(CameraId camera, ImageId image) {
  return message("kept", [&](JsonWriter& json) {
    json.field("camera", to_string(camera));
    json.field("image", to_string(image));
  });
}

std::string write_not_kept(CameraId camera, std::string_view why) {
  return message("not-kept", [&](JsonWriter& json) {
    json.field("camera", to_string(camera));
    json.field("detail", why);
  });
}

}  // namespace heliograph::http
