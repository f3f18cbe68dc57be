#include "firmware/esp32/port/network.hpp"

#include "firmware/core/platform/fake_random.hpp"
#include "firmware/esp32/boards/t_sim7600.hpp"
#include "firmware/esp32/fake_idf/fake_flash.hpp"
#include "firmware/esp32/fake_idf/fake_os.hpp"
#include "firmware/esp32/fake_idf/fake_radio.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

using fake_idf::modem_world;
using fake_idf::radio;

constexpr std::int64_t minute_ms = 60'000;
constexpr std::int64_t hour_ms = 60 * minute_ms;

// A board with a radio and a modem that do what a test says, in time that passes only while it waits.
class NetworkTest : public testing::Test {
 protected:
  NetworkTest() {
    fake_idf::hold_time(1'000);
    random_.value = 123'456'789;  // pauses are some part of what they may be, and never nothing
    fake_idf::reset_radio();
    fake_idf::flash() = fake_idf::Flash();
  }
  ~NetworkTest() override { fake_idf::end_time(); }

  void begin(const char* wifi_name, bool with_modem = true) {
    store_.change([&](Settings& settings) {
      settings.wifi = {Text<32>(std::string_view(wifi_name)), Text<64>(std::string_view("password"))};
      settings.server.host = Text<max_host_length>(std::string_view("photos.example.org"));
    });
    restart(with_modem);
  }
  void restart(bool with_modem = true) {
    network_.reset();
    clock_.emplace(time_);
    wifi_.emplace(events_);
    wifi_->open();
    if (with_modem) {
      modem_.emplace(t_sim7600_board().modem, "internet", pin_, events_);
      modem_->open();
    }
    NetworkStart start;
    start.settings = store_.load();
    start.interval_ms = minute_ms;
    start.low_load = low_load_;
    network_.emplace(
        NetworkPlatform{*clock_, time_, random_, events_, *wifi_, with_modem ? &*modem_ : nullptr, store_},
        start);
  }

  std::int64_t now_ms() const { return clock_->mono_ms(); }
  // Lets time pass. `heard`: the server answers once a minute whatever is sent; otherwise it is missed.
  void run_for(std::int64_t ms, bool heard = true) {
    const std::int64_t end_ms = now_ms() + ms;
    std::int64_t next_word_ms = now_ms();
    while (now_ms() < end_ms) {
      if (now_ms() >= next_word_ms) {
        const bool answered = heard && network_->is_up();
        events_.tell(answered ? LinkEvent::Kind::reached : LinkEvent::Kind::missed);
        next_word_ms += minute_ms;
      }
      network_->run_once(1'000);
    }
  }

  LinkEvents events_;
  FakeRandom random_;
  SettingsStore store_;
  std::string pin_;
  bool low_load_ = false;
  KnownTime time_{false};
  std::optional<BoardClock> clock_;
  std::optional<WifiStation> wifi_;
  std::optional<Modem> modem_;
  std::optional<Network> network_;
};

TEST_F(NetworkTest, WifiComesUpAndTheModemStaysOff) {
  begin("garden");
  run_for(2 * hour_ms);
  EXPECT_TRUE(network_->is_up());
  EXPECT_FALSE(network_->is_metered());
  EXPECT_EQ(network_->signal_dbm(), -61);
  EXPECT_EQ(radio().name, "garden");
  EXPECT_EQ(radio().attempts, 1);
  EXPECT_FALSE(modem_world().powered);
}

TEST_F(NetworkTest, WifiThatGoesAwayIsTriedForEverAndComesBack) {
  begin("garden", /*with_modem=*/false);
  radio().lets_in = false;
  run_for(10 * minute_ms);
  EXPECT_GT(radio().attempts, 10);
  EXPECT_GT(radio().full_scans, 1);
  EXPECT_GT(radio().starts, 1);
  EXPECT_FALSE(network_->wants_portal());
  radio().lets_in = true;
  run_for(10 * minute_ms);
  EXPECT_TRUE(network_->is_up());
}

TEST_F(NetworkTest, ABadPasswordOpensThePortalAndIsTriedOn) {
  begin("garden", /*with_modem=*/false);
  radio().lets_in = false;
  radio().refusal = 202;
  run_for(minute_ms);
  EXPECT_TRUE(network_->wants_portal());
  const int attempts = radio().attempts;
  run_for(hour_ms);
  EXPECT_GT(radio().attempts, attempts + 5);
  EXPECT_LT(radio().attempts, attempts + 13);
}

// Dialled in it cannot be asked: what it told is right for a while.
TEST_F(NetworkTest, WhatTheModemToldIsForgottenWhenItIsOld) {
  begin("garden");
  radio().lets_in = false;
  run_for(35 * minute_ms);
  ASSERT_TRUE(network_->is_metered());
  ASSERT_EQ(network_->signal_dbm(), -79);
  run_for(max_signal_age_ms);
  EXPECT_TRUE(network_->is_metered()) << "it is dialled in all the while";
  EXPECT_EQ(network_->signal_dbm(), 0);
  EXPECT_TRUE(network_->fix());
  run_for(max_fix_age_ms);
  EXPECT_TRUE(network_->is_metered());
  EXPECT_FALSE(network_->fix());
}

TEST_F(NetworkTest, TheModemTakesOverAfterHalfAnHourAndRestsWhenWifiHolds) {
  begin("garden");
  radio().lets_in = false;
  run_for(29 * minute_ms);
  EXPECT_FALSE(modem_world().powered);
  run_for(5 * minute_ms);
  EXPECT_TRUE(network_->is_up());
  EXPECT_TRUE(network_->is_metered());
  EXPECT_EQ(fake_idf::default_network(), "ppp");
  EXPECT_EQ(network_->signal_dbm(), -79);
  EXPECT_EQ(modem_world().baud, fast_baud);
  EXPECT_EQ(modem_world().board_baud, fast_baud);
  EXPECT_EQ(network_->fix()->lat_e7, 450700780);
  EXPECT_TRUE(clock_->wall_ms());  // the mobile network has told it
  radio().lets_in = true;
  run_for(10 * minute_ms);
  EXPECT_FALSE(network_->is_metered());
  EXPECT_EQ(fake_idf::default_network(), "wifi");
  EXPECT_FALSE(modem_world().powered);
}

TEST_F(NetworkTest, WithoutWifiTheModemIsUsedAtOnce) {
  begin("");
  run_for(minute_ms);
  EXPECT_TRUE(network_->is_metered());
  EXPECT_EQ(radio().starts, 0);
  network_->spare_modem(true);
  run_for(minute_ms);
  EXPECT_FALSE(modem_world().powered);
}

TEST_F(NetworkTest, AModemThatWasLeftDialledInAtTheFastRateIsBroughtBackWithoutItsKey) {
  modem_world().powered = true;
  modem_world().in_data_mode = true;
  modem_world().baud = fast_baud;
  fake_idf::pin_levels()[34] = 1;
  begin("");
  run_for(minute_ms);
  EXPECT_TRUE(network_->is_metered());
  EXPECT_TRUE(modem_world().powered);
}

TEST_F(NetworkTest, AModemThatHangsIsPowerCycled) {
  begin("");
  run_for(minute_ms);
  ASSERT_TRUE(network_->is_metered());
  modem_world().hung = true;  // until its power was gone
  run_for(5 * minute_ms, /*heard=*/false);
  EXPECT_FALSE(modem_world().hung);
  run_for(5 * minute_ms);
  EXPECT_TRUE(network_->is_metered());
}

TEST_F(NetworkTest, AConnectionThatFallsIsMadeAnewWithNewObjects) {
  begin("");
  run_for(minute_ms);
  const auto dials = [] {
    return std::count(modem_world().asked.begin(), modem_world().asked.end(), "dial");
  };
  ASSERT_EQ(dials(), 1);
  events_.tell(LinkEvent::Kind::modem_lost);
  run_for(minute_ms);
  EXPECT_EQ(dials(), 2);
  EXPECT_TRUE(network_->is_metered());
  EXPECT_EQ(modem_world().objects, 1);
}

TEST_F(NetworkTest, APinIsTriedOnceForEachTimeThatPowerComes) {
  pin_ = "1234";
  modem_world().wants_pin = true;
  begin("");
  run_for(minute_ms);
  EXPECT_EQ(modem_world().pin_given, "1234");
  EXPECT_TRUE(network_->is_metered());
}

TEST_F(NetworkTest, ModemAndRadioDoNotStartTogether) {
  begin("garden");
  radio().lets_in = false;
  bool together = false;
  for (int i = 0; i < 3'000; ++i) {
    const int starts = radio().starts;
    const bool modem_starts = fake_idf::pin_levels()[4] == 1;  // its key is held
    network_->run_once(1'000);
    together = together ||
               (modem_starts && fake_idf::pin_levels()[4] == 1 && radio().starts != starts && starts == 0);
  }
  EXPECT_FALSE(together);
  EXPECT_TRUE(modem_world().powered);
}

TEST_F(NetworkTest, AfterABrownoutTheModemWaitsAMinuteAndTheRadioIsSoft) {
  low_load_ = true;
  begin("");
  run_for(low_load_ms - 1'000);
  EXPECT_FALSE(modem_world().powered);
  run_for(30'000);
  EXPECT_TRUE(modem_world().powered);
  begin("garden", /*with_modem=*/false);
  run_for(low_load_ms - 1'000);
  EXPECT_EQ(radio().power, low_power);
  run_for(2'000);
  EXPECT_EQ(radio().power, full_power);
}

TEST_F(NetworkTest, AnotherNetworkIsKeptWhenTheServerIsReachedOverIt) {
  begin("garden", /*with_modem=*/false);
  run_for(minute_ms);
  store_.change([](Settings& settings) {
    propose_wifi(settings, {Text<32>(std::string_view("barn")), Text<64>(std::string_view("password"))});
  });
  events_.tell(LinkEvent::Kind::settings);
  run_for(10 * minute_ms);
  EXPECT_EQ(radio().name, "barn");
  EXPECT_TRUE(store_.load().wifi_before.empty());
  EXPECT_EQ(store_.load().wifi.name.view(), "barn");
}

TEST_F(NetworkTest, AnotherNetworkIsGivenUpWhenItIsNot) {
  begin("garden", /*with_modem=*/false);
  run_for(minute_ms);
  store_.change([](Settings& settings) {
    propose_wifi(settings, {Text<32>(std::string_view("barn")), Text<64>(std::string_view("password"))});
  });
  events_.tell(LinkEvent::Kind::settings);
  run_for(wifi_trial_ms + minute_ms, /*heard=*/false);
  EXPECT_EQ(store_.load().wifi.name.view(), "garden");
  run_for(minute_ms);
  EXPECT_EQ(radio().name, "garden");
  EXPECT_TRUE(network_->is_up());
}

TEST_F(NetworkTest, ATrialOutlivesRestartsButNotForEver) {
  begin("garden", /*with_modem=*/false);
  store_.change([](Settings& settings) {
    propose_wifi(settings, {Text<32>(std::string_view("barn")), Text<64>(std::string_view("password"))});
  });
  radio().lets_in = false;
  for (int start = 0; start < 4; ++start) {
    EXPECT_EQ(store_.load().wifi.name.view(), "barn") << start;
    restart(/*with_modem=*/false);
    run_for(5'000, /*heard=*/false);
  }
  EXPECT_EQ(store_.load().wifi.name.view(), "garden");
}

TEST_F(NetworkTest, WhenNothingHelpsTheBoardRestartsAndNotBefore) {
  begin("garden");
  radio().lets_in = false;
  modem_world().dials = false;
  run_for(min_outage_ms, /*heard=*/false);
  EXPECT_FALSE(network_->wants_restart());
  run_for(2 * outage_step_ms + minute_ms, /*heard=*/false);
  EXPECT_TRUE(network_->wants_restart());
  EXPECT_EQ(network_->outage_restarts(), 1U);
}

}  // namespace
}  // namespace heliograph::firmware
