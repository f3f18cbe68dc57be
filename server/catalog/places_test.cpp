#include "server/catalog/places.hpp"

#include "server/catalog/series.hpp"
#include "server/catalog/test_support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::catalog {
namespace {

using std::chrono::hours;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class PlacesTest : public OnEachEngine {
 protected:
  void SetUp() override { add_cameras(catalog_); }
  void tell(const Camera& camera, Timestamp at, std::int64_t lat_e7, std::int64_t lon_e7) {
    protocol::Telemetry telemetry;
    telemetry.lat_e7 = lat_e7;
    telemetry.lon_e7 = lon_e7;
    Series(catalog_).add(camera.id, at, telemetry).value();
  }

  Catalog catalog_ = connect();
  Places places_{catalog_};
};
HELIOGRAPH_ON_EACH_ENGINE(PlacesTest);

TEST_P(PlacesTest, AreWhereTheyToldOfLast) {
  EXPECT_THAT(places_.all().value(), IsEmpty());
  tell(orchard, noon, 464'530'000, 112'580'000);
  tell(orchard, noon - hours(1), 1, 1);
  Series(catalog_).add(orchard.id, noon + hours(1), battery(3900)).value();  // without a place
  EXPECT_THAT(places_.all().value(), ElementsAre(Place{orchard.id, 464'530'000, 112'580'000}));
}

TEST_P(PlacesTest, AreWhereSomebodyHasPutThemUntilThatIsTakenBack) {
  tell(orchard, noon, 1, 2);
  places_.set(orchard.id, 3, 4).value();
  places_.set(greenhouse.id, -5, -6).value();
  places_.set(greenhouse.id, -7, -8).value();
  tell(orchard, noon + hours(1), 9, 10);
  EXPECT_THAT(places_.all().value(),
              ElementsAre(Place{orchard.id, 3, 4, true}, Place{greenhouse.id, -7, -8, true}));
  EXPECT_THAT(places_.told().value(), ElementsAre(Place{orchard.id, 9, 10}));

  EXPECT_TRUE(places_.clear(orchard.id).value());
  EXPECT_FALSE(places_.clear(orchard.id).value());
  EXPECT_THAT(places_.all().value(),
              UnorderedElementsAre(Place{orchard.id, 9, 10}, Place{greenhouse.id, -7, -8, true}));
}

TEST_P(PlacesTest, AreOnlyOfCamerasThatAreThere) {
  EXPECT_EQ(places_.set(CameraId{77}, 1, 1).error().kind, ErrorKind::not_found);
  tell(orchard, noon, 1, 2);
  places_.set(greenhouse.id, 3, 4).value();
  catalog_.remove_camera(orchard.id).value();
  catalog_.remove_camera(greenhouse.id).value();
  EXPECT_THAT(places_.all().value(), IsEmpty());
  EXPECT_EQ(places_.set(greenhouse.id, 1, 1).error().kind, ErrorKind::not_found);
}

}  // namespace
}  // namespace heliograph::catalog
