#include "firmware/core/claim.hpp"

#include "firmware/core/platform/fake_random.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

using ::testing::HasSubstr;
using State = ClaimAnswer::State;

ClaimAnswer answer_to(int status, const std::string& body, const std::string& headers = "") {
  HttpResponse response;
  const std::string text = "HTTP/1.1 " + std::to_string(status) +
                           " X\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + headers +
                           "\r\n" + body;
  response.feed(text.data(), text.size());
  return judge_claim(ExchangeStatus::answered, response, "");
}

// As `heliograph` makes and checks them: server/base/token.cpp.
TEST(CameraKeys, HaveTheServersForm) {
  FakeRandom random;
  random.value = 0;
  EXPECT_EQ(make_camera_key(random).view(), "cam_0000000000000000000000000000002C8GjS");
  random.value = 0xffffff3d;  // three of four bytes are thrown away
  EXPECT_EQ(make_camera_key(random).view().substr(0, 34), "cam_" + std::string(30, 'z'));
}

TEST(Claims, AnnounceWithTheKey) {
  ClaimRequest request;
  write_claim({"cameras.example", 443, true, "/base", "cam_x"}, "ESP32 \"one\"\n", request);
  EXPECT_EQ(request.body.view(), R"({"model":"ESP32 ?one??"})");
  EXPECT_THAT(std::string(request.head.view()),
              HasSubstr("POST /base/device/v1/claim HTTP/1.1\r\nHost: cameras.example\r\n"));
  EXPECT_THAT(
      std::string(request.head.view()),
      HasSubstr(
          "\r\nAuthorization: Bearer cam_x\r\nContent-Type: application/json\r\nContent-Length: 24\r\n"));
}

TEST(Claims, ShowTheirCodeWhileTheyWait) {
  const ClaimAnswer answer = answer_to(202, R"({"state":"waiting","code":"K7PM-4QXR","ask_again_s":7})");
  EXPECT_EQ(answer.state, State::waiting);
  EXPECT_EQ(answer.code.view(), "K7PM-4QXR");
  EXPECT_EQ(answer.pause_ms, 7'000);
  EXPECT_EQ(answer_to(202, R"({"code":"K7PM-4QXR","ask_again_s":100000})").pause_ms, 60'000);
  EXPECT_EQ(answer_to(202, R"({"code":"K7PM-4QXR","ask_again_s":-1})").pause_ms, 1'000);
}

TEST(Claims, EndWhenTheyAreAccepted) {
  const ClaimAnswer answer = answer_to(200, R"({"state":"accepted","id":"1","name":"Barn"})");
  EXPECT_EQ(answer.state, State::accepted);
  EXPECT_EQ(answer.name.view(), "Barn");
}

TEST(Claims, GoOnWhenTheServerIsAwayAndStopWhenItIsNone) {
  EXPECT_EQ(answer_to(503, "{}").state, State::try_again);
  EXPECT_EQ(answer_to(429, "{}", "Retry-After: 900\r\n").pause_ms, 60'000);
  EXPECT_EQ(answer_to(202, "<html>").state, State::hopeless);
  EXPECT_EQ(answer_to(200, "<html>Welcome to our hotel</html>").state, State::hopeless);
  EXPECT_EQ(answer_to(403, R"({"detail":"use https"})").reason.view(), "use https");
  EXPECT_EQ(answer_to(404, "").state, State::hopeless);
  HttpResponse nothing;
  EXPECT_EQ(judge_claim(ExchangeStatus::no_connection, nothing, "refused").state, State::try_again);
}

}  // namespace
}  // namespace heliograph::firmware
