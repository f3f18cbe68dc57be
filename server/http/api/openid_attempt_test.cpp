#include "server/http/api/openid_attempt.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::http {
namespace {

using std::chrono::milliseconds;

const Timestamp now = from_ms(1'800'000'000'000);

OpenIdAttempt attempt() {
  return {openid::make_attempt(), now, "/?camera=06fk2r8m0q3zt&image=1;2", "lnk_aB3", PersonId{7}};
}

TEST(Attempt, IsReadAsItWasWritten) {
  for (const OpenIdAttempt& one : {attempt(), OpenIdAttempt{openid::make_attempt(), now}}) {
    const std::string cookie = write_attempt(one);
    EXPECT_EQ(read_attempt(cookie, now), one);
    EXPECT_EQ(cookie.find_first_of(" ;,\"\\"), std::string::npos) << cookie;
  }
}

TEST(Attempt, HoldsForTenMinutes) {
  const std::string cookie = write_attempt(attempt());
  EXPECT_TRUE(read_attempt(cookie, now + openid::attempt_life));
  EXPECT_FALSE(read_attempt(cookie, now + openid::attempt_life + milliseconds{1}));
  EXPECT_FALSE(read_attempt(cookie, now - milliseconds{1})) << "of the future";
}

TEST(Attempt, ThatIsNoneIsNone) {
  const std::string good = write_attempt(attempt());
  for (const std::string& bad : {std::string(), std::string("x"), good + "&x=1", good.substr(1), good + "%zz",
                                 good.substr(0, good.rfind('&')), "x=1&" + good, "x" + good}) {
    EXPECT_FALSE(read_attempt(bad, now)) << bad;
  }
  OpenIdAttempt elsewhere = attempt();
  elsewhere.go_on = "//elsewhere.example";
  EXPECT_FALSE(read_attempt(write_attempt(elsewhere), now));
  OpenIdAttempt empty = attempt();
  empty.secrets.state.clear();
  EXPECT_FALSE(read_attempt(write_attempt(empty), now))
      << "a state of nothing would fit a callback without one";
}

TEST(OwnPath, LeadsNowhereElse) {
  for (const char* path : {"/", "/?page=account", "/?camera=1&image=2", "/a/b//c", "/%2f%2fx", "/:80"}) {
    EXPECT_TRUE(is_own_path(path)) << path;
  }
  for (const char* path : {"", "x", "//elsewhere.example", "/\\elsewhere.example", "\\/elsewhere.example",
                           "/\t/elsewhere.example", "/\n/x", "https://elsewhere.example",
                           "javascript:alert(1)", "/#openid=x", "/a b", "/\xc3\xa4", " /"}) {
    EXPECT_FALSE(is_own_path(path)) << path;
  }
  EXPECT_TRUE(is_own_path(std::string(max_go_on_length, '/').replace(1, 1, "x")));
  EXPECT_FALSE(is_own_path(std::string(max_go_on_length + 1, '/').replace(1, 1, "x")));
}

TEST(CallbackUri, IsWhereTheServerIsReached) {
  const auto asked = [](std::string host, bool secure, std::string_view address) {
    Request request;
    request.headers = {{"Host", std::move(host)}};
    request.secure = secure;
    return callback_uri(request, address);
  };
  EXPECT_EQ(asked("a.example:8443", true, "").value(), "https://a.example:8443/api/v1/openid/callback");
  EXPECT_EQ(asked("[::1]:80", false, "").value(), "http://[::1]:80/api/v1/openid/callback");
  EXPECT_EQ(asked("evil.example", false, "https://a.example").value(),
            "https://a.example/api/v1/openid/callback");
  for (const char* host : {"", "a.example/x?", "a.example#", "jo@a.example", "a b", "a.example\\x"}) {
    EXPECT_EQ(asked(host, true, "").error().kind, ErrorKind::bad_request) << host;
  }
  EXPECT_EQ(callback_uri(Request{}, "").error().kind, ErrorKind::bad_request);
}

TEST(AttemptCookie, IsTheHostsOnly) {
  EXPECT_TRUE(attempt_cookie(true).starts_with("__Host-"));
  EXPECT_EQ(attempt_cookie(false), "heliograph-openid") << "a browser takes the prefix with TLS only";
}

}  // namespace
}  // namespace heliograph::http
