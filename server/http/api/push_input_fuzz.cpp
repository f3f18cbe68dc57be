// What comes as a browser's subscription: it is none, or one of a service that may be told, with keys that
// can be used.
#include "server/http/api/json_body.hpp"
#include "server/http/api/push_input.hpp"
#include "server/outbound/p256.hpp"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace heliograph;
  static const std::vector<std::string> services{"fcm.googleapis.com", "*.push.apple.com"};
  static constexpr std::string_view members[] = {"endpoint", "keys", "kinds"};
  const auto body = http::parse_object({reinterpret_cast<const char*>(data), size}, members);
  if (!body) return 0;
  const auto input = http::read_push_input(*body, services);
  if (!input) return 0;
  const std::string_view endpoint = input->endpoint;
  const bool known = endpoint.starts_with("https://fcm.googleapis.com") ||
                     endpoint.find(".push.apple.com") != std::string_view::npos;
  if (!known || endpoint.find_first_of(" \r\n\\@") < endpoint.find('/', 8)) std::abort();
  const std::string_view point(reinterpret_cast<const char*>(input->p256dh.data()), input->p256dh.size());
  if (!outbound::read_p256_point(point) || input->auth.size() != 16) std::abort();
  return 0;
}
