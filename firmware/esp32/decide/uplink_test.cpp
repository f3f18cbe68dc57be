#include "firmware/esp32/decide/uplink.hpp"

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

constexpr std::int64_t hour_ms = 3'600'000;

TEST(UplinkChoice, AModemAloneIsUsedAtOnceAndSparedWhenItMustBe) {
  UplinkChoice choice(0, usual_wifi_patience_ms);
  LinkView view;
  EXPECT_EQ(choice.next(view, 0), (LinkWish{false, false, false}));
  view.has_modem = true;
  EXPECT_EQ(choice.next(view, 0), (LinkWish{false, true, true}));
  view.low_load = true;
  EXPECT_EQ(choice.next(view, 0), (LinkWish{false, false, false}));
  view.low_load = false;
  view.modem_spared = true;
  EXPECT_EQ(choice.next(view, 0), (LinkWish{false, false, false}));
}

TEST(UplinkChoice, WifiFirstThenTheModemUntilWifiHasHeld) {
  UplinkChoice choice(0, usual_wifi_patience_ms);
  LinkView view;
  view.has_wifi = view.has_modem = true;
  EXPECT_EQ(choice.next(view, usual_wifi_patience_ms - 1), (LinkWish{true, false, false}));
  EXPECT_EQ(choice.next(view, usual_wifi_patience_ms), (LinkWish{true, true, true}));
  view.wifi_up = true;
  const std::int64_t back_ms = usual_wifi_patience_ms + 1'000;
  EXPECT_EQ(choice.next(view, back_ms), (LinkWish{true, true, false}));
  view.wifi_up = false;  // it did not hold
  EXPECT_EQ(choice.next(view, back_ms + 1'000), (LinkWish{true, true, true}));
  view.wifi_up = true;
  choice.next(view, back_ms + 2'000);
  EXPECT_EQ(choice.next(view, back_ms + 2'000 + wifi_proof_ms), (LinkWish{true, false, false}));
  view.wifi_up = false;
  EXPECT_EQ(choice.next(view, back_ms + 3'000 + wifi_proof_ms), (LinkWish{true, false, false}));
}

TEST(UplinkChoice, AnAnswerOverWifiIsProof) {
  UplinkChoice choice(0, usual_wifi_patience_ms);
  LinkView view;
  view.has_wifi = view.has_modem = true;
  choice.next(view, usual_wifi_patience_ms);
  choice.answered_over_wifi(usual_wifi_patience_ms);
  EXPECT_FALSE(choice.next(view, usual_wifi_patience_ms).modem);
}

TEST(UplinkChoice, WithoutAModemThereIsNone) {
  UplinkChoice choice(0, 0);
  LinkView view;
  view.has_wifi = true;
  EXPECT_EQ(choice.next(view, 24 * hour_ms), (LinkWish{true, false, false}));
}

TEST(Outage, LinksThenModemThenBoardAndEachRoundTwiceAsPatient) {
  Outage first(0, 60'000, 0);
  EXPECT_EQ(first.next(min_outage_ms - 1), OutageStep::none);
  EXPECT_EQ(first.next(min_outage_ms), OutageStep::restart_links);
  EXPECT_EQ(first.next(min_outage_ms), OutageStep::none);
  EXPECT_EQ(first.next(min_outage_ms + outage_step_ms), OutageStep::cycle_modem);
  EXPECT_EQ(first.next(min_outage_ms + 2 * outage_step_ms), OutageStep::restart_board);
  EXPECT_EQ(first.restarts(), 1U);
  Outage second(0, 60'000, first.restarts());
  EXPECT_EQ(second.next(2 * min_outage_ms - 1), OutageStep::none);
  EXPECT_EQ(second.next(2 * min_outage_ms), OutageStep::restart_links);
  Outage last(0, 60'000, 4'000'000'000U);
  EXPECT_EQ(last.next(max_outage_ms - 1), OutageStep::none);
  EXPECT_EQ(last.next(max_outage_ms), OutageStep::restart_links);
  last.answered(max_outage_ms);
  EXPECT_EQ(last.restarts(), 0U);
  EXPECT_EQ(last.next(max_outage_ms + min_outage_ms - 1), OutageStep::none);
  EXPECT_EQ(last.next(max_outage_ms + min_outage_ms), OutageStep::restart_links);
}

TEST(Outage, RarePicturesMakeItMorePatient) {
  Outage rare(0, hour_ms, 0);
  EXPECT_EQ(rare.next(20 * hour_ms - 1), OutageStep::none);
  EXPECT_EQ(rare.next(20 * hour_ms), OutageStep::restart_links);
  Outage daily(0, 24 * hour_ms, 0);
  EXPECT_EQ(daily.next(max_outage_ms), OutageStep::restart_links);
}

TEST(Stagger, OneLoadAtATimeAndAPauseBetween) {
  Stagger stagger;
  EXPECT_TRUE(stagger.begin(Load::modem, 0));
  EXPECT_TRUE(stagger.begin(Load::modem, 10));  // it is starting
  EXPECT_FALSE(stagger.begin(Load::radio, 10));
  stagger.ended(Load::radio, 20);  // it never began
  EXPECT_TRUE(stagger.busy());
  EXPECT_FALSE(stagger.begin(Load::radio, 20));
  stagger.ended(Load::modem, 1'000);
  EXPECT_FALSE(stagger.begin(Load::radio, 1'000 + load_gap_ms - 1));
  EXPECT_TRUE(stagger.begin(Load::radio, 1'000 + load_gap_ms));
}

}  // namespace
}  // namespace heliograph::firmware
