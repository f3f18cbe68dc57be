// Of our own, for the host: as much of ESP-IDF's <lwip/tcpip.h> as firmware/esp32 uses. See README.md.
#pragma once

#include <lwip/dns.h>

err_t tcpip_callback(void (*function)(void* argument), void* argument);
