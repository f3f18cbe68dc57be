#include "server/catalog/camera_keys.hpp"

#include "server/catalog/test_support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::catalog {
namespace {

using testing::ElementsAre;

class CameraKeysTest : public OnEachEngine {
 protected:
  void SetUp() override { add_cameras(catalog_); }

  KeyRules rules() { return keys_.holder(hash_of("orchard's key"), noon).value().rules; }

  Catalog catalog_ = connect();
  CameraKeys keys_{catalog_};
};
HELIOGRAPH_ON_EACH_ENGINE(CameraKeysTest);

TEST_P(CameraKeysTest, AreStrictUntilTheirOwnerSaysOtherwise) {
  EXPECT_EQ(rules(), KeyRules{});
  keys_.change_rules(orchard.id, {.plain_http = true, .may_roam = {}}).value();
  EXPECT_EQ(rules(), (KeyRules{true, false, std::nullopt}));
  keys_.change_rules(orchard.id, {.plain_http = {}, .may_roam = true}).value();
  EXPECT_EQ(rules(), (KeyRules{true, true, std::nullopt}));
  keys_.change_rules(orchard.id, {.plain_http = false, .may_roam = false}).value();
  EXPECT_EQ(rules(), KeyRules{});
  EXPECT_EQ(catalog_.cameras().value()[0].rules, KeyRules{}) << "those of others stay";
  EXPECT_EQ(keys_.change_rules(CameraId{99}, {}).error().kind, ErrorKind::not_found);
}

TEST_P(CameraKeysTest, AreSuspectOnceAndUntilSomebodyDecides) {
  EXPECT_TRUE(keys_.suspect(orchard.id, noon).value());
  EXPECT_FALSE(keys_.suspect(orchard.id, noon + std::chrono::hours(1)).value()) << "known already";
  EXPECT_EQ(rules().suspect_at, noon);
  keys_.change_rules(orchard.id, {.plain_http = true, .may_roam = {}}).value();
  EXPECT_EQ(rules().suspect_at, noon) << "that was about something else";
  keys_.change_rules(orchard.id, {.plain_http = {}, .may_roam = {}, .trust_again = true}).value();
  EXPECT_EQ(rules().suspect_at, std::nullopt);
  EXPECT_EQ(keys_.suspect(CameraId{99}, noon).error().kind, ErrorKind::not_found);
}

TEST_P(CameraKeysTest, AreTrustedWhenTheyAreNew) {
  keys_.suspect(orchard.id, noon).value();
  keys_.set(orchard.id, hash_of("new key")).value();
  EXPECT_EQ(keys_.holder(hash_of("new key"), noon).value().rules.suspect_at, std::nullopt);
}

TEST_P(CameraKeysTest, SignAsLongAsTheyWork) {
  EXPECT_THAT(keys_.signer(orchard.id, noon).value().key_hashes, ElementsAre(hash_of("orchard's key")));
  const Timestamp end = noon + std::chrono::hours(1);
  keys_.set(orchard.id, hash_of("second"), end).value();
  EXPECT_THAT(keys_.signer(orchard.id, noon).value().key_hashes,
              ElementsAre(hash_of("second"), hash_of("orchard's key")));
  EXPECT_THAT(keys_.signer(orchard.id, end).value().key_hashes, ElementsAre(hash_of("second")));
  EXPECT_EQ(keys_.signer(orchard.id, noon).value().holder.camera, orchard);
  catalog_.remove_camera(orchard.id).value();
  EXPECT_EQ(keys_.signer(orchard.id, noon).error().kind, ErrorKind::not_found);
}

}  // namespace
}  // namespace heliograph::catalog
