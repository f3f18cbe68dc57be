#include "server/http/api/browser.hpp"

#include <gtest/gtest.h>

namespace heliograph::http {
namespace {

Request with(std::vector<std::pair<std::string, std::string>> headers) {
  Request request;
  request.method = Method::post;
  request.headers = std::move(headers);
  return request;
}

TEST(BasicPassword, IsWhatStandsBehindTheName) {
  const struct {
    std::string header;
    std::optional<std::string> password;
  } cases[] = {{"Basic aGE6dXNyX3g=", "usr_x"},
               {"basic OnVzcl94", "usr_x"},
               {"Basic YTpiOmM=", "b:c"},
               {"Basic YQ==", ""},
               {"Basic", ""},
               {"Basic %%%", std::nullopt},
               {"Bearer usr_x", std::nullopt},
               {"Basic aGE6dXNyX3g", std::nullopt}};
  for (const auto& c : cases) {
    EXPECT_EQ(basic_password(with({{"Authorization", c.header}})), c.password) << c.header;
  }
  EXPECT_EQ(basic_password(with({})), std::nullopt);
}

TEST(Origin, MustBeOurOwnWhereABrowserTellsIt) {
  const struct {
    std::vector<std::pair<std::string, std::string>> headers;
    bool ours;
  } cases[] = {
      {{}, true},  // a program
      {{{"Sec-Fetch-Site", "same-origin"}}, true},
      {{{"Sec-Fetch-Site", "none"}}, true},
      {{{"Sec-Fetch-Site", "same-site"}}, false},
      {{{"Sec-Fetch-Site", "cross-site"}}, false},
      {{{"Sec-Fetch-Site", ""}}, false},
      {{{"Sec-Fetch-Site", "cross-site"}, {"Origin", "https://a.example"}, {"Host", "a.example"}}, false},
      {{{"Origin", "https://a.example"}, {"Host", "a.example"}}, true},
      {{{"Origin", "https://A.example:8443"}, {"Host", "a.example:8443"}}, true},
      {{{"Origin", "https://a.example"}, {"Host", "a.example:8443"}}, false},
      {{{"Origin", "https://b.example"}, {"Host", "a.example"}}, false},
      {{{"Origin", "https://a.example.b.example"}, {"Host", "a.example"}}, false},
      {{{"Origin", "null"}, {"Host", "a.example"}}, false},
      {{{"Origin", "https://a.example"}}, false},
  };
  for (const auto& c : cases) {
    const Request request = with(c.headers);
    EXPECT_EQ(check_origin(request).has_value(), c.ours) << (c.headers.empty() ? "" : c.headers[0].second);
  }
}

TEST(Cookie, IsFoundAmongOthersUnderItsNameOnly) {
  Request request = with({{"Cookie", "a=b; heliograph=plain"}, {"cookie", "x=y;__Host-heliograph=ses_1 ;z"}});
  EXPECT_EQ(session_in_cookie(request), "plain");
  request.secure = true;
  EXPECT_EQ(session_in_cookie(request), "ses_1");
  EXPECT_EQ(session_in_cookie(with({{"Cookie", "heliograph; heliograph=plain"}})), "plain");
  for (const char* none : {"", ";", "=", "heliograph", "xheliograph=1", "__Host-heliograph=1",
                           "heliographx=1", "a=heliograph"}) {
    EXPECT_EQ(session_in_cookie(with({{"Cookie", none}})), std::nullopt) << none;
  }
}

}  // namespace
}  // namespace heliograph::http
