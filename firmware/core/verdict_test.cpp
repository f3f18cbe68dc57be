#include "firmware/core/verdict.hpp"

#include <string>

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

Answer answer_to(int status, const std::string& body = "", const std::string& headers = "") {
  HttpResponse response;
  const std::string text = "HTTP/1.1 " + std::to_string(status) +
                           " X\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + headers +
                           "\r\n" + body;
  response.feed(text.data(), text.size());
  return judge(ExchangeStatus::answered, response, "");
}

constexpr const char* receipt =
    R"({"id":"06fk2r8m0q3zt","filename":"20261122T150102.123Z-06fk2r8m0q3zt.jpg",)"
    R"("duplicate":true,"server_time":1795359662000})";

TEST(Verdict, AReceiptMeansStored) {
  const Answer answer = answer_to(201, receipt);
  EXPECT_EQ(answer.verdict, Verdict::stored);
  EXPECT_EQ(answer.image_id.view(), "06fk2r8m0q3zt");
  EXPECT_EQ(answer.filename.view(), "20261122T150102.123Z-06fk2r8m0q3zt.jpg");
  EXPECT_TRUE(answer.duplicate);
}

TEST(Verdict, ALoginPageIsNoReceipt) {
  const Answer answer = answer_to(200, "<html>Welcome to our hotel</html>");
  EXPECT_EQ(answer.verdict, Verdict::needs_owner);
  EXPECT_FALSE(answer.reason.empty());
}

TEST(Verdict, FollowsTheTable) {
  const struct {
    int status;
    Verdict verdict;
  } table[] = {
      {204, Verdict::needs_owner}, {301, Verdict::needs_owner}, {400, Verdict::refused},
      {401, Verdict::needs_owner}, {403, Verdict::needs_owner}, {404, Verdict::needs_owner},
      {405, Verdict::needs_owner}, {408, Verdict::try_again},   {409, Verdict::refused},
      {411, Verdict::needs_owner}, {413, Verdict::refused},     {415, Verdict::refused},
      {422, Verdict::refused},     {423, Verdict::try_again},   {425, Verdict::try_again},
      {429, Verdict::try_again},   {500, Verdict::try_again},   {502, Verdict::try_again},
      {503, Verdict::try_again},   {504, Verdict::try_again},   {507, Verdict::try_again},
  };
  for (const auto& row : table) {
    const Answer answer = answer_to(row.status);
    EXPECT_EQ(answer.verdict, row.verdict) << row.status;
    EXPECT_EQ(answer.status, row.status);
    EXPECT_FALSE(answer.reason.empty()) << row.status;
  }
}

TEST(Verdict, RepeatsTheServersReason) {
  const Answer answer =
      answer_to(422, R"({"type":"about:blank","title":"unprocessable","status":422,"detail":"no JPEG"})");
  EXPECT_EQ(answer.reason.view(), "no JPEG");
}

TEST(Verdict, PassesOnHowLongToWait) {
  EXPECT_EQ(answer_to(503, "", "Retry-After: 7\r\n").retry_after_ms, 7'000);
  EXPECT_EQ(answer_to(429, "", "Retry-After: 13\r\n").retry_after_ms, 13'000);
  EXPECT_EQ(answer_to(507, "", "Retry-After: 411\r\n").retry_after_ms, 411'000);
}

TEST(Verdict, SilenceMeansTryAgain) {
  const HttpResponse nothing;
  for (const auto status : {ExchangeStatus::no_connection, ExchangeStatus::lost, ExchangeStatus::timeout,
                            ExchangeStatus::not_http}) {
    const Answer answer = judge(status, nothing, "connection refused");
    EXPECT_EQ(answer.verdict, Verdict::try_again);
    EXPECT_EQ(answer.status, 0);
    EXPECT_FALSE(answer.reason.empty());
  }
  EXPECT_EQ(judge(ExchangeStatus::no_connection, nothing, "connection refused").reason.view(),
            "no connection: connection refused");
}

TEST(Verdict, AReceiptThatWasCutOffMeansTryAgain) {
  HttpResponse response;
  const std::string text = "HTTP/1.1 201 Created\r\nContent-Length: 100\r\n\r\n{\"id\":\"06";
  response.feed(text.data(), text.size());
  response.end_of_stream();
  EXPECT_EQ(judge(ExchangeStatus::answered, response, "").verdict, Verdict::try_again);
}

}  // namespace
}  // namespace heliograph::firmware
