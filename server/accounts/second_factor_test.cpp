#include "server/accounts/second_factor.hpp"

#include <set>

#include <gtest/gtest.h>

namespace heliograph::accounts {
namespace {

using std::chrono::seconds;

// RFC 6238, appendix B: its secret, and the last six digits of its codes.
const std::vector<std::uint8_t> rfc_secret{'1', '2', '3', '4', '5', '6', '7', '8', '9', '0',
                                           '1', '2', '3', '4', '5', '6', '7', '8', '9', '0'};

TEST(SecondFactor, TakesTheCodesOfTheStandard) {
  const struct {
    std::int64_t at_s;
    const char* code;
  } cases[] = {{59, "287082"},
               {1'111'111'109, "081804"},
               {1'111'111'111, "050471"},
               {1'234'567'890, "005924"},
               {2'000'000'000, "279037"},
               {20'000'000'000, "353130"}};
  for (const auto& c : cases) {
    EXPECT_EQ(totp_step(rfc_secret, c.code, from_ms(c.at_s * 1000)), c.at_s / 30) << c.code;
  }
}

TEST(SecondFactor, BearsAPhonesClockAStepOff) {
  const Timestamp at = from_ms(1'111'111'109'000);
  const std::int64_t step = 1'111'111'109 / 30;
  EXPECT_EQ(totp_step(rfc_secret, "081804", at + seconds{30}), step) << "the code's step, not now's";
  EXPECT_EQ(totp_step(rfc_secret, "081804", at - seconds{30}), step);
  EXPECT_EQ(totp_step(rfc_secret, "081804", at + seconds{60}), std::nullopt);
  EXPECT_EQ(totp_step(rfc_secret, "081804", at - seconds{60}), std::nullopt);
}

TEST(SecondFactor, TakesNothingElse) {
  for (const char* code : {"", "081805", "81804", "0818040", "08180a", " 81804", "-81804"}) {
    EXPECT_EQ(totp_step(rfc_secret, code, from_ms(1'111'111'109'000)), std::nullopt) << code;
  }
}

TEST(SecondFactor, IsWrittenAsAppsReadIt) {
  EXPECT_EQ(totp_text(rfc_secret), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
  EXPECT_EQ(totp_uri(rfc_secret, "Heliograph farm/1", "jo&e@x"),
            "otpauth://totp/Heliograph%20farm%2F1:jo%26e@x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
            "&issuer=Heliograph%20farm%2F1");
  EXPECT_EQ(make_totp_secret().size(), 20U);
  EXPECT_NE(make_totp_secret(), make_totp_secret());
}

TEST(RecoveryCodes, MayBeTypedAsOneLikes) {
  const auto codes = make_recovery_codes();
  EXPECT_EQ(std::set(codes.begin(), codes.end()).size(), recovery_codes);
  EXPECT_EQ(codes[0].size(), 19U);
  EXPECT_EQ(recovery_code_hash("K3V9 2mqx"), recovery_code_hash("k3v9-2mqx"));
  EXPECT_NE(recovery_code_hash("k3v9-2mqy"), recovery_code_hash("k3v9-2mqx"));
}

}  // namespace
}  // namespace heliograph::accounts
