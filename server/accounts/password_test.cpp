#include "server/accounts/password.hpp"

#include <gtest/gtest.h>

namespace heliograph::accounts {
namespace {

TEST(Passwords, AreKeptAsArgon2idWithASaltEach) {
  const std::string hash = hash_password("two herons on one leg").value();
  EXPECT_TRUE(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$")) << hash;
  EXPECT_TRUE(is_password(hash, "two herons on one leg"));
  EXPECT_FALSE(is_password(hash, "two herons on one le"));
  EXPECT_FALSE(is_password(hash, hash)) << "the hash opens nothing";
  EXPECT_NE(hash_password("two herons on one leg").value(), hash);
  EXPECT_FALSE(is_outdated(hash));
  EXPECT_TRUE(is_outdated("$argon2id$v=19$m=8192,t=2,p=1$c29tZXNhbHQ$c29tZWhhc2g"));
}

TEST(Passwords, NobodysHashOpensForNobody) {
  EXPECT_FALSE(is_password(nobodys_hash(), ""));
  EXPECT_EQ(nobodys_hash(), nobodys_hash());
}

TEST(Passwords, ThatAreGuessedFirstAreRefused) {
  for (const char* bad : {"", "short", "elevenchars", "aaaaaaaaaaaaaa", "abababababab", "123412341234",
                          "abcdefghijklmn", "321098765432", "qwertyuiop123", "Password1234", "heliograph123",
                          "administrator1", "margarete123", "Margarete-Margarete1"}) {
    EXPECT_EQ(check_new_password(bad, "margarete").error().kind, ErrorKind::bad_request) << bad;
  }
  EXPECT_FALSE(check_new_password(std::string(max_password_length + 1, 'x') + "yz", "margarete"));
  for (const char* good : {"two herons on one leg", "k3v9-2mqx-77", "Apfelbaum am Hang", "пароль длинный"}) {
    EXPECT_TRUE(check_new_password(good, "margarete")) << good;
  }
}

}  // namespace
}  // namespace heliograph::accounts
