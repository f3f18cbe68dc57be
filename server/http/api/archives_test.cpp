#include "server/http/api/archives.hpp"

#include <gtest/gtest.h>

namespace heliograph::http {
namespace {

using catalog::Role;

constexpr CameraId farm{1};

class ArchivesTest : public testing::Test {
 protected:
  static accounts::Visitor somebody(std::int64_t person, bool sees_the_farm = true) {
    accounts::Visitor visitor;
    visitor.person = PersonId{person};
    if (sees_the_farm) visitor.cameras = {{farm, Role::viewer}};
    return visitor;
  }
  static Archive archive_of(std::int64_t person) {
    Archive archive;
    archive.person = PersonId{person};
    catalog::FiledImage filed{{}, "farm"};
    filed.image.id = ImageId{7};
    filed.image.camera = farm;
    filed.image.captured_at = from_ms(1'795'348'800'000);
    filed.image.size_bytes = 1000;
    EXPECT_TRUE(archive.add(filed));
    filed.image.size_bytes = 1LL << 32;
    EXPECT_FALSE(archive.add(filed));
    return archive;
  }

  ManualClock clock_{from_ms(0)};
  Archives archives_{clock_};
};

TEST_F(ArchivesTest, CallFilesAsTheDiskDoes) {
  const Archive archive = archive_of(1);
  ASSERT_EQ(archive.entries.size(), 1U);
  EXPECT_EQ(archive.name_of(archive.entries[0]), "farm/20261122T120000.000Z-0000000000007.jpg");
  EXPECT_EQ(archive.plan.files(), 1U);
}

TEST_F(ArchivesTest, AreOnlyOfWhoeverAskedAndStillSees) {
  const std::string name = archives_.keep(archive_of(1));
  EXPECT_TRUE(archives_.find(name, somebody(1)));
  EXPECT_FALSE(archives_.find(name, somebody(2)));
  EXPECT_FALSE(archives_.find(name, somebody(1, false)));
  EXPECT_FALSE(archives_.find("another", somebody(1)));
}

TEST_F(ArchivesTest, AreForgotten) {
  const std::string first = archives_.keep(archive_of(1));
  clock_.advance(std::chrono::minutes(9));
  EXPECT_TRUE(archives_.find(first, somebody(1)));
  clock_.advance(std::chrono::minutes(1));
  EXPECT_FALSE(archives_.find(first, somebody(1))) << "ten minutes are over";
  const std::string oldest = archives_.keep(archive_of(1));
  const std::string second = archives_.keep(archive_of(1));
  for (std::size_t i = 2; i <= max_archives; ++i) archives_.keep(archive_of(1));
  EXPECT_FALSE(archives_.find(oldest, somebody(1))) << "it made room";
  EXPECT_TRUE(archives_.find(second, somebody(1)));
}

TEST_F(ArchivesTest, OnlySoManyAreSentAtOnce) {
  std::vector<std::shared_ptr<const void>> places;
  for (std::size_t i = 0; i < max_archive_streams; ++i) places.push_back(archives_.take_place());
  EXPECT_TRUE(places.back());
  EXPECT_FALSE(archives_.take_place());
  places.pop_back();
  EXPECT_TRUE(archives_.take_place());
}

}  // namespace
}  // namespace heliograph::http
