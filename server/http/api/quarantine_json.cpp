#include "server/http/api/quarantine_json.hpp"

#include "server/store/names.hpp"

#include <string>

namespace heliograph::http {
namespace {

std::string hex(const std::vector<std::uint8_t>& bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  text.reserve(2 * bytes.size());
  for (const std::uint8_t byte : bytes) {
    text += digits[byte >> 4U];
    text += digits[byte & 0xFU];
  }
  return text;
}

}  // namespace

void write_quarantined(JsonWriter& json, const catalog::Quarantined& bytes) {
  json.object([&] {
    json.field("id", to_string(bytes.id));
    json.field("camera_id", to_string(bytes.camera));
    json.field("filename", store::quarantine_filename({bytes.received_at, bytes.id}));
    json.field("received_at", to_ms(bytes.received_at));
    json.field("reason", bytes.reason);
    json.key("boot");
    bytes.sender ? json.value(bytes.sender->boot) : json.value(nullptr);
    json.key("sequence");
    bytes.sender ? json.value(bytes.sender->sequence) : json.value(nullptr);
    json.field("sha256", to_hex(bytes.sha256));
    json.field("size_bytes", bytes.size_bytes);
    json.field("head", hex(bytes.head));
    json.key("salvaged_id");
    bytes.salvaged ? json.value(to_string(*bytes.salvaged)) : json.value(nullptr);
  });
}

}  // namespace heliograph::http
