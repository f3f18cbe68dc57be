#include "server/http/api/image_json.hpp"

#include "server/store/names.hpp"

#include <utility>

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

void write_telemetry(JsonWriter& json, const protocol::Telemetry& telemetry) {
  const std::pair<const char*, const std::optional<std::int64_t>&> fields[] = {
      {"battery_mv", telemetry.battery_mv},
      {"rssi_dbm", telemetry.rssi_dbm},
      {"lat_e7", telemetry.lat_e7},
      {"lon_e7", telemetry.lon_e7},
      {"temperature_mc", telemetry.temperature_mc},
      {"heap_bytes", telemetry.heap_bytes},
      {"uptime_s", telemetry.uptime_s},
      {"solar_mv", telemetry.solar_mv},
      {"spool", telemetry.spool},
      {"sent_bytes", telemetry.sent_bytes},
      {"reset", telemetry.reset},
  };
  json.object([&] {
    for (const auto& [name, value] : fields) {
      if (value) json.field(name, *value);
    }
  });
}

}  // namespace heliograph::http
