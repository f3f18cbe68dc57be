#include "firmware/esp32/port/name_server.hpp"

#include <string>
#include <unistd.h>

#include <gtest/gtest.h>
#include <lwip/sockets.h>

namespace heliograph::firmware {
namespace {

TEST(NameServer, AnswersGuestsAndDoesNotWait) {
  constexpr std::uint16_t port = 45'353;
  NameServer server;
  server.answer_all();  // closed
  ASSERT_TRUE(server.open(port));
  ASSERT_TRUE(server.open(port));
  server.answer_all();  // nobody has asked
  NameServer second;
  EXPECT_FALSE(second.open(port));

  const int guest = socket(AF_INET, SOCK_DGRAM, 0);
  sockaddr_in to = {};
  to.sin_family = AF_INET;
  to.sin_port = htons(port);
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  ASSERT_EQ(connect(guest, reinterpret_cast<sockaddr*>(&to), sizeof to), 0);
  send(guest, "noise", 5, 0);
  const std::string query(
      "\x12\x34\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00\x01"
      "a\x00\x00\x01\x00\x01",
      19);
  send(guest, query.data(), query.size(), 0);
  server.answer_all();
  char answer[512];
  const ssize_t size = recv(guest, answer, sizeof answer, MSG_DONTWAIT);
  close(guest);
  ASSERT_EQ(size, 35);
  EXPECT_EQ(std::string(answer + 31, 4), "\xc0\xa8\x04\x01");
}

}  // namespace
}  // namespace heliograph::firmware
