#include "server/cameras/claims.hpp"

#include "server/base/token.hpp"
#include "tests/support/catalog_fixture.hpp"

#include <optional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::cameras {
namespace {

using testing::MatchesRegex;

class ClaimsTest : public OnACatalog {
 protected:
  Result<Announced> announce(std::string_view key, const std::string& address = "192.0.2.1",
                             std::string_view model = "ESP32-CAM") {
    return cameras::announce(*catalog_, ids_, clock_, key, model, address);
  }
  std::string code_of(std::string_view key) { return std::get<catalog::Claim>(announce(key).value()).code; }

  const std::string key_ = make_token(token_prefix::camera_key);
  ManualClock clock_{from_ms(1'800'000'000'000)};
  IdSource ids_{clock_};
};

TEST_F(ClaimsTest, ShowOneCodeUntilTheyAreAccepted) {
  const std::string code = code_of(key_);
  EXPECT_THAT(code, MatchesRegex("[0-9A-Z]{4}-[0-9A-Z]{4}"));
  EXPECT_EQ(code_of(key_), code);
  EXPECT_NE(code_of(make_token(token_prefix::camera_key)), code);
  const auto camera = accept_claim(*catalog_, ids_, clock_, code, "Orchard").value();
  EXPECT_EQ(std::get<catalog::Camera>(announce(key_).value()), camera);
  EXPECT_EQ(authenticate(*catalog_, clock_, key_, false).value().camera, camera);
}

TEST_F(ClaimsTest, AreNoCamerasBefore) {
  code_of(key_);
  EXPECT_EQ(authenticate(*catalog_, clock_, key_, false).error().kind, ErrorKind::unauthorized);
}

TEST_F(ClaimsTest, GoOnWhileTheCameraAsks) {
  const std::string code = code_of(key_);
  clock_.advance(claim_life - std::chrono::seconds(1));
  EXPECT_EQ(code_of(key_), code);
  clock_.advance(claim_life - std::chrono::seconds(1));
  EXPECT_EQ(code_of(key_), code);
  clock_.advance(claim_life);
  EXPECT_EQ(accept_claim(*catalog_, ids_, clock_, code, "Orchard").error().kind, ErrorKind::not_found);
  EXPECT_NE(code_of(key_), code);
}

TEST_F(ClaimsTest, AreTypedAsPeopleType) {
  EXPECT_EQ(written_code("k7pm4qxr"), "K7PM-4QXR");
  EXPECT_EQ(written_code(" K7PM - 4QXR "), "K7PM-4QXR");
  EXPECT_EQ(written_code("oil0-1234"), "0110-1234");
  EXPECT_EQ(written_code(""), "");
}

TEST_F(ClaimsTest, NeedAKeyAndABoundedModel) {
  EXPECT_EQ(announce("cam_guess").error().kind, ErrorKind::unauthorized);
  EXPECT_EQ(announce(key_, "192.0.2.1", std::string(65, 'x')).error().kind, ErrorKind::bad_request);
  EXPECT_EQ(announce(key_, "192.0.2.1", "a\nb").error().kind, ErrorKind::bad_request);
}

TEST_F(ClaimsTest, OfOneNetworkDoNotKeepOthersOut) {
  for (std::size_t i = 0; i < max_claims_of_a_network; ++i) code_of(make_token(token_prefix::camera_key));
  EXPECT_EQ(announce(key_, "192.0.2.99").error().kind, ErrorKind::too_many);
  EXPECT_TRUE(announce(key_, "198.51.100.1"));
  clock_.advance(claim_life);
  EXPECT_TRUE(announce(make_token(token_prefix::camera_key), "192.0.2.99")) << "the others have given up";
}

}  // namespace
}  // namespace heliograph::cameras
