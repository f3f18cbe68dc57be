#include "firmware/esp32/decide/at_text.hpp"

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

TEST(AtText, Signal) {
  EXPECT_EQ(read_signal_dbm("\r\n+CSQ: 17,99\r\n\r\nOK\r\n"), -79);
  EXPECT_EQ(read_signal_dbm("+CSQ: 0,0"), -113);
  EXPECT_EQ(read_signal_dbm("+CSQ: 31,99"), -51);
  for (const char* none : {"", "OK", "+CSQ: 99,99", "+CSQ: ,", "+CSQ: -1,0", "ERROR"}) {
    EXPECT_FALSE(read_signal_dbm(none)) << none;
  }
}

TEST(AtText, Registration) {
  for (const char* yes : {"+CEREG: 0,1\r\n", "+CEREG: 0,5", "+CEREG: 2,1,\"1A2B\",\"01\",7", "+CEREG: 5"}) {
    EXPECT_TRUE(read_registered(yes)) << yes;
  }
  for (const char* no : {"", "+CEREG: 0,0", "+CEREG: 0,2", "+CEREG: 1,3", "+CEREG: 0,11", "+CEREG: ", "OK"}) {
    EXPECT_FALSE(read_registered(no)) << no;
  }
}

TEST(AtText, Sim) {
  EXPECT_EQ(read_sim("\r\n+CPIN: READY\r\n\r\nOK"), SimState::ready);
  EXPECT_EQ(read_sim("+CPIN: SIM PIN\r\n"), SimState::wants_pin);
  EXPECT_EQ(read_sim("+CPIN: SIM PUK\r\n"), SimState::locked);
  EXPECT_EQ(read_sim("+CME ERROR: SIM not inserted"), SimState::absent);
}

TEST(AtText, Gps) {
  const auto fix = read_gps("+CGPSINFO: 4504.204680,N,00741.242000,E,250311,072809.3,44.1,0.0,0\r\n\r\nOK");
  ASSERT_TRUE(fix);
  EXPECT_EQ(fix->lat_e7, 450700780);
  EXPECT_EQ(fix->lon_e7, 76873667);
  const auto south = read_gps("+CGPSINFO: 0000.6,S,17959.999999,W,");
  ASSERT_TRUE(south);
  EXPECT_EQ(south->lat_e7, -100000);
  EXPECT_EQ(south->lon_e7, -1800000000);
  for (const char* none : {"", "+CGPSINFO: ,,,,,,,,", "+CGPSINFO: 4504.2,N", "+CGPSINFO: 9100.0,N,00000.0,E",
                           "+CGPSINFO: 4561.0,N,00741.2,E", "+CGPSINFO: 4504.2,X,00741.2,E",
                           "+CGPSINFO: .2,N,00741.2,E", "+CGPSINFO: 4504.2,N,18100.0,E"}) {
    EXPECT_FALSE(read_gps(none)) << none;
  }
}

TEST(AtText, NetworkTime) {
  EXPECT_EQ(read_network_time_ms("+CCLK: \"26/11/30,07:12:00+04\"\r\n\r\nOK"), 1796019120000);
  EXPECT_EQ(read_network_time_ms("+CCLK: \"26/11/30,07:12:00-04\""), 1796026320000);
  for (const char* none : {"", "+CCLK: \"80/01/06,00:00:00+00\"", "+CCLK: \"26/13/30,07:12:00+04\"",
                           "+CCLK: \"26/11/30,07:12\"", "+CCLK: \"26/11/30,24:12:00+04\""}) {
    EXPECT_FALSE(read_network_time_ms(none)) << none;
  }
}

}  // namespace
}  // namespace heliograph::firmware
