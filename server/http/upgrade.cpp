#include "server/http/upgrade.hpp"

#include "server/base/base64.hpp"
#include "server/http/text.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include <openssl/sha.h>

namespace heliograph::http {
namespace {

// Of the standard: whoever hashes it knows what was asked for.
constexpr std::string_view accept_guid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
// Sixteen bytes in base64.
constexpr std::size_t key_length = 24;

// `wanted` stands in a list like "keep-alive, Upgrade".
bool lists(std::optional<std::string_view> field, std::string_view wanted) {
  std::string_view rest = field.value_or("");
  while (!rest.empty()) {
    const auto [item, behind] = split_once(rest, ',');
    if (equals_ignoring_case(trim(item), wanted)) return true;
    rest = behind;
  }
  return false;
}

}  // namespace

Result<std::string> accept_upgrade(const Request& request) {
  const auto key = request.header("Sec-WebSocket-Key");
  const bool asked = request.method == Method::get && lists(request.header("Connection"), "Upgrade") &&
                     lists(request.header("Upgrade"), "websocket") && key && key->size() == key_length;
  if (!asked || request.header("Sec-WebSocket-Version") != "13") {
    return Error{ErrorKind::bad_request, "this address speaks WebSocket, version 13"};
  }
  const std::string text = std::string(*key).append(accept_guid);
  std::array<std::uint8_t, SHA_DIGEST_LENGTH> digest{};
  SHA1(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data());
  return base64(digest);
}

}  // namespace heliograph::http
