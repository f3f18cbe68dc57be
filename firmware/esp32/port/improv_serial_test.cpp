#include "firmware/esp32/port/improv_serial.hpp"

#include "firmware/esp32/fake_idf/fake_flash.hpp"

#include <string>
#include <utility>

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

struct Line final : SerialOut {
  void write(std::string_view bytes) override {
    // "IMPROV", version, type, length, data
    said += std::to_string(bytes[7]) + ":";
    for (const char c : bytes.substr(9, static_cast<unsigned char>(bytes[8]))) said += c < ' ' ? '.' : c;
    said += bytes[7] < 4 ? std::to_string(bytes[9]) + " " : " ";
  }
  std::string said;
};

std::string request(const std::string& data) {
  std::string text("IMPROV\x01\x03");
  text += static_cast<char>(data.size());
  text += data;
  unsigned sum = 0;
  for (const char c : text) sum += static_cast<unsigned char>(c);
  return text + static_cast<char>(sum);
}

class ImprovSerialTest : public testing::Test {
 protected:
  ImprovSerialTest() { fake_idf::flash() = fake_idf::Flash(); }
  void send(const std::string& text) {
    improv_.take(reinterpret_cast<const std::uint8_t*>(text.data()), text.size(), now_ms_);
  }
  std::string said() { return std::exchange(line_.said, ""); }

  Line line_;
  SettingsStore store_;
  LinkEvents events_;
  ImprovSerial improv_{line_, store_, events_, {"0.1.0", "esp32", "T-SIM7600"}};
  std::int64_t now_ms_ = 1'000;
};

const std::string garden("\x01\x10\x06garden\x08password");

TEST_F(ImprovSerialTest, TellsWhatItIs) {
  send(request(std::string("\x03\x00", 2)));
  EXPECT_EQ(said(), "4:.!.Heliograph.0.1.0.esp32.T-SIM7600 ");
  send(request(std::string("\x02\x00", 2)));
  EXPECT_EQ(said(), "1:.2 ");
  send(request(std::string("\x04\x00", 2)));
  EXPECT_EQ(said(), "4:.. ");
}

TEST_F(ImprovSerialTest, ANetworkIsTriedAndTheBoardsPageTold) {
  send(request(garden));
  EXPECT_EQ(said(), "2:.0 1:.3 ");
  EXPECT_EQ(store_.load().wifi.name.view(), "garden");
  LinkEvent event;
  ASSERT_TRUE(events_.take(event, 0));
  EXPECT_EQ(event.kind, LinkEvent::Kind::settings);
  improv_.look("", now_ms_ + 1'000);
  EXPECT_EQ(said(), "");
  improv_.look("192.0.2.7", now_ms_ + 2'000);
  EXPECT_EQ(said(), "1:.4 4:...http://192.0.2.7/ ");
  send(request(std::string("\x02\x00", 2)));
  EXPECT_EQ(said(), "1:.4 4:...http://192.0.2.7/ ");
}

TEST_F(ImprovSerialTest, TheAddressOfTheNetworkBeforeIsNoSuccess) {
  improv_.look("192.0.2.7", now_ms_);
  send(request(garden));
  said();
  improv_.look("192.0.2.7", now_ms_ + 10);
  EXPECT_EQ(said(), "");
  improv_.look("", now_ms_ + 20);
  improv_.look("192.0.2.9", now_ms_ + 30);
  EXPECT_EQ(said(), "1:.4 4:...http://192.0.2.9/ ");
}

TEST_F(ImprovSerialTest, OneThatIsNotEnteredIsSaidToBeNone) {
  send(request(garden));
  said();
  improv_.look("", now_ms_ + improv_patience_ms - 1);
  EXPECT_EQ(said(), "");
  improv_.look("", now_ms_ + improv_patience_ms);
  EXPECT_EQ(said(), "2:.3 1:.2 ");
}

TEST_F(ImprovSerialTest, WhatItCannotDoIsRefused) {
  send(request(std::string("\x09\x00", 2)));
  EXPECT_EQ(said(), "2:.2 ");
  send(request(std::string("\x01\x05\x01", 3)));
  EXPECT_EQ(said(), "2:.1 ");
  send(request("\x01\x09\x06garden\x01x"));
  EXPECT_EQ(said(), "2:.3 ");
  EXPECT_TRUE(store_.load().wifi.empty());
}

}  // namespace
}  // namespace heliograph::firmware
