#include "server/cameras/cameras.hpp"

#include "tests/support/catalog_fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::cameras {
namespace {

using testing::HasSubstr;

class CamerasTest : public OnACatalog {
 protected:
  Result<Enrolled> enrol(std::string_view name) { return cameras::enrol(*catalog_, ids_, clock_, name); }

  ManualClock clock_{from_ms(1'800'000'000'000)};
  IdSource ids_{clock_};
};

TEST_F(CamerasTest, AnEnrolledCameraIsKnownByItsKey) {
  const auto enrolled = enrol("Orchard north");
  ASSERT_TRUE(enrolled);
  EXPECT_EQ(enrolled->camera.folder, "orchard-north");
  EXPECT_EQ(authenticate(*catalog_, clock_, enrolled->key, false).value().camera, enrolled->camera);
}

TEST_F(CamerasTest, AKeysPrefixMayBeLeftOff) {
  const auto enrolled = enrol("Orchard");
  const std::string bare = enrolled->key.substr(4);
  EXPECT_LE(bare.size(), 39U) << "a printer camera's field for its token";
  EXPECT_EQ(authenticate(*catalog_, clock_, bare, false).value().camera, enrolled->camera);
}

TEST_F(CamerasTest, NoOtherKeyIsKnown) {
  const auto enrolled = enrol("Orchard");
  std::string typo = enrolled->key;
  typo[10] = typo[10] == 'a' ? 'b' : 'a';
  for (const std::string& key : {std::string(), typo, std::string("cam_"), enrolled->key + " "}) {
    const auto camera = authenticate(*catalog_, clock_, key, false);
    ASSERT_FALSE(camera) << key;
    EXPECT_EQ(camera.error().kind, ErrorKind::unauthorized);
  }
}

TEST_F(CamerasTest, ANewKeyEndsTheOldOne) {
  const auto first = enrol("Orchard");
  const auto second = rotate_key(*catalog_, clock_, first->camera.id, std::chrono::seconds{0});
  ASSERT_TRUE(second);
  EXPECT_FALSE(authenticate(*catalog_, clock_, first->key, false));
  EXPECT_EQ(authenticate(*catalog_, clock_, second->key, false)->camera.id, first->camera.id);
  EXPECT_EQ(rotate_key(*catalog_, clock_, CameraId{9}, std::chrono::seconds{0}).error().kind,
            ErrorKind::not_found);
}

TEST_F(CamerasTest, AnOldKeyMayWorkForAWhile) {
  const auto first = enrol("Orchard");
  const auto camera = first->camera.id;
  const auto second = rotate_key(*catalog_, clock_, camera, std::chrono::hours{1});
  EXPECT_TRUE(authenticate(*catalog_, clock_, first->key, false));
  EXPECT_TRUE(authenticate(*catalog_, clock_, second->key, false));
  clock_.advance(std::chrono::hours{1});
  EXPECT_FALSE(authenticate(*catalog_, clock_, first->key, false));
  EXPECT_TRUE(authenticate(*catalog_, clock_, second->key, false));
  for (const std::chrono::seconds bad :
       {std::chrono::seconds{-1}, std::chrono::seconds{max_key_overlap} + std::chrono::seconds{1}}) {
    EXPECT_EQ(rotate_key(*catalog_, clock_, camera, bad).error().kind, ErrorKind::bad_request);
  }
}

TEST_F(CamerasTest, ARenamedCameraKeepsItsFolder) {
  const auto camera = enrol("Orchard")->camera;
  ASSERT_TRUE(rename(*catalog_, camera.id, "Meadow"));
  EXPECT_EQ(catalog_->camera_by_name("Meadow")->folder, camera.folder);
  EXPECT_EQ(rename(*catalog_, camera.id, "a\nb").error().kind, ErrorKind::bad_request);
}

TEST_F(CamerasTest, NamesAreUniqueAndFoldersAreMadeSo) {
  ASSERT_TRUE(enrol("Trap 7"));
  EXPECT_EQ(enrol("trap #7")->camera.folder, "trap-7-2");
  const auto again = enrol("Trap 7");
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().kind, ErrorKind::conflict);
  EXPECT_THAT(again.error().detail, HasSubstr("Trap 7"));
}

TEST_F(CamerasTest, ARemovedCamerasKeyIsDead) {
  const auto enrolled = enrol("Orchard");
  ASSERT_TRUE(catalog_->remove_camera(enrolled->camera.id));
  EXPECT_FALSE(authenticate(*catalog_, clock_, enrolled->key, false));
}

TEST_F(CamerasTest, ImpossibleNamesAreExplained) {
  for (const std::string& name :
       {std::string(), std::string(65, 'x'), std::string("a\nb"), std::string(" a"), std::string("a ")}) {
    const auto enrolled = enrol(name);
    ASSERT_FALSE(enrolled) << name;
    EXPECT_EQ(enrolled.error().kind, ErrorKind::bad_request);
  }
  EXPECT_TRUE(enrol("Süd-Garten 日本"));
}

TEST_F(CamerasTest, TheAnonymousCameraIsMadeOnce) {
  const auto first = anonymous_camera(*catalog_, ids_, clock_, "Visitors");
  const auto second = anonymous_camera(*catalog_, ids_, clock_, "Visitors");
  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->id, second->id);
}

TEST_F(CamerasTest, AKeyInClearNeedsPermission) {
  const auto enrolled = enrol("Orchard").value();
  EXPECT_EQ(authenticate(*catalog_, clock_, enrolled.key, true).error().kind, ErrorKind::forbidden);
  EXPECT_EQ(authenticate(*catalog_, clock_, "cam_guess", true).error().kind, ErrorKind::unauthorized);
  catalog::CameraKeys(*catalog_)
      .change_rules(enrolled.camera.id, {.plain_http = true, .may_roam = {}})
      .value();
  EXPECT_TRUE(authenticate(*catalog_, clock_, enrolled.key, true));
}

TEST_F(CamerasTest, ASignatureIsOfTheKeyThatIsNotSent) {
  const auto enrolled = enrol("Orchard").value();
  const auto sign = [](std::string_view key, std::string_view text) {
    return hmac_sha256(token_hash(key), text);
  };
  const SignedClaim good{enrolled.camera.id, sign(enrolled.key, "text"), "text"};
  EXPECT_EQ(authenticate_signature(*catalog_, clock_, good).value().camera, enrolled.camera);
  for (const SignedClaim& bad : {SignedClaim{enrolled.camera.id, good.signature, "another text"},
                                 SignedClaim{enrolled.camera.id, sign("cam_other", "text"), "text"},
                                 SignedClaim{CameraId{99}, good.signature, "text"}}) {
    EXPECT_EQ(authenticate_signature(*catalog_, clock_, bad).error().kind, ErrorKind::unauthorized);
  }
  rotate_key(*catalog_, clock_, enrolled.camera.id, std::chrono::hours(1)).value();
  EXPECT_TRUE(authenticate_signature(*catalog_, clock_, good)) << "its old key works for a while";
  rotate_key(*catalog_, clock_, enrolled.camera.id, std::chrono::seconds(0)).value();
  EXPECT_FALSE(authenticate_signature(*catalog_, clock_, good));
}

}  // namespace
}  // namespace heliograph::cameras
