// Of our own, for the host: as much of ESP-IDF's <lwip/sockets.h> as firmware/esp32 uses. See README.md.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/select.h>
#include <sys/socket.h>

// The host's own.
