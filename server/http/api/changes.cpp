#include "server/http/api/handlers.hpp"
#include "server/http/api/image_json.hpp"
#include "server/http/json.hpp"

namespace heliograph::http {
namespace {

// Proxies close what is silent: an ALB after 60 s, mobile networks after 30.
constexpr std::chrono::seconds keep_alive_interval{15};

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

// What to send for what the reader has not seen; empty when there is nothing.
std::string next_text(live::Subscription<Change>& subscription) {
  const auto next = subscription.next();
  if (const auto* change = std::get_if<std::shared_ptr<const Change>>(&next)) {
    return event_text((*change)->event, (*change)->json);
  }
  if (const auto* skipped = std::get_if<live::Skipped>(&next)) {
    return event_text("skipped", "{\"count\":" + std::to_string(skipped->count) + "}");
  }
  return {};
}

Task<void> send_changes(live::Broadcast<Change>& changes, BodyWriter& writer) {
  auto subscription = changes.subscribe();
  auto sent = co_await writer.write(": here they come\n\n");  // so that the reader knows it is connected
  while (sent) {
    std::string text = next_text(subscription);
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
  return {"image-added", std::move(json).text()};
}

Change thumbnail_ready(ImageId id) {
  JsonWriter json;
  json.object([&] { json.field("id", to_string(id)); });
  return {"thumbnail-ready", std::move(json).text()};
}

Change images_removed() {
  return {"images-removed", "null"};
}

Task<Response> follow_changes(Services& services, Request&) {
  Response response;
  response.content_type = "text/event-stream";
  response.headers.emplace_back("X-Accel-Buffering", "no");  // nginx would hold events back
  response.body =
      StreamBody([&changes = services.changes](BodyWriter& writer) { return send_changes(changes, writer); });
  co_return response;
}

}  // namespace heliograph::http
