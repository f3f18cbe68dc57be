#include "server/cameras/alert_messages.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::cameras {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr Timestamp now = from_ms(1'795'348'800'000);

AlertNews of_camera(std::int64_t id, AlertKind kind, bool over = false, bool fresh = true) {
  return {CameraId{id}, "Weir " + std::to_string(id), kind, "It was last heard 20 minutes ago.", over, now,
          fresh};
}

std::vector<std::string> titles(const std::vector<AlertNews>& news) {
  std::vector<std::string> titles;
  for (const AlertMessage& message : messages_of(news)) titles.push_back(message.title);
  return titles;
}

TEST(AlertMessages, TellOfOneCamera) {
  const auto messages = messages_of(std::vector{of_camera(1, AlertKind::silent)});
  EXPECT_THAT(messages, ElementsAre(AlertMessage{.topic = "0000000000001-silent",
                                                 .title = "Weir 1 fell silent",
                                                 .body = "It was last heard 20 minutes ago.",
                                                 .kind = AlertKind::silent,
                                                 .over = false,
                                                 .camera = CameraId{1},
                                                 .url = "/?page=camera&camera=0000000000001",
                                                 .at = now}));
}

TEST(AlertMessages, ThatItIsOverTakesThePlaceOfTheFirst) {
  const auto over = messages_of(std::vector{of_camera(1, AlertKind::silent, true)});
  ASSERT_THAT(over, SizeIs(1));
  EXPECT_EQ(over[0].title, "Weir 1 is back");
  EXPECT_TRUE(over[0].over);
  EXPECT_EQ(over[0].topic, messages_of(std::vector{of_camera(1, AlertKind::silent)})[0].topic);
}

TEST(AlertMessages, TellOfManyAtOnce) {
  std::vector<AlertNews> news;
  for (int id = 1; id <= 12; ++id) news.push_back(of_camera(id, AlertKind::silent));
  news.push_back(of_camera(1, AlertKind::battery));
  const auto messages = messages_of(news);
  ASSERT_THAT(messages, SizeIs(2));
  EXPECT_EQ(messages[0].title, "12 cameras fell silent");
  EXPECT_EQ(messages[0].body, "Weir 1, Weir 2, Weir 3, and 9 more.");
  EXPECT_EQ(messages[0].url, "/?page=fleet");
  EXPECT_EQ(messages[0].topic, "many-silent");
  EXPECT_EQ(messages[0].camera, std::nullopt);
  EXPECT_EQ(messages[1].title, "Weir 1 has a low battery");
}

TEST(AlertMessages, TellOfAFleetThatGoesOneAfterTheOtherOnceItIsOne) {
  std::vector<AlertNews> news{of_camera(1, AlertKind::silent), of_camera(2, AlertKind::silent)};
  EXPECT_THAT(titles(news), ElementsAre("Weir 1 fell silent", "Weir 2 fell silent"));
  for (AlertNews& one : news) one.fresh = false;
  EXPECT_THAT(titles(news), IsEmpty()) << "told of already";
  news.push_back(of_camera(3, AlertKind::silent));
  EXPECT_THAT(titles(news), ElementsAre("Weir 3 fell silent"));
  news.push_back(of_camera(4, AlertKind::silent));
  EXPECT_THAT(titles(news), ElementsAre("4 cameras fell silent"));
  EXPECT_THAT(titles({of_camera(1, AlertKind::silent, true), of_camera(2, AlertKind::silent, true),
                      of_camera(3, AlertKind::silent, true), of_camera(4, AlertKind::silent, true)}),
              ElementsAre("4 cameras are back"));
}

TEST(AlertMessages, OfTheServerLeadWhereSomebodyCanDoSomething) {
  const auto messages = messages_of(
      std::vector<AlertNews>{{std::nullopt, "", AlertKind::storage, "4 GiB are left.", false, now},
                             {std::nullopt, "", AlertKind::certificate, "It ends.", true, now}});
  ASSERT_THAT(messages, SizeIs(2));
  EXPECT_EQ(messages[0].title, "The disk is nearly full");
  EXPECT_EQ(messages[0].url, "/?page=storage");
  EXPECT_EQ(messages[1].title, "The certificate was renewed");
  EXPECT_EQ(messages[1].url, "/?page=server");
}

TEST(AlertMessages, FitWhateverACameraIsCalled) {
  for (const AlertKind kind : all_alert_kinds()) {
    for (const bool over : {false, true}) {
      AlertNews news = of_camera(1, kind, over);
      if (!is_of_a_camera(kind)) news.camera.reset();
      news.camera_name = std::string(255, '\n');
      news.detail = std::string(200, '"');
      const AlertMessage message = messages_of({&news, 1}).front();
      EXPECT_LE(message.topic.size(), 32U);
      EXPECT_LE(message.title.size(), 120U);
      EXPECT_LE(to_json(message).size(), 2048U);
      EXPECT_THAT(message.url, testing::StartsWith("/?page="));
    }
  }
}

TEST(AlertMessages, AreJson) {
  EXPECT_EQ(to_json(messages_of(std::vector{of_camera(1, AlertKind::silent)})[0]),
            R"({"title":"Weir 1 fell silent","body":"It was last heard 20 minutes ago.","kind":"silent",)"
            R"("state":"open","camera_id":"0000000000001","url":"/?page=camera&camera=0000000000001",)"
            R"("tag":"0000000000001-silent","at":1795348800000})");
  const std::string trial = to_json(trial_message(now));
  EXPECT_THAT(trial, HasSubstr(R"("camera_id":null)"));
  EXPECT_THAT(trial, HasSubstr(R"("tag":"trial")"));
}

}  // namespace
}  // namespace heliograph::cameras
