#include "server/app/owner.hpp"

#include <filesystem>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::app {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr uid_t nobody = 65534;

struct stat facts_of(const std::filesystem::path& path) {
  struct stat facts{};
  EXPECT_EQ(::lstat(path.c_str(), &facts), 0) << path;
  return facts;
}

TEST(Owner, IsWhoeverTheFolderBelongsTo) {
  const auto root = owner_of("/");
  ASSERT_TRUE(root) << root.error().detail;
  EXPECT_EQ(root->user, 0U);
  EXPECT_EQ(root->name, "root");
  EXPECT_EQ(owner_of("/nowhere").error().kind, ErrorKind::not_found);
}

TEST(Owner, OnlyItselfAndRootMayWorkForIt) {
  const Owner orchard{.user = 1000, .group = 1000, .name = "orchard"};
  EXPECT_TRUE(check_may_act_as(orchard, "/srv/h", 1000));
  EXPECT_TRUE(check_may_act_as(orchard, "/srv/h", 0));
  const auto may = check_may_act_as(orchard, "/srv/h", 1001);
  ASSERT_FALSE(may);
  EXPECT_THAT(may.error().detail, HasSubstr("/srv/h belongs to orchard: run this as orchard, or as root"));
  const Owner self{.user = ::geteuid(), .group = ::getegid(), .name = "me"};
  EXPECT_THAT(as_owner(self, {"certbot", "renew"}), ElementsAre("certbot", "renew"));
}

TEST(Owner, RootMakesFilesAsTheOwnerWouldAndThenIsRootAgain) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can";
  const Owner somebody{.user = nobody, .group = nobody, .name = "nobody", .home = "/"};
  std::string folder = std::filesystem::temp_directory_path() / "heliograph-owner-XXXXXX";
  ASSERT_NE(::mkdtemp(folder.data()), nullptr);
  {
    const ActingAs acting(somebody);
    EXPECT_FALSE(std::ofstream(folder + "/forbidden").is_open()) << "root's own folder";
  }
  ASSERT_EQ(::chown(folder.c_str(), nobody, nobody), 0);
  {
    const ActingAs acting(somebody);
    std::ofstream(folder + "/theirs") << "x";
  }
  std::ofstream(folder + "/roots") << "x";
  EXPECT_EQ(facts_of(folder + "/theirs").st_uid, nobody);
  EXPECT_EQ(facts_of(folder + "/theirs").st_gid, nobody);
  EXPECT_EQ(facts_of(folder + "/roots").st_uid, 0U);
  EXPECT_EQ(::geteuid(), 0U);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace heliograph::app
