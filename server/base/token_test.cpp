#include "server/base/token.hpp"

#include <set>

#include <gtest/gtest.h>

namespace heliograph {
namespace {

TEST(Tokens, AreRecognisedByTheirShape) {
  const std::string key = make_token(token_prefix::camera_key);
  EXPECT_EQ(key.size(), 40U);
  EXPECT_TRUE(key.starts_with("cam_"));
  EXPECT_TRUE(token_well_formed(token_prefix::camera_key, key));
  EXPECT_FALSE(token_well_formed(token_prefix::api_token, key)) << "made for something else";
}

TEST(Tokens, AreNeverTheSame) {
  std::set<std::string> tokens;
  for (int i = 0; i < 1000; ++i) tokens.insert(make_token("t_"));
  EXPECT_EQ(tokens.size(), 1000U);
}

TEST(Tokens, ATypoInAnyPlaceIsSeen) {
  const std::string token = make_token("t_");
  for (std::size_t i = 0; i < token.size(); ++i) {
    std::string typo = token;
    typo[i] = typo[i] == 'x' ? 'y' : 'x';
    EXPECT_FALSE(token_well_formed("t_", typo)) << typo;
  }
  EXPECT_FALSE(token_well_formed("t_", ""));
  EXPECT_FALSE(token_well_formed("t_", token + "0"));
}

}  // namespace
}  // namespace heliograph
