#include "server/http/api/gate.hpp"
#include "server/http/api/handlers.hpp"
#include "server/http/api/image_json.hpp"
#include "server/http/json.hpp"

namespace heliograph::http {
namespace {

// Proxies close what is silent: an ALB after 60 s, mobile networks after 30.
constexpr std::chrono::seconds keep_alive_interval{15};
// A stream outlives the session it began with: so often it is asked whether that still holds.
constexpr std::chrono::seconds admission_lasts{10};

std::string event_text(std::string_view event, std::string_view json) {
  std::string text = "event: ";
  text += event;
  text += "\ndata: ";
  text += json;
  text += "\n\n";
  return text;
}

// Until the next change; false after keep_alive_interval.
Task<bool> next_publish(live::Subscription<Change>& subscription) {
  auto gate = std::make_shared<Gate>();
  subscription.on_publish([gate] { gate->open(); });
  const bool published = co_await gate->wait(keep_alive_interval);
  if (!published) subscription.on_publish({});
  co_return published;
}

bool concerns(const Visitor& visitor, const Change& change) {
  if (change.camera) return visitor.may(accounts::Right::view, *change.camera);
  return !change.for_administrators || visitor.may(accounts::Right::administer);
}

// What to send for what the reader has not seen and may see; empty when there is nothing.
std::string next_text(live::Subscription<Change>& subscription, const Visitor& visitor) {
  for (;;) {
    const auto next = subscription.next();
    if (const auto* skipped = std::get_if<live::Skipped>(&next)) {
      return event_text("skipped", "{\"count\":" + std::to_string(skipped->count) + "}");
    }
    const auto* change = std::get_if<std::shared_ptr<const Change>>(&next);
    if (change == nullptr) return {};
    if (concerns(visitor, **change)) return event_text((*change)->event, (*change)->json);
  }
}

// Until the reader is gone, or may not come in any more. `request` is kept by the session until then.
Task<void> send_changes(Services& services, const Request& request, Visitor visitor, BodyWriter& writer) {
  auto subscription = services.changes.subscribe();
  SteadyTime admitted = services.clock.steady();
  auto sent = co_await writer.write(": here they come\n\n");  // so that the reader knows it is connected
  while (sent) {
    if (services.clock.steady() - admitted > admission_lasts) {
      auto again = co_await admit(services, request, Access::view);
      if (!again) co_return;
      visitor = std::move(*again);
      admitted = services.clock.steady();
    }
    std::string text = next_text(subscription, visitor);
    if (text.empty()) {
      if (co_await next_publish(subscription)) continue;
      text = ": still here\n\n";
    }
    sent = co_await writer.write(text);
  }
}

}  // namespace

Change image_added(const catalog::Image& image) {
  JsonWriter json;
  write_image(json, image);
  return {"image-added", std::move(json).text(), image.camera};
}

Change thumbnail_ready(ImageId id, CameraId camera) {
  JsonWriter json;
  json.object([&] { json.field("id", to_string(id)); });
  return {"thumbnail-ready", std::move(json).text(), camera};
}

Change image_analysed(ImageId id, CameraId camera) {
  JsonWriter json;
  json.object([&] {
    json.field("id", to_string(id));
    json.field("camera_id", to_string(camera));
  });
  return {"image-analysed", std::move(json).text(), camera};
}

Change images_removed() {
  return {"images-removed", "null", std::nullopt};
}

Change images_changed(std::string event, CameraId camera) {
  return {std::move(event), "null", camera};
}

Task<Response> follow_changes(Services& services, Request& request, const Visitor& visitor) {
  Response response;
  response.content_type = "text/event-stream";
  response.headers.emplace_back("X-Accel-Buffering", "no");  // nginx would hold events back
  response.body = StreamBody([&services, &request, visitor](BodyWriter& writer) {
    return send_changes(services, request, visitor, writer);
  });
  co_return response;
}

}  // namespace heliograph::http
