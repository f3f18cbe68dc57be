#include "server/catalog/groups.hpp"

#include "server/catalog/people.hpp"
#include "server/catalog/test_support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::catalog {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class GroupsTest : public OnEachEngine {
 protected:
  void SetUp() override { add_cameras(catalog_); }

  const Group farm_{GroupId{1}, "Farm", noon, {}};
  const Group town_{GroupId{2}, "Town", noon, {}};
  Catalog catalog_ = connect();
  Groups groups_{catalog_};
};
HELIOGRAPH_ON_EACH_ENGINE(GroupsTest);

TEST_P(GroupsTest, HoldCameras) {
  groups_.add(town_).value();
  groups_.add(farm_).value();
  EXPECT_THAT(groups_.all().value(), ElementsAre(farm_, town_));
  groups_.move_camera(orchard.id, farm_.id).value();
  groups_.move_camera(greenhouse.id, farm_.id).value();
  EXPECT_THAT(groups_.all().value()[0].cameras, ElementsAre(orchard.id, greenhouse.id));
  groups_.move_camera(orchard.id, town_.id).value();
  groups_.move_camera(greenhouse.id, std::nullopt).value();
  EXPECT_THAT(groups_.all().value()[0].cameras, IsEmpty());
  EXPECT_THAT(groups_.all().value()[1].cameras, ElementsAre(orchard.id));
}

TEST_P(GroupsTest, RefuseWhatIsNotThereAndNamesThatAreTaken) {
  groups_.add(farm_).value();
  groups_.add(town_).value();
  EXPECT_EQ(groups_.add({GroupId{3}, "Farm", noon, {}}).error().kind, ErrorKind::conflict);
  EXPECT_EQ(groups_.rename(town_.id, "Farm").error().kind, ErrorKind::conflict);
  EXPECT_EQ(groups_.rename(GroupId{9}, "x").error().kind, ErrorKind::not_found);
  EXPECT_EQ(groups_.remove(GroupId{9}).error().kind, ErrorKind::not_found);
  EXPECT_EQ(groups_.move_camera(orchard.id, GroupId{9}).error().kind, ErrorKind::not_found);
  EXPECT_EQ(groups_.move_camera(CameraId{9}, farm_.id).error().kind, ErrorKind::not_found);
  groups_.rename(town_.id, "City").value();
  EXPECT_EQ(groups_.all().value()[0].name, "City");
}

TEST_P(GroupsTest, LeaveTheirCamerasAndTakeTheirGrants) {
  groups_.add(farm_).value();
  groups_.move_camera(orchard.id, farm_.id).value();
  People people(catalog_);
  people.add({PersonId{1}, "guest", noon, false, false, {{farm_.id, Role::viewer}}}, std::nullopt).value();
  groups_.remove(farm_.id).value();
  EXPECT_THAT(groups_.all().value(), IsEmpty());
  EXPECT_EQ(catalog_.cameras().value().size(), 2U);
  EXPECT_THAT(people.by_name("guest").value().grants, IsEmpty());
}

}  // namespace
}  // namespace heliograph::catalog
