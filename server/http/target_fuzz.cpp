// Whatever the request line holds: no crash, what is accepted leads nowhere but down, and written again
// (where plain HTTP leads to https) it is the same, without a line end.
#include "server/http/http.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto target = heliograph::http::parse_target({reinterpret_cast<const char*>(data), size});
  if (!target) return 0;
  const std::string& path = target->path;
  if (!path.starts_with('/') || path.find('\0') != std::string::npos) std::abort();
  const std::string closed = path + '/';
  if (closed.find("/../") != std::string::npos || closed.find("/./") != std::string::npos) std::abort();
  const std::string written = heliograph::http::write_target(*target);
  const auto again = heliograph::http::parse_target(written);
  if (!again || again->path != path || again->query != target->query) std::abort();
  if (written.find_first_of("\r\n \\") != std::string::npos) std::abort();
  return 0;
}
