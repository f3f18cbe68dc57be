#include "firmware/esp32/port/name_server.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <lwip/sockets.h>

namespace heliograph::firmware {

namespace {

// Where the access point is, as ESP-IDF sets it up.
constexpr std::array<std::uint8_t, 4> own_address{192, 168, 4, 1};
// Questions answered in a row: a guest that floods the board keeps it from nothing else.
constexpr int most_in_a_row = 16;

}  // namespace

bool NameServer::open(std::uint16_t port) {
  if (socket_ >= 0) return true;
  socket_ = socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
  if (socket_ < 0) return false;
  fcntl(socket_, F_SETFL, fcntl(socket_, F_GETFL, 0) | O_NONBLOCK);
  sockaddr_in here = {};
  here.sin_family = AF_INET;
  here.sin_port = htons(port);
  here.sin_addr.s_addr = htonl(INADDR_ANY);
  if (bind(socket_, reinterpret_cast<sockaddr*>(&here), sizeof here) == 0) return true;
  close();
  return false;
}

void NameServer::close() {
  if (socket_ >= 0) ::close(socket_);
  socket_ = -1;
}

void NameServer::answer_all() {
  if (socket_ < 0) return;
  for (int i = 0; i < most_in_a_row; ++i) {
    std::uint8_t query[max_dns_message];
    std::uint8_t reply[max_dns_message];
    sockaddr_in guest = {};
    socklen_t guest_size = sizeof guest;
    const ssize_t got =
        recvfrom(socket_, query, sizeof query, 0, reinterpret_cast<sockaddr*>(&guest), &guest_size);
    if (got <= 0) return;
    const std::size_t size = answer_dns(query, static_cast<std::size_t>(got), own_address, reply);
    if (size > 0) sendto(socket_, reply, size, 0, reinterpret_cast<sockaddr*>(&guest), guest_size);
  }
}

}  // namespace heliograph::firmware
