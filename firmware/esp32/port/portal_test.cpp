#include "firmware/esp32/port/portal.hpp"

#include "firmware/esp32/fake_idf/fake_flash.hpp"
#include "firmware/esp32/fake_idf/fake_web.hpp"
#include "tests/support/temporary_directory.hpp"

#include <string>

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

using fake_idf::ask;

struct Taker final : PictureTaker {
  Bytes take_picture() override { return {picture.data(), picture.size()}; }
  std::string_view error_text() const override { return "the sensor does not answer"; }
  std::string picture = "JPEG";
};

class PortalTest : public testing::Test {
 protected:
  PortalTest() {
    fake_idf::flash() = fake_idf::Flash();
    album_.open();
    portal_.open();
  }
  bool was_told() {
    LinkEvent event;
    return events_.take(event, 0) && event.kind == LinkEvent::Kind::settings;
  }

  const TemporaryDirectory place_;
  const std::string base_ = place_.path().string();
  SettingsStore store_;
  LinkEvents events_;
  StateText state_;
  Album album_{base_.c_str()};
  Taker taker_;
  Portal portal_{{store_, events_, state_, &album_, &taker_}};
};

TEST_F(PortalTest, APhoneIsLedToThePage) {
  const auto page = ask(HTTP_GET, "/");
  EXPECT_EQ(page.type, "text/html; charset=utf-8");
  EXPECT_NE(page.body.find("Take a picture"), std::string::npos);
  const auto probe = ask(HTTP_GET, "/generate_204");
  EXPECT_EQ(probe.status, "302 Found");
  EXPECT_EQ(probe.fields.at("Location"), "http://192.168.4.1/");
  EXPECT_EQ(ask(HTTP_POST, "/generate_204").status, "404 Not Found");
  portal_.close();
  EXPECT_FALSE(fake_idf::server_runs());
}

TEST_F(PortalTest, ANetworkIsEntered) {
  const auto answer = ask(HTTP_POST, "/wifi", "wifi=Obst+garten&password=pass%26word");
  EXPECT_EQ(answer.status, "200 OK");
  EXPECT_EQ(store_.load().wifi.name.view(), "Obst garten");
  EXPECT_EQ(store_.load().wifi.password.view(), "pass&word");
  EXPECT_TRUE(was_told());
  ask(HTTP_POST, "/wifi", "wifi=barn&password=password");
  EXPECT_EQ(store_.load().wifi_before.name.view(), "Obst garten");
}

TEST_F(PortalTest, WhatIsNoNetworkChangesNothing) {
  const std::string tail = std::string(65, 'p');
  for (const std::string& form :
       {std::string(""), std::string("wifi=&password=password"), std::string("wifi=a&password=short"),
        std::string("wifi=a"), "wifi=a&password=" + tail, std::string("wifi=a%0ab&password="),
        "wifi=a&password=" + std::string(max_portal_form, 'p')}) {
    EXPECT_EQ(ask(HTTP_POST, "/wifi", form).status, "400 Bad Request") << form.substr(0, 40);
  }
  EXPECT_EQ(ask(HTTP_POST, "/wifi", "wifi=garden&password=password", 10).status, "400 Bad Request");
  EXPECT_TRUE(store_.load().wifi.empty());
  EXPECT_FALSE(was_told());
}

TEST_F(PortalTest, AServerIsEntered) {
  EXPECT_EQ(ask(HTTP_POST, "/server", "server=http%3A%2F%2F192.0.2.10%3A8080&key=cam_x&apn=internet&pin=1234")
                .status,
            "200 OK");
  Settings settings = store_.load();
  EXPECT_EQ(settings.server.host.view(), "192.0.2.10");
  EXPECT_EQ(settings.server.port, 8080);
  EXPECT_FALSE(settings.server.tls);
  EXPECT_EQ(settings.key.view(), "cam_x");
  EXPECT_TRUE(settings.claimed);
  EXPECT_EQ(settings.apn.view(), "internet");
  EXPECT_EQ(settings.pin.view(), "1234");
  EXPECT_TRUE(was_told());

  ask(HTTP_POST, "/server", "server=photos.example.org&key=&apn=&pin=");
  settings = store_.load();
  EXPECT_EQ(settings.key.view(), "cam_x");  // it keeps its key, and is announced with it
  EXPECT_FALSE(settings.claimed);
  EXPECT_EQ(ask(HTTP_POST, "/server", "server=http%3A%2F%2F").status, "400 Bad Request");
  EXPECT_EQ(store_.load().server.host.view(), "photos.example.org");
  ask(HTTP_POST, "/server", "server=");
  EXPECT_TRUE(store_.load().server.empty());
}

TEST_F(PortalTest, AnAuthorityIsPastedAndTakenBack) {
  const std::string pem = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----";
  char kept[max_nvs_value];
  store_.save_roots("of the server before");
  EXPECT_EQ(ask(HTTP_POST, "/authority", pem).status, "200 OK");
  EXPECT_EQ(store_.load_authority(kept, sizeof kept), pem + '\0');
  EXPECT_EQ(store_.authorities_saved(), 1U);
  EXPECT_EQ(store_.roots_size(), 0U);
  for (const std::string& wrong :
       {std::string("MIIB"), pem.substr(0, 40), "-----BEGIN EC PRIVATE KEY-----\nMIIB\n" + pem}) {
    EXPECT_EQ(ask(HTTP_POST, "/authority", wrong).status, "400 Bad Request") << wrong;
  }
  EXPECT_EQ(ask(HTTP_POST, "/authority", pem, 10).status, "400 Bad Request") << "it broke off";
  EXPECT_EQ(ask(HTTP_POST, "/authority", std::string(max_nvs_value, 'A')).status, "413 Content Too Large");
  EXPECT_EQ(store_.load_authority(kept, sizeof kept), pem + '\0');
  EXPECT_EQ(ask(HTTP_POST, "/authority", "").status, "200 OK");
  EXPECT_EQ(store_.load_authority(kept, sizeof kept), "");
}

TEST_F(PortalTest, AnotherServersRootsAreForgotten) {
  ask(HTTP_POST, "/server", "server=photos.example.org&key=cam_x&apn=&pin=");
  store_.save_roots("of that server");
  ask(HTTP_POST, "/server", "server=photos.example.org&key=cam_y&apn=&pin=");
  EXPECT_GT(store_.roots_size(), 0U);
  ask(HTTP_POST, "/server", "server=elsewhere.example.org&key=cam_x&apn=&pin=");
  EXPECT_EQ(store_.roots_size(), 0U);
}

TEST_F(PortalTest, TellsHowItIsAndWhichNetworksThereAre) {
  state_.set("Type this code: \"K7Q2\"\n");
  EXPECT_EQ(ask(HTTP_GET, "/state").body, R"({"text":"Type this code: \"K7Q2\"\u000a","alone":true})");
  EXPECT_EQ(ask(HTTP_GET, "/networks").body, R"({"networks":["Garden \"2\""]})");
}

TEST_F(PortalTest, APictureIsTakenListedSeenAndDeleted) {
  EXPECT_EQ(ask(HTTP_GET, "/pictures").body, R"({"pictures":[]})");
  EXPECT_EQ(ask(HTTP_POST, "/pictures").body, "00000001.JPG");
  taker_.picture = std::string(5'000, 'x');
  EXPECT_EQ(ask(HTTP_POST, "/pictures").body, "00000002.JPG");
  EXPECT_EQ(ask(HTTP_GET, "/pictures").body, R"({"pictures":["00000002.JPG","00000001.JPG"]})");
  const auto picture = ask(HTTP_GET, "/pictures/00000002.JPG?download");
  EXPECT_EQ(picture.type, "image/jpeg");
  EXPECT_EQ(picture.body, taker_.picture);
  EXPECT_EQ(ask(HTTP_DELETE, "/pictures/00000002.JPG").status, "200 OK");
  EXPECT_EQ(ask(HTTP_DELETE, "/pictures/00000002.JPG").status, "404 Not Found");
  EXPECT_EQ(ask(HTTP_GET, "/pictures/00000002.JPG").status, "404 Not Found");
  place_.write("secret", "secret");
  EXPECT_EQ(ask(HTTP_GET, "/pictures/../secret").status, "404 Not Found");
}

TEST_F(PortalTest, APictureThatCannotBeTakenOrKeptSaysWhy) {
  taker_.picture.clear();
  EXPECT_EQ(ask(HTTP_POST, "/pictures").body, "the sensor does not answer");
  taker_.picture = "JPEG";
  std::filesystem::remove_all(place_.path() / "PHOTOS");
  EXPECT_EQ(ask(HTTP_POST, "/pictures").status, "507 Insufficient Storage");
}

TEST_F(PortalTest, ACameraWithAServerHasNoGallery) {
  portal_.close();
  Portal portal({store_, events_, state_});
  portal.open();
  EXPECT_EQ(ask(HTTP_GET, "/pictures").status, "404 Not Found");
  EXPECT_EQ(ask(HTTP_POST, "/pictures").status, "404 Not Found");
  EXPECT_EQ(ask(HTTP_DELETE, "/pictures/00000001.JPG").status, "404 Not Found");
  EXPECT_NE(ask(HTTP_GET, "/state").body.find("\"alone\":false"), std::string::npos);
}

}  // namespace
}  // namespace heliograph::firmware
