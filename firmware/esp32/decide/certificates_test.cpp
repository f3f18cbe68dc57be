#include "firmware/esp32/decide/certificates.hpp"

#include <string>

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

const std::string one = "-----BEGIN CERTIFICATE-----\nMIIB/+8=\r\n-----END CERTIFICATE-----\n";

TEST(Certificates, OneOrSeveralWithWordsBetweenThem) {
  EXPECT_TRUE(holds_certificates(one));
  EXPECT_TRUE(holds_certificates("# ISRG Root X1\n" + one + "\n# X2\n" + one));
}

TEST(Certificates, WhatIsNone) {
  for (const std::string& text :
       {std::string(), std::string("<html>"), one.substr(0, 40), one.substr(10), one + one.substr(0, 40),
        std::string("-----BEGIN CERTIFICATE----------END CERTIFICATE-----"),
        std::string("-----BEGIN CERTIFICATE-----\nMII B\n-----END CERTIFICATE-----"),
        one + "-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n"}) {
    EXPECT_FALSE(holds_certificates(text)) << text;
  }
}

}  // namespace
}  // namespace heliograph::firmware
