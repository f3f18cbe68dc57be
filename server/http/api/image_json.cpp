#include "server/http/api/image_json.hpp"

#include "server/store/names.hpp"

namespace heliograph::http {

void write_image(JsonWriter& json, const catalog::Image& image) {
  json.object([&] {
    json.field("id", to_string(image.id));
    json.field("camera_id", to_string(image.camera));
    json.field("filename", store::image_filename({image.captured_at, image.id}));
    json.field("captured_at", to_ms(image.captured_at));
    json.field("received_at", to_ms(image.received_at));
    json.field("width", image.width);
    json.field("height", image.height);
    json.field("size_bytes", image.size_bytes);
    json.field("starred", image.starred);
    json.field("salvaged", image.salvaged);
  });
}

}  // namespace heliograph::http
