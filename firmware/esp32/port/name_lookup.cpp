#include "firmware/esp32/port/name_lookup.hpp"

#include <algorithm>

#include <lwip/sockets.h>
#include <lwip/tcpip.h>

namespace heliograph::firmware {

namespace {

bool is_address(const char* host) {
  in6_addr any;  // large enough for either
  return inet_pton(AF_INET, host, &any) == 1 || inet_pton(AF_INET6, host, &any) == 1;
}

}  // namespace

NameLookup::Result NameLookup::find(std::string_view host, std::int64_t deadline_ms, AddressText& address) {
  HostText wanted(host);
  wanted.append('\0');
  if (host.empty() || wanted.truncated()) return Result::no_such_name;
  if (is_address(wanted.view().data())) {
    address = AddressText(wanted.view());
    return Result::found;
  }
  // One that was given up is still under way; it ends by itself, and may even be the same.
  if (pending_ && !wait(deadline_ms)) return Result::timeout;
  name_ = wanted;
  found_.clear();
  pending_ = true;
  if (tcpip_callback(&NameLookup::ask, this) != ERR_OK) {
    pending_ = false;
    return Result::timeout;  // its queue is full: try later
  }
  if (!wait(deadline_ms)) return Result::timeout;
  address = found_;
  return found_.empty() ? Result::no_such_name : Result::found;
}

bool NameLookup::wait(std::int64_t deadline_ms) {
  const std::int64_t left_ms = std::max<std::int64_t>(0, deadline_ms - clock_.mono_ms());
  return xSemaphoreTake(answered_, pdMS_TO_TICKS(left_ms)) == pdTRUE;
}

void NameLookup::ask(void* self) {
  auto& lookup = *static_cast<NameLookup*>(self);
  const char* name = lookup.name_.view().data();
  ip_addr_t address;
  const err_t status =
      dns_gethostbyname_addrtype(name, &address, &NameLookup::answer, self, LWIP_DNS_ADDRTYPE_IPV4_IPV6);
  if (status == ERR_INPROGRESS) return;
  answer(name, status == ERR_OK ? &address : nullptr, self);
}

void NameLookup::answer(const char*, const ip_addr_t* address, void* self) {
  auto& lookup = *static_cast<NameLookup*>(self);
  char text[AddressText::max_size];
  if (address != nullptr && ipaddr_ntoa_r(address, text, sizeof text) != nullptr) {
    lookup.found_ = AddressText(text).append('\0');
  }
  lookup.pending_ = false;
  xSemaphoreGive(lookup.answered_);
}

}  // namespace heliograph::firmware
