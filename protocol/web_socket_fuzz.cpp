// However the bytes are cut, they bring the same; nothing points elsewhere than into them or the reader.
#include "protocol/web_socket.hpp"

#include <algorithm>
#include <cstdlib>
#include <string>

namespace {

using namespace heliograph::protocol;

std::string read_all(std::string bytes, bool from_client, std::size_t step) {
  SocketReader reader(from_client);
  std::string seen;
  for (std::size_t at = 0; at < bytes.size();) {
    auto* data = reinterpret_cast<std::uint8_t*>(bytes.data() + at);
    const std::size_t size = std::min(step, bytes.size() - at);
    std::size_t used = 0;
    const auto event = reader.take(data, size, used);
    if (used > size) std::abort();
    if (event.kind == SocketReader::Kind::broken) return seen + "broken" + std::string(event.why);
    if (event.kind == SocketReader::Kind::nothing && used < size) std::abort();
    if (event.kind == SocketReader::Kind::ping && event.data.size() > max_control_payload) std::abort();
    if (event.kind != SocketReader::Kind::piece && event.kind != SocketReader::Kind::nothing) {
      seen += "control" + std::to_string(static_cast<int>(event.kind)) + std::string(event.data);
    }
    if (event.kind == SocketReader::Kind::piece) seen += std::string(event.data) + (event.last ? "." : "");
    at += used;
    // A frame without content brings its event when the next byte is asked for, or none is there.
    if (used == 0 && event.kind == SocketReader::Kind::nothing) std::abort();
  }
  return seen;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const bool from_client = (data[0] & 1) != 0;
  const std::string bytes(reinterpret_cast<const char*>(data + 1), size - 1);
  if (read_all(bytes, from_client, 1) != read_all(bytes, from_client, size)) std::abort();
  return 0;
}
