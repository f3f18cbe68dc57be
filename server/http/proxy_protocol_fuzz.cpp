// Whatever a connection begins with: no crash; a header lies within what came and within the limit; it is the
// same however much comes behind it; and what needs more has not said anything yet.
#include "server/http/proxy_protocol.hpp"

#include <cstdint>
#include <cstdlib>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using heliograph::http::max_proxy_header_bytes;
  using heliograph::http::parse_proxy_header;
  const std::span<const std::uint8_t> received(data, size);
  const auto header = parse_proxy_header(received);
  if (!header) return 0;
  if (!*header) {
    if (size >= max_proxy_header_bytes) std::abort();
    return 0;
  }
  const std::size_t bytes = (*header)->bytes;
  if (bytes == 0 || bytes > size || bytes > max_proxy_header_bytes) std::abort();
  // In a block of its own, so that a byte read behind it is found.
  const std::vector<std::uint8_t> alone(data, data + bytes);
  const auto again = parse_proxy_header(alone);
  if (!again || *again != *header) std::abort();
  const auto part = parse_proxy_header(std::span(alone).first(bytes - 1));
  if (!part || *part) std::abort();
  return 0;
}
