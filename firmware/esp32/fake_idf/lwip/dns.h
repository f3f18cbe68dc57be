// Of our own, for the host: as much of ESP-IDF's <lwip/dns.h> as firmware/esp32 uses. See README.md.
#pragma once

#include <cstdint>

using err_t = signed char;
#define ERR_OK 0
#define ERR_INPROGRESS (-5)
#define LWIP_DNS_ADDRTYPE_IPV4_IPV6 2

struct ip_addr_t {
  std::uint32_t v4;  // in the network's order
};
using dns_found_callback = void (*)(const char* name, const ip_addr_t* address, void* argument);
err_t dns_gethostbyname_addrtype(const char* name, ip_addr_t* address, dns_found_callback found,
                                 void* argument, std::uint8_t type);
char* ipaddr_ntoa_r(const ip_addr_t* address, char* out, int size);
