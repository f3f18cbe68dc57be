#include "server/ingest/about.hpp"

#include <array>

#include <boost/json.hpp>

namespace heliograph::ingest {
namespace {

namespace json = boost::json;

// Longer than the header it came in.
constexpr std::size_t max_telemetry_text = 512;

}  // namespace

std::string write_about(const ImageUpload& upload) {
  json::object about;
  if (upload.sender) {
    about["boot"] = upload.sender->boot;
    about["sequence"] = upload.sender->sequence;
  }
  if (upload.captured_at) about["captured_at"] = to_ms(*upload.captured_at);
  if (upload.telemetry) {
    std::array<char, max_telemetry_text> text{};
    const auto length = protocol::encode_telemetry(*upload.telemetry, text.data(), text.size());
    about["telemetry"] = std::string_view(text.data(), length);
  }
  return json::serialize(about);
}

Result<ImageUpload> read_about(std::string_view about, const catalog::Camera& camera) {
  const Error damaged{ErrorKind::data_lost, "what was told of this upload cannot be read any more"};
  json::error_code failed;
  const json::value read = json::parse(about, failed);
  if (failed || !read.is_object()) return damaged;
  const json::object& fields = read.get_object();
  ImageUpload upload{camera, {}, {}, {}};
  const json::value* boot = fields.if_contains("boot");
  const json::value* sequence = fields.if_contains("sequence");
  if (boot != nullptr && sequence != nullptr) {
    if (!boot->is_string() || !sequence->is_int64()) return damaged;
    upload.sender = catalog::SenderName{std::string(boot->get_string()), sequence->get_int64()};
  }
  if (const json::value* captured_at = fields.if_contains("captured_at")) {
    if (!captured_at->is_int64()) return damaged;
    upload.captured_at = from_ms(captured_at->get_int64());
  }
  if (const json::value* text = fields.if_contains("telemetry")) {
    protocol::Telemetry telemetry;
    if (!text->is_string() || !protocol::decode_telemetry(text->get_string(), telemetry)) return damaged;
    upload.telemetry = telemetry;
  }
  return upload;
}

}  // namespace heliograph::ingest
