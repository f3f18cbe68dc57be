#include "server/http/api/camera_json.hpp"

#include "server/http/api/image_json.hpp"
#include "server/http/api/presence_json.hpp"

namespace heliograph::http {

void write_camera(JsonWriter& json, const catalog::CameraSummary& summary,
                  const cameras::CameraPresence& presence) {
  const auto& [camera, rules, image_count, image_bytes, last_image] = summary;
  json.object([&] {
    json.field("id", to_string(camera.id));
    json.field("name", camera.name);
    json.field("created_at", to_ms(camera.created_at));
    json.field("plain_http", rules.plain_http);
    json.field("may_roam", rules.may_roam);
    json.field("suspect_at", rules.suspect_at ? std::optional(to_ms(*rules.suspect_at)) : std::nullopt);
    json.field("image_count", image_count);
    write_presence(json, presence);
    json.key("last_image");
    if (last_image) {
      write_image(json, *last_image);
    } else {
      json.value(nullptr);
    }
  });
}

}  // namespace heliograph::http
