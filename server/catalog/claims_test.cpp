#include "server/catalog/claims.hpp"

#include "server/catalog/camera_keys.hpp"
#include "server/catalog/test_support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::catalog {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr Timestamp later = noon + std::chrono::minutes(15);

class ClaimsTest : public OnEachEngine {
 protected:
  const Claim first_{ClaimId{1}, "AAAA-2222", "ESP32-CAM", "192.0.2.1", noon, later};
  const Claim second_{ClaimId{2}, "BBBB-3333", "", "192.0.2.2", noon, later};
  Catalog catalog_ = connect();
  Claims claims_{catalog_};
};
HELIOGRAPH_ON_EACH_ENGINE(ClaimsTest);

TEST_P(ClaimsTest, WaitUntilTheyExpire) {
  claims_.add(first_, hash_of("first")).value();
  claims_.add(second_, hash_of("second")).value();
  EXPECT_THAT(claims_.waiting(noon).value(), ElementsAre(first_, second_));
  EXPECT_EQ(claims_.by_key(hash_of("first"), noon).value(), first_);
  EXPECT_EQ(claims_.by_key(hash_of("first"), later).error().kind, ErrorKind::not_found);
  const Timestamp longer = later + std::chrono::minutes(1);
  claims_.extend(first_.id, longer).value();
  EXPECT_EQ(claims_.by_key(hash_of("first"), later).value().expires_at, longer);
  claims_.remove_expired(later).value();
  EXPECT_EQ(claims_.waiting(noon).value().size(), 1U);
  EXPECT_EQ(claims_.extend(second_.id, longer).error().kind, ErrorKind::not_found);
}

TEST_P(ClaimsTest, HaveACodeAndAKeyOfTheirOwn) {
  claims_.add(first_, hash_of("first")).value();
  Claim twin = second_;
  EXPECT_EQ(claims_.add(twin, hash_of("first")).error().kind, ErrorKind::conflict);
  twin.code = first_.code;
  EXPECT_EQ(claims_.add(twin, hash_of("second")).error().kind, ErrorKind::conflict);
}

TEST_P(ClaimsTest, BecomeCamerasWithTheirOwnKey) {
  claims_.add(first_, hash_of("first")).value();
  EXPECT_EQ(claims_.accept("no code", orchard, noon).error().kind, ErrorKind::not_found);
  EXPECT_EQ(claims_.accept(first_.code, orchard, later).error().kind, ErrorKind::not_found);
  claims_.accept(first_.code, orchard, noon).value();
  EXPECT_EQ(CameraKeys(catalog_).holder(hash_of("first"), noon).value().camera, orchard);
  EXPECT_THAT(claims_.waiting(noon).value(), IsEmpty());
}

TEST_P(ClaimsTest, GoOnWaitingWhenTheNameIsTaken) {
  add_cameras(catalog_);
  claims_.add(first_, hash_of("first")).value();
  EXPECT_EQ(claims_.accept(first_.code, {CameraId{9}, orchard.name, "x", noon}, noon).error().kind,
            ErrorKind::conflict);
  EXPECT_THAT(claims_.waiting(noon).value(), ElementsAre(first_));
}

}  // namespace
}  // namespace heliograph::catalog
