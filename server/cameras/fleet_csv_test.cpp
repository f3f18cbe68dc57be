#include "server/cameras/fleet_csv.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::cameras {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(FleetCsv, IsReadAsSpreadsheetsSaveIt) {
  const FleetRow north{"Orchard, north", "Farm"};
  const FleetRow south{"Orchard \"south\"", ""};
  for (const char* text : {
           "name,group\n\"Orchard, north\",Farm\n\"Orchard \"\"south\"\"\",\n",
           "Group,Remark,NAME\r\nFarm,old,\"Orchard, north\"\r\n,,\"Orchard \"\"south\"\"\"\r\n",
           "\xEF\xBB\xBFname;group\r\nOrchard, north;Farm\r\n\r\n\"Orchard \"\"south\"\"\"",
       }) {
    EXPECT_THAT(read_fleet(text).value(), ElementsAre(north, south)) << text;
  }
  EXPECT_THAT(read_fleet("name\nOne").value(), ElementsAre(FleetRow{"One", ""}));
}

TEST(FleetCsv, ThatIsWrongSaysWhere) {
  const struct {
    std::string text;
    const char* says;
  } wrong[] = {
      {"", "row 1 must name the columns"},
      {"camera\nOne\n", "row 1 must name the columns"},
      {"name\n", "row 2 is missing"},
      {"name,group\nOne,\n,Farm\n", "row 3 has no name"},
      {"name\nOne\nTwo\nOne\n", "row 4 has the name of another: One"},
      {"name\nOne\n\"Two\n", "row 3 is no CSV"},
      {"name\nOne\nT\"wo\n", "row 3 is no CSV"},
  };
  for (const auto& [text, says] : wrong) {
    const auto fleet = read_fleet(text);
    ASSERT_FALSE(fleet) << text;
    EXPECT_THAT(fleet.error().detail, HasSubstr(says)) << text;
    EXPECT_EQ(fleet.error().kind, ErrorKind::bad_request);
  }
}

TEST(FleetCsv, HasABoundedNumberOfCameras) {
  std::string csv = "name\n";
  for (std::size_t i = 0; i < max_fleet; ++i) csv += "camera " + std::to_string(i) + '\n';
  EXPECT_EQ(read_fleet(csv).value().size(), max_fleet);
  EXPECT_FALSE(read_fleet(csv + "one more\n"));
}

TEST(FleetCsv, IsWrittenSoThatItIsReadBack) {
  const FleetKey keys[] = {{{"Orchard, \"north\"", "Farm"}, "1m8", "cam_1"}, {{"South", ""}, "1m9", "cam_2"}};
  const std::string csv = write_fleet(keys);
  EXPECT_THAT(csv,
              HasSubstr("name,group,id,key\r\n\"Orchard, \"\"north\"\"\",\"Farm\",\"1m8\",\"cam_1\"\r\n"));
  EXPECT_THAT(read_fleet(csv).value(), ElementsAre(keys[0].row, keys[1].row));
}

}  // namespace
}  // namespace heliograph::cameras
