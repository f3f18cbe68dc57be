#include "server/http/api/sender.hpp"

#include "protocol/protocol.hpp"
#include "server/http/address.hpp"
#include "server/http/api/upload_headers.hpp"
#include "server/http/response.hpp"
#include "server/http/text.hpp"

#include <utility>

namespace heliograph::http {
namespace {

std::string text_of(const Request& request, std::string_view header) {
  return std::string(request.header(header).value_or(""));
}

Result<SignedRequest> read_signature(const Request& request, std::string_view parts) {
  protocol::Signature signature;
  const bool sound = protocol::decode_signature(parts, signature);
  const auto camera = sound ? parse_id<CameraId>(signature.camera) : std::optional<CameraId>();
  const auto body = sha256_from_hex(signature.body);
  const auto mac = sha256_from_hex(signature.signature);
  if (!camera || !body || !mac) {
    return Error{
        ErrorKind::bad_request,
        "Authorization: Heliograph-HMAC-SHA256 needs camera, time, nonce, body and signature, as the "
        "protocol has them"};
  }
  const std::string boot = text_of(request, protocol::boot_header);
  const std::string sequence = text_of(request, protocol::sequence_header);
  const std::string captured_at = text_of(request, protocol::captured_at_header);
  const std::string telemetry = text_of(request, protocol::telemetry_header);
  std::string text;
  protocol::write_signed_text(
      signature, {to_string(request.method), request.path, boot, sequence, captured_at, telemetry},
      [&text](std::string_view piece) { text += piece; });
  return SignedRequest{
      {*camera, *mac, std::move(text)}, from_ms(signature.time_ms), std::string(signature.nonce), *body};
}

}  // namespace

Result<Sender> read_sender(const Request& request) {
  if (const auto header = request.header("Authorization")) {
    const auto [scheme, parts] = split_once(trim(*header), ' ');
    if (equals_ignoring_case(scheme, protocol::signature_scheme)) {
      auto signature = read_signature(request, parts);
      if (!signature) return signature.error();
      Sender sender = sender_with(request, std::nullopt);
      sender.signature = std::make_shared<const SignedRequest>(std::move(*signature));
      return sender;
    }
  }
  auto key = read_key(request);
  if (!key) return key.error();
  return sender_with(request, std::move(*key));
}

Sender sender_with(const Request& request, std::optional<std::string> key) {
  Sender sender;
  sender.key = std::move(key);
  if (const auto camera = request.header(protocol::camera_header)) sender.camera = std::string(*camera);
  sender.boot = text_of(request, protocol::boot_header);
  sender.address = request.peer;
  sender.in_clear = came_in_clear(request);
  return sender;
}

bool came_in_clear(const Request& request) {
  return !request.secure && !is_loopback(request.peer);
}

}  // namespace heliograph::http
