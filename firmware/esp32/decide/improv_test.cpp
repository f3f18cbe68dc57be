#include "firmware/esp32/decide/improv.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

std::string packet(int type, const std::string& data) {
  std::string text = "IMPROV";
  text += '\x01';
  text += static_cast<char>(type);
  text += static_cast<char>(data.size());
  text += data;
  unsigned sum = 0;
  for (const char c : text) sum += static_cast<unsigned char>(c);
  text += static_cast<char>(sum);
  return text;
}

std::vector<ImprovRequest> read(const std::string& line) {
  ImprovReader reader;
  std::vector<ImprovRequest> requests;
  for (const char c : line) {
    if (const auto request = reader.take(static_cast<std::uint8_t>(c))) requests.push_back(*request);
  }
  return requests;
}

const std::string wifi = packet(3, "\x01\x10\x06garden\x08password");

TEST(Improv, ANetworkIsReadBetweenLinesOfALog) {
  const auto requests =
      read("boot: IMPRO\nI (12) IMIMPROV x\n" + wifi + "\n" + packet(3, std::string("\x02\x00", 2)));
  ASSERT_EQ(requests.size(), 2U);
  EXPECT_TRUE(requests[0].whole);
  EXPECT_EQ(requests[0].command, 1);
  EXPECT_EQ(requests[0].name.view(), "garden");
  EXPECT_EQ(requests[0].password.view(), "password");
  EXPECT_EQ(requests[1].command, 2);
}

TEST(Improv, NoiseIsNoRequest) {
  for (std::size_t at = 0; at < wifi.size(); ++at) {
    std::string noisy = wifi;
    noisy[at] = static_cast<char>(noisy[at] ^ 0x04);
    EXPECT_TRUE(read(noisy).empty()) << at;
    EXPECT_TRUE(read(wifi.substr(0, at)).empty());
  }
  EXPECT_TRUE(read(packet(1, "\x02")).empty());  // what a board says, and not a browser
}

TEST(Improv, WhatContradictsItselfIsSaidToBeSo) {
  for (const std::string& data :
       {std::string(), std::string("\x01"), std::string("\x01\x05\x06garden", 9), std::string("\x01\x01\xff"),
        std::string("\x01\x07\x06garden"), std::string("\x01\x09\x06garden\x00x", 11)}) {
    const auto requests = read(packet(3, data));
    ASSERT_EQ(requests.size(), 1U);
    EXPECT_FALSE(requests[0].whole);
    EXPECT_TRUE(requests[0].name.empty());
  }
}

TEST(Improv, AnswersAreAsTheStandardSays) {
  ImprovPacket out;
  write_improv_state(ImprovState::provisioned, out);
  EXPECT_EQ(out.view(), packet(1, "\x04") + "\n");
  write_improv_error(ImprovError::cannot_connect, out);
  EXPECT_EQ(out.view(), packet(2, "\x03") + "\n");
  const std::string_view texts[] = {"http://a/", ""};
  write_improv_result(ImprovCommand::send_wifi, texts, 2, out);
  EXPECT_EQ(out.view(), packet(4, std::string("\x01\x0b\x09http://a/\x00", 13)) + "\n");
}

TEST(Improv, WhatDoesNotFitIsLeftOutWhole) {
  const std::string long_text(200, 'a');
  const std::string_view texts[] = {long_text, long_text};
  ImprovPacket out;
  write_improv_result(ImprovCommand::get_info, texts, 2, out);
  EXPECT_EQ(out.view(), packet(4, "\x03\xc9\xc8" + long_text) + "\n");
}

}  // namespace
}  // namespace heliograph::firmware
