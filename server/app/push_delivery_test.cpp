// What is sent, and what comes of it: tests/test_push.py.
#include "server/app/push_delivery.hpp"

#include "server/app/alert_watch.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::app {
namespace {

using namespace std::chrono_literals;
using cameras::AlertKind;
using cameras::AlertNews;

constexpr Timestamp now = from_ms(1'795'348'800'000);

TEST(PushDelivery, TriesAgainLessAndLessOftenForADay) {
  struct Case {
    int attempts;
    std::chrono::milliseconds age;
    std::chrono::seconds wish;
    std::optional<std::chrono::seconds> expected;
  };
  for (const Case& c : {
           Case{1, 0min, 0s, 1min},
           Case{2, 1min, 0s, 2min},
           Case{4, 7min, 0s, 8min},
           Case{6, 31min, 0s, 32min},
           Case{7, 63min, 0s, 60min},
           Case{1000, 20h, 0s, 60min},
           Case{1, 0min, 10min, 10min},  // as the service wishes
           Case{6, 31min, 10min, 32min},
           Case{9, 22h, 0s, 60min},
           Case{9, 23h, 0s, std::nullopt},  // it would be no news any more
           Case{1, 0min, 24h, std::nullopt},
       }) {
    catalog::PushMessage message;
    message.attempts = c.attempts;
    message.created_at = now - c.age;
    const auto next = next_try(message, c.wish, now);
    EXPECT_EQ(next, c.expected ? std::optional<Timestamp>(now + *c.expected) : std::nullopt) << c.attempts;
  }
}

TEST(AlertNews, IsToldToWhoMayKnowAndWants) {
  const CameraId farm{1};
  const CameraId elsewhere{2};
  const std::vector<AlertNews> news{{farm, "farm", AlertKind::silent, "", false, now},
                                    {elsewhere, "elsewhere", AlertKind::silent, "", false, now},
                                    {farm, "farm", AlertKind::battery, "", false, now},
                                    {std::nullopt, "", AlertKind::storage, "", false, now}};
  const auto told = [&](const catalog::Visit& visit, const std::vector<std::string>& kinds) {
    std::string told;
    for (const AlertNews& one : news_for(accounts::visitor_of(visit), kinds, news)) {
      told += std::string(to_string(one.kind)) + " " + one.camera_name + ";";
    }
    return told;
  };
  const std::vector<std::string> all{"silent", "battery", "storage"};
  const auto everywhere = [](catalog::Role role) {
    return catalog::Visit{PersonId{1}, "anna", {{catalog::every_camera, role}}, {}};
  };
  const catalog::Visit of_the_farm{PersonId{1},
                                   "anna",
                                   {{GroupId{5}, catalog::Role::administrator}},
                                   {{farm, catalog::Role::administrator}}};
  EXPECT_EQ(told(everywhere(catalog::Role::administrator), all),
            "silent farm;silent elsewhere;battery farm;storage ;");
  EXPECT_EQ(told(everywhere(catalog::Role::operator_role), all),
            "silent farm;silent elsewhere;battery farm;");
  EXPECT_EQ(told(of_the_farm, all), "silent farm;battery farm;");
  EXPECT_EQ(told(of_the_farm, {"silent"}), "silent farm;");
  EXPECT_EQ(told({PersonId{1}, "anna", {}, {}}, all), "");
  EXPECT_EQ(told(of_the_farm, {}), "");
}

}  // namespace
}  // namespace heliograph::app
