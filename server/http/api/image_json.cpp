#include "server/http/api/image_json.hpp"

#include "server/base/base64.hpp"
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
    if (image.motion_ppm) json.field("motion", fraction(*image.motion_ppm));
    if (!image.placeholder.empty()) json.field("placeholder", base64(image.placeholder));
  });
}

std::span<const TelemetryField> telemetry_fields() {
  using protocol::Telemetry;
  static constexpr TelemetryField fields[] = {
      {"battery_mv", &Telemetry::battery_mv},
      {"rssi_dbm", &Telemetry::rssi_dbm},
      {"lat_e7", &Telemetry::lat_e7},
      {"lon_e7", &Telemetry::lon_e7},
      {"temperature_mc", &Telemetry::temperature_mc},
      {"heap_bytes", &Telemetry::heap_bytes},
      {"uptime_s", &Telemetry::uptime_s},
      {"solar_mv", &Telemetry::solar_mv},
      {"spool", &Telemetry::spool},
      {"sent_bytes", &Telemetry::sent_bytes},
      {"reset", &Telemetry::reset},
  };
  return fields;
}

void write_telemetry(JsonWriter& json, const protocol::Telemetry& telemetry) {
  json.object([&] {
    for (const TelemetryField& field : telemetry_fields()) {
      const auto& value = telemetry.*field.member;
      if (value) json.field(field.name, *value);
    }
  });
}

}  // namespace heliograph::http
