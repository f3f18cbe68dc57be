// Whatever the request line holds: no crash, and what is accepted leads nowhere but down.
#include "server/http/http.hpp"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto target = heliograph::http::parse_target({reinterpret_cast<const char*>(data), size});
  if (!target) return 0;
  const std::string& path = target->path;
  if (!path.starts_with('/') || path.find('\0') != std::string::npos) std::abort();
  const std::string closed = path + '/';
  if (closed.find("/../") != std::string::npos || closed.find("/./") != std::string::npos) std::abort();
  return 0;
}
