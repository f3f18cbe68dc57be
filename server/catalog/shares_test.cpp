#include "server/catalog/shares.hpp"

#include "server/catalog/groups.hpp"
#include "server/catalog/test_support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::catalog {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using testing::ElementsAre;
using testing::IsEmpty;

const GroupId farm{7};
const PersonId owner{1};
const PersonId guest{2};

class SharesTest : public OnEachEngine {
 protected:
  void SetUp() override {
    add_cameras(catalog_);
    Groups(catalog_).add({farm, "Farm", noon, {}}).value();
    People people(catalog_);
    people.add({owner, "owner", noon, true, false, {{every_camera, Role::administrator}}}, "hash").value();
    people.add({guest, "guest", noon, true, false, {{farm, Role::operator_role}}}, "hash").value();
  }

  Share add(Share share, std::string_view token) {
    share.created_at = noon;
    shares_.add(share, hash_of(token)).value();
    return share;
  }
  Share add(std::int64_t id) {
    return add({.id = ShareId{id}, .kind = ShareKind::camera, .camera = orchard.id}, std::to_string(id));
  }
  FiledShare filed(std::int64_t id) { return shares_.by_id(ShareId{id}).value(); }
  std::vector<std::int64_t> ids() {
    std::vector<std::int64_t> ids;
    for (const FiledShare& filed : shares_.all().value()) ids.push_back(filed.share.id.value);
    return ids;
  }

  Catalog catalog_ = connect();
  Shares shares_{catalog_};
};
HELIOGRAPH_ON_EACH_ENGINE(SharesTest);

TEST_P(SharesTest, AreFoundAsTheyWereMade) {
  catalog::add(catalog_, picture(5));
  const Share shares[] = {
      add({.id = ShareId{1},
           .name = "For Maria",
           .kind = ShareKind::image,
           .camera = orchard.id,
           .image = ImageId{5},
           .password_hash = "argon",
           .metadata = true,
           .person = owner,
           .expires_at = noon + hours{24}},
          "one"),
      add({.id = ShareId{2},
           .kind = ShareKind::day,
           .camera = orchard.id,
           .begins_at = noon - hours{12},
           .ends_at = noon + hours{12}},
          "two"),
      add({.id = ShareId{3}, .kind = ShareKind::live, .camera = greenhouse.id}, "three"),
  };
  const FiledShare first{shares[0], orchard.name, false, "owner", Role::administrator};
  EXPECT_EQ(shares_.by_token(hash_of("one")).value(), first);
  EXPECT_EQ(filed(1), first);
  EXPECT_EQ(filed(2), (FiledShare{shares[1], orchard.name}));
  EXPECT_EQ(filed(3), (FiledShare{shares[2], greenhouse.name}));
  EXPECT_THAT(ids(), ElementsAre(3, 2, 1));
}

TEST_P(SharesTest, ThatAreNotThereAreNotFound) {
  EXPECT_EQ(shares_.by_id(ShareId{1}).error().kind, ErrorKind::not_found);
  EXPECT_EQ(shares_.by_token(hash_of("x")).error().kind, ErrorKind::not_found);
  EXPECT_EQ(shares_.remove(ShareId{1}).error().kind, ErrorKind::not_found);
  EXPECT_TRUE(shares_.count_view(ShareId{1}, noon));
}

TEST_P(SharesTest, ATokenOpensOneOnly) {
  add(1);
  const Share other{.id = ShareId{2}, .kind = ShareKind::camera, .camera = orchard.id, .created_at = noon};
  EXPECT_EQ(shares_.add(other, hash_of("1")).error().kind, ErrorKind::conflict);
}

TEST_P(SharesTest, AreCounted) {
  add(1);
  EXPECT_EQ(filed(1).share.viewed_at, std::nullopt);
  shares_.count_view(ShareId{1}, noon).value();
  shares_.count_view(ShareId{1}, noon + minutes{1}).value();
  EXPECT_EQ(filed(1).share.views, 2);
  EXPECT_EQ(filed(1).share.viewed_at, noon + minutes{1});
}

TEST_P(SharesTest, TellWhatTheirMakerMayNow) {
  add({.id = ShareId{1}, .kind = ShareKind::camera, .camera = orchard.id, .person = guest}, "1");
  EXPECT_EQ(filed(1).person_role, std::nullopt) << "the orchard is not of the farm yet";
  Groups(catalog_).move_camera(orchard.id, farm).value();
  EXPECT_EQ(filed(1).person_role, Role::operator_role);
  People people(catalog_);
  people.set_grants(guest, std::vector<Grant>{{farm, Role::viewer}, {every_camera, Role::operator_role}})
      .value();
  EXPECT_EQ(filed(1).person_role, Role::operator_role) << "the higher of two";
  EXPECT_THAT(ids(), ElementsAre(1)) << "once, with two roles";
  people.set_grants(guest, {}).value();
  EXPECT_EQ(filed(1).person_role, std::nullopt);
}

TEST_P(SharesTest, GoWithWhatTheyShowAndWhoMadeThem) {
  catalog::add(catalog_, picture(5));
  add({.id = ShareId{1}, .kind = ShareKind::image, .camera = orchard.id, .image = ImageId{5}}, "1");
  add({.id = ShareId{2}, .kind = ShareKind::camera, .camera = orchard.id, .person = guest}, "2");
  add(3);
  add(4);
  catalog_.remove_image(ImageId{5}).value();
  EXPECT_THAT(ids(), ElementsAre(4, 3, 2));
  People(catalog_).remove(guest).value();
  EXPECT_THAT(ids(), ElementsAre(4, 3));
  shares_.remove(ShareId{3}).value();
  EXPECT_THAT(ids(), ElementsAre(4));
  EXPECT_FALSE(filed(4).camera_removed);
  catalog_.remove_camera(orchard.id).value();
  EXPECT_TRUE(filed(4).camera_removed) << "and shows nothing any more: server/accounts/sharing.hpp";
}

TEST_P(SharesTest, ThatEndedLongAgoAreForgotten) {
  add({.id = ShareId{1}, .kind = ShareKind::camera, .camera = orchard.id, .expires_at = noon}, "1");
  add({.id = ShareId{2}, .kind = ShareKind::camera, .camera = orchard.id, .expires_at = noon + hours{1}},
      "2");
  add(3);
  shares_.remove_expired_before(noon + hours{1}).value();
  EXPECT_THAT(ids(), ElementsAre(3, 2));
}

TEST_P(SharesTest, HoursAreCountedToTheMillisecond) {
  for (const std::int64_t id : {1, 2, 3, 4000}) catalog::add(catalog_, picture(id));  // seconds after noon
  const auto at = [](std::int64_t seconds) { return noon + std::chrono::seconds{seconds}; };
  const auto counted = [&](Timestamp from, Timestamp to) {
    return shares_.hours(orchard.id, from, to).value();
  };
  EXPECT_THAT(counted(at(0), at(9999)), ElementsAre(pictures_in(noon, 3), pictures_in(noon + hours{1}, 1)));
  EXPECT_THAT(counted(at(2), at(3)), ElementsAre(pictures_in(noon, 1)));
  EXPECT_THAT(counted(at(4), at(4000)), IsEmpty());
  EXPECT_THAT(shares_.hours(greenhouse.id, at(0), at(9999)).value(), IsEmpty());
}

TEST(ShareKinds, HaveNames) {
  for (const auto kind : {ShareKind::image, ShareKind::day, ShareKind::camera, ShareKind::live}) {
    EXPECT_EQ(parse_share_kind(to_string(kind)), kind);
  }
  EXPECT_EQ(parse_share_kind("album"), std::nullopt);
}

}  // namespace
}  // namespace heliograph::catalog
