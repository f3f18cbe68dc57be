#include "server/cameras/keys.hpp"

#include <set>

#include <gtest/gtest.h>

namespace heliograph::cameras {
namespace {

TEST(Keys, AreRecognisedByTheirShape) {
  const std::string key = make_key();
  EXPECT_EQ(key.size(), 40U);
  EXPECT_TRUE(key.starts_with("cam_"));
  EXPECT_TRUE(key_well_formed(key));
}

TEST(Keys, AreNeverTheSame) {
  std::set<std::string> keys;
  for (int i = 0; i < 1000; ++i) keys.insert(make_key());
  EXPECT_EQ(keys.size(), 1000U);
}

TEST(Keys, ThePrefixMayBeLeftOff) {
  const std::string key = make_key();
  EXPECT_EQ(whole_key(key.substr(4)), key);
  EXPECT_EQ(whole_key(key), key);
  EXPECT_LE(key.substr(4).size(), 39U) << "a printer camera's field for its token";
}

TEST(Keys, ATypoInAnyPlaceIsSeen) {
  const std::string key = make_key();
  for (std::size_t i = 0; i < key.size(); ++i) {
    std::string typo = key;
    typo[i] = typo[i] == 'x' ? 'y' : 'x';
    EXPECT_FALSE(key_well_formed(typo)) << typo;
  }
  EXPECT_FALSE(key_well_formed(""));
  EXPECT_FALSE(key_well_formed(key + "0"));
}

}  // namespace
}  // namespace heliograph::cameras
