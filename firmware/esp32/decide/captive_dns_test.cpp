#include "firmware/esp32/decide/captive_dns.hpp"

#include <string>

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

std::string answer_to(const std::string& query) {
  std::uint8_t answer[max_dns_message];
  const std::size_t size =
      answer_dns(reinterpret_cast<const std::uint8_t*>(query.data()), query.size(), {192, 168, 4, 1}, answer);
  return {reinterpret_cast<const char*>(answer), size};
}

std::string query_for(const std::string& type) {
  using namespace std::string_literals;
  return "\x12\x34\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00"s +
         "\x07"
         "example\x03org\x00"s +
         type + "\x00\x01"s;
}

using namespace std::string_literals;

TEST(CaptiveDns, EveryNameIsThePortal) {
  const std::string query = query_for("\x00\x01"s);
  EXPECT_EQ(answer_to(query), "\x12\x34\x85\x80\x00\x01\x00\x01\x00\x00\x00\x00"s + query.substr(12) +
                                  "\xc0\x0c\x00\x01\x00\x01\x00\x00\x00\x05\x00\x04\xc0\xa8\x04\x01"s);
}

TEST(CaptiveDns, WhatElseIsAskedIsAnsweredWithNothing) {
  const std::string query = query_for("\x00\x1c"s);
  EXPECT_EQ(answer_to(query), "\x12\x34\x85\x80\x00\x01\x00\x00\x00\x00\x00\x00"s + query.substr(12));
}

TEST(CaptiveDns, WhatIsNoQuestionIsNotAnswered) {
  const std::string query = query_for("\x00\x01"s);
  for (std::size_t size = 0; size < query.size(); ++size)
    EXPECT_EQ(answer_to(query.substr(0, size)), "") << size;
  EXPECT_EQ(answer_to(answer_to(query)), "");
  std::string two = query;
  two[5] = 2;
  EXPECT_EQ(answer_to(two), "");
  std::string refers = query;
  refers[12] = '\xc0';
  EXPECT_EQ(answer_to(refers), "");
  EXPECT_EQ(answer_to(query + std::string(max_dns_message, 'x')), "");
}

}  // namespace
}  // namespace heliograph::firmware
