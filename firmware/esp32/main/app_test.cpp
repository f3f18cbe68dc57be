// The whole program of an ESP32-CAM, on the fake board: what it is made of fits together, and it comes up.
#include "firmware/esp32/main/app.hpp"

#include "firmware/esp32/fake_idf/fake_flash.hpp"
#include "firmware/esp32/fake_idf/fake_os.hpp"
#include "firmware/esp32/fake_idf/fake_radio.hpp"
#include "firmware/esp32/fake_idf/fake_web.hpp"
#include "firmware/esp32/fake_idf/fake_wires.hpp"

#include <esp_timer.h>
#include <fcntl.h>
#include <functional>
#include <memory>
#include <string>
#include <unistd.h>
#include <vector>

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

using fake_idf::ask;
using fake_idf::chip;

// The end of a test, from within the program's loop.
struct Enough : std::exception {};

class AppTest : public testing::Test {
 protected:
  AppTest() {
    fake_idf::hold_time(1'000);
    fake_idf::flash() = fake_idf::Flash();
    fake_idf::reset_radio();
    fake_idf::card_slot() = {};
    fake_idf::card_slot().has_card = false;
    fake_idf::sensor_chip() = {};
    chip() = {};
    save_retained(Retained{});
    const int nothing = ::open("/dev/null", O_RDONLY);
    ::dup2(nothing, STDIN_FILENO);
    ::close(nothing);
  }
  ~AppTest() override { fake_idf::end_time(); }

  // Runs the program; each time that it feeds its watchdog, `step` is done with the count of that.
  void run(const std::function<void(int)>& step) {
    int count = 0;
    chip().each_feed = [&] { step(++count); };
    const auto app = std::make_unique<App>();
    app->run();
  }
  void enter_server() {
    SettingsStore().change([](Settings& settings) {
      settings.wifi = {Text<32>(std::string_view("garden")), Text<64>(std::string_view("password"))};
      settings.server.host = Text<max_host_length>(std::string_view("photos.example.org"));
    });
  }
};

TEST_F(AppTest, ANewBoardStandsAloneAndIsSetUpByAPhone) {
  EXPECT_THROW(run([](int count) {
                 if (count == 3) {
                   EXPECT_TRUE(fake_idf::radio().has_guests_network);
                   EXPECT_NE(ask(HTTP_GET, "/state").body.find("\"alone\":true"), std::string::npos);
                   EXPECT_EQ(ask(HTTP_POST, "/pictures").status, "503 Service Unavailable");
                   ask(HTTP_POST, "/server", "server=photos.example.org");
                 }
                 if (count > 20) throw Enough();
               }),
               fake_idf::Restarted);
  EXPECT_TRUE(chip().tasks.empty());
  EXPECT_EQ(SettingsStore().load().server.host.view(), "photos.example.org");
}

TEST_F(AppTest, WithAServerItsAgentRunsAndItsPageCloses) {
  enter_server();
  EXPECT_THROW(run([](int count) {
                 EXPECT_EQ(fake_idf::server_runs(), false);
                 if (count > 50) throw Enough();
               }),
               Enough);
  EXPECT_EQ(chip().tasks, std::vector<std::string>{"agent"});
  EXPECT_TRUE(fake_idf::radio().has_address);
  EXPECT_EQ(fake_idf::radio().attempts, 1);
}

TEST_F(AppTest, ANetworkThatRefusesThePasswordOpensThePageForFiveMinutes) {
  enter_server();
  fake_idf::radio().lets_in = false;
  fake_idf::radio().refusal = 202;
  bool was_open = false;
  std::int64_t opened_ms = 0;
  EXPECT_THROW(run([&](int) {
                 const std::int64_t now_ms = esp_timer_get_time() / 1000;
                 if (fake_idf::server_runs() && !was_open) opened_ms = now_ms;
                 if (was_open && !fake_idf::server_runs()) throw Enough();
                 was_open = fake_idf::server_runs();
                 if (now_ms > 3'600'000) throw fake_idf::SleptDeeply();  // it stays open, or never opened
               }),
               Enough);
  const std::int64_t open_for_ms = esp_timer_get_time() / 1000 - opened_ms;
  EXPECT_GE(open_for_ms, bad_password_portal_ms - 1'000);
  EXPECT_LE(open_for_ms, bad_password_portal_ms + 10'000);
}

TEST_F(AppTest, AfterFourCrashesTheSensorIsLeftAloneForAnHour) {
  enter_server();
  Retained retained;
  retained.crashes = crash_loop_limit - 1;
  save_retained(retained);
  chip().reset = ESP_RST_PANIC;
  EXPECT_THROW(run([](int) {}), fake_idf::Restarted);
  EXPECT_EQ(fake_idf::sensor_chip().starts, 0);
  EXPECT_EQ(chip().tasks, std::vector<std::string>{"agent"});
  EXPECT_GE(esp_timer_get_time() / 1000, safe_mode_ms);
  EXPECT_EQ(load_retained().crashes, 0U);
}

}  // namespace
}  // namespace heliograph::firmware
