#include "firmware/linux/resolver.hpp"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <memory>
#include <system_error>
#include <thread>
#include <utility>

namespace heliograph::firmware {

namespace {

// How often a wait looks up from its work, milliseconds.
constexpr std::int64_t slice_ms = 100;

Resolved look_up(const std::string& host, std::uint16_t port, int flags) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_NUMERICSERV | flags;
  addrinfo* list = nullptr;
  const int status = getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &list);
  if (status != 0) return {{}, gai_strerror(status)};

  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owner(list, &freeaddrinfo);
  Resolved resolved;
  for (const addrinfo* entry = list; entry != nullptr; entry = entry->ai_next) {
    SocketAddress address;
    std::memcpy(&address.storage, entry->ai_addr, entry->ai_addrlen);
    address.size = entry->ai_addrlen;
    resolved.addresses.push_back(address);
  }
  return resolved;
}

// Nothing can stop getaddrinfo(), so its thread belongs to nobody: all that it touches is its own, and the
// process may end under it.
std::future<Resolved> look_up_aside(const std::string& host, std::uint16_t port) {
  std::packaged_task<Resolved()> task([host, port] { return look_up(host, port, AI_ADDRCONFIG); });
  std::future<Resolved> result = task.get_future();
  std::thread(std::move(task)).detach();
  return result;
}

}  // namespace

Resolved Resolver::resolve(const std::string& host, std::uint16_t port, std::int64_t timeout_ms,
                           const std::function<bool()>& cancelled) {
  Resolved literal = look_up(host, port, AI_NUMERICHOST);
  if (!literal.addresses.empty()) return literal;

  if (!running_ || running_->host != host || running_->port != port) {
    try {
      running_ = Lookup{host, port, look_up_aside(host, port)};
    } catch (const std::system_error& error) {
      return {{}, error.what()};
    }
  }
  for (; timeout_ms > 0 && !cancelled(); timeout_ms -= slice_ms) {
    const std::chrono::milliseconds slice(std::min(timeout_ms, slice_ms));
    if (running_->result.wait_for(slice) != std::future_status::ready) continue;
    return std::exchange(running_, std::nullopt)->result.get();
  }
  return {{}, "no answer from the name server in time"};
}

}  // namespace heliograph::firmware
