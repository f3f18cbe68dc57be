#include "server/http/api/gate.hpp"

#include <gtest/gtest.h>

namespace heliograph::http {
namespace {

using accounts::Right;
using catalog::Role;

Request with(std::vector<std::pair<std::string, std::string>> headers) {
  Request request;
  request.method = Method::post;
  request.headers = std::move(headers);
  return request;
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
  for (const char* none :
       {"", ";", "=", "xheliograph=1", "__Host-heliograph=1", "heliographx=1", "a=heliograph"}) {
    EXPECT_EQ(session_in_cookie(with({{"Cookie", none}})), std::nullopt) << none;
  }
}

TEST(CsrfToken, IsNotTheSessionAndBelongsToOne) {
  EXPECT_EQ(csrf_token("a").size(), 64U);
  EXPECT_NE(csrf_token("a"), csrf_token("b"));
  EXPECT_NE(csrf_token("a"), to_hex(sha256("a"))) << "which is what the database keeps";
}

TEST(Allow, TellsWhatOneMaySeeFromWhatIsNotThere) {
  constexpr CameraId seen{1};
  constexpr CameraId unseen{2};
  accounts::Visitor visitor;
  visitor.cameras[seen] = Role::viewer;
  const Error missing{ErrorKind::not_found, "gone"};
  EXPECT_TRUE(allow(visitor, Right::view, seen, missing));
  EXPECT_EQ(allow(visitor, Right::operate, seen, missing).error().kind, ErrorKind::forbidden);
  EXPECT_EQ(allow(visitor, Right::view, unseen, missing).error(), missing);
  EXPECT_EQ(allow(visitor, Right::operate, unseen, missing).error(), missing);
  EXPECT_EQ(allowed_camera(visitor, Right::view, to_string(seen)).value(), seen);
  EXPECT_EQ(allowed_camera(visitor, Right::view, to_string(unseen)).error().kind, ErrorKind::not_found);
  EXPECT_EQ(allowed_camera(visitor, Right::view, "no id").error().kind, ErrorKind::not_found);
}

}  // namespace
}  // namespace heliograph::http
