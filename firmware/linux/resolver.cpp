#include "firmware/linux/resolver.hpp"

#include <algorithm>
#include <cstring>

namespace heliograph::firmware {

namespace {

// How often a waiting lookup looks up from its work, milliseconds.
constexpr std::int64_t slice_ms = 100;

addrinfo tcp_hints(int flags) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = flags;
  return hints;
}

// Takes the list over.
Resolved take(addrinfo* list) {
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

}  // namespace

// What glibc's lookup thread reads and writes: it must stay where it is until the lookup has ended.
struct Resolver::Lookup {
  Lookup(const std::string& host, std::string service) : host(host), service(std::move(service)) {
    request.ar_name = this->host.c_str();
    request.ar_service = this->service.c_str();
    request.ar_request = &hints;
  }

  const std::string host;
  const std::string service;
  const addrinfo hints = tcp_hints(AI_NUMERICSERV | AI_ADDRCONFIG);
  gaicb request{};
};

Resolver::Resolver() = default;

Resolver::~Resolver() {
  abandon();
}

Resolved Resolver::resolve(const std::string& host, std::uint16_t port, std::int64_t timeout_ms,
                           const std::function<bool()>& cancelled) {
  const std::string service = std::to_string(port);
  const addrinfo literal = tcp_hints(AI_NUMERICSERV | AI_NUMERICHOST);
  addrinfo* list = nullptr;
  if (getaddrinfo(host.c_str(), service.c_str(), &literal, &list) == 0) return take(list);

  if (!running_ || running_->host != host || running_->service != service) {
    abandon();
    running_ = std::make_unique<Lookup>(host, service);
    gaicb* requests[] = {&running_->request};
    const int status = getaddrinfo_a(GAI_NOWAIT, requests, 1, nullptr);
    if (status != 0) {
      running_.reset();
      return {{}, gai_strerror(status)};
    }
  }
  if (!wait(*running_, timeout_ms, cancelled)) return {{}, "no answer from the name server in time"};
  const std::unique_ptr<Lookup> done = std::move(running_);
  const int status = gai_error(&done->request);
  if (status != 0) return {{}, gai_strerror(status)};
  return take(done->request.ar_result);
}

bool Resolver::wait(const Lookup& lookup, std::int64_t timeout_ms, const std::function<bool()>& cancelled) {
  const gaicb* const requests[] = {&lookup.request};
  for (;;) {
    const std::int64_t wait_ms = std::clamp<std::int64_t>(timeout_ms, 0, slice_ms);
    const timespec slice{0, static_cast<long>(wait_ms * 1'000'000)};
    gai_suspend(requests, 1, &slice);
    if (gai_error(const_cast<gaicb*>(&lookup.request)) != EAI_INPROGRESS) return true;
    timeout_ms -= wait_ms;
    if (timeout_ms <= 0 || cancelled()) return false;
  }
}

void Resolver::abandon() {
  if (!running_) return;
  const bool ours_again = gai_cancel(&running_->request) != EAI_NOTCANCELED;
  if (!ours_again) {
    // glibc's thread still writes to it, and nothing can stop that thread. Better a few hundred bytes lost
    // than that.
    static_cast<void>(running_.release());
    return;
  }
  running_.reset();
}

}  // namespace heliograph::firmware
