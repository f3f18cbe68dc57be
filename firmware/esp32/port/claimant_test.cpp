#include "firmware/esp32/port/claimant.hpp"

#include "firmware/core/platform/fake_clock.hpp"
#include "firmware/core/platform/fake_random.hpp"
#include "firmware/core/platform/fake_stream.hpp"
#include "firmware/esp32/fake_idf/fake_flash.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

std::vector<std::string> shown;

class ClaimTest : public testing::Test {
 protected:
  ClaimTest() {
    fake_idf::flash() = fake_idf::Flash();
    shown.clear();
    settings_ = store_.change(
        [](Settings& s) { s.server.host = Text<max_host_length>(std::string_view("photos.example.org")); });
  }
  void answer(int status, const std::string& body) {
    FakeConnection connection;
    connection.replies.push_back(
        {0,
         "HTTP/1.1 " + std::to_string(status) +
             " X\r\nConnection: close\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body,
         1});
    stream_.script.push_back(connection);
  }
  bool run() {
    return claim({clock_, random_, stream_, store_}, settings_, "T-SIM7600",
                 [](std::string_view sentence) { shown.emplace_back(sentence); });
  }

  FakeClock clock_;
  FakeRandom random_;
  FakeStream stream_{clock_};
  SettingsStore store_;
  Settings settings_;
};

TEST_F(ClaimTest, ShowsTheCodeUntilItIsAccepted) {
  answer(202, R"({"state":"waiting","code":"K7PM-4QXR","ask_again_s":5})");
  answer(200, R"({"state":"accepted","name":"Orchard"})");
  ASSERT_TRUE(run());
  EXPECT_EQ(shown, std::vector<std::string>{"Type this code in the dashboard, at Cameras: K7PM-4QXR"});
  EXPECT_TRUE(store_.load().claimed);
  EXPECT_EQ(store_.load().key.view().substr(0, 4), "cam_");
  EXPECT_EQ(store_.load().key.view(), settings_.key.view());
}

TEST_F(ClaimTest, ItsKeyStaysTheSameOverRestarts) {
  settings_ = store_.change([](Settings& s) { s.key = Text<max_key_length>(std::string_view("cam_mine")); });
  answer(200, R"({"state":"accepted","name":"Orchard"})");
  ASSERT_TRUE(run());
  EXPECT_EQ(store_.load().key.view(), "cam_mine");
  EXPECT_NE(stream_.received[0].find("Bearer cam_mine"), std::string::npos);
}

TEST_F(ClaimTest, AServerThatIsAwayIsAskedAgainAndOneThatRefusesIsNot) {
  FakeConnection refused;
  refused.refused = true;
  stream_.script.push_back(refused);
  answer(404, "{}");
  EXPECT_FALSE(run());
  ASSERT_EQ(shown.size(), 2U);
  EXPECT_EQ(shown[0].substr(0, 19), "Not announced yet: ");
  EXPECT_FALSE(store_.load().claimed);
}

}  // namespace
}  // namespace heliograph::firmware
