// Looks a name up without waiting longer than is wanted: lwIP's own getaddrinfo() tries for a quarter of a
// minute, whatever the caller wishes.
#pragma once

#include "firmware/core/platform/clock.hpp"
#include "firmware/core/text.hpp"

#include <atomic>
#include <cstdint>
#include <string_view>

#include <freertos/FreeRTOS.h>
#include <freertos/semphr.h>
#include <lwip/dns.h>

namespace heliograph::firmware {

using HostText = Text<254>;    // a name and its ending zero
using AddressText = Text<46>;  // an IPv6 address in text, with its ending zero

// One task. Outlives every lookup, which the network's task may answer late: it lives as long as the program.
class NameLookup {
 public:
  explicit NameLookup(const Clock& clock) : clock_(clock), answered_(xSemaphoreCreateBinary()) {}
  NameLookup(const NameLookup&) = delete;
  NameLookup& operator=(const NameLookup&) = delete;
  ~NameLookup() { vSemaphoreDelete(answered_); }

  enum class Result { found, no_such_name, timeout };
  // `host` may be an address in text already.
  Result find(std::string_view host, std::int64_t deadline_ms, AddressText& address);

 private:
  static void ask(void* self);
  static void answer(const char* name, const ip_addr_t* address, void* self);
  bool wait(std::int64_t deadline_ms);

  const Clock& clock_;
  SemaphoreHandle_t answered_;
  HostText name_;                     // of the lookup that is under way
  AddressText found_;                 // what came of it; empty: nothing
  std::atomic<bool> pending_{false};  // the network's task may touch the two above
};

}  // namespace heliograph::firmware
