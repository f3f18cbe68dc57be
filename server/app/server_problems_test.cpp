#include "server/app/server_problems.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::app {
namespace {

using cameras::AlertKind;
using std::chrono::days;
using testing::IsEmpty;
using testing::SizeIs;

constexpr Timestamp now = from_ms(1'795'348'800'000);  // 2026-11-22T12:00:00Z

store::SpaceWatch::Look disk(store::SpaceLevel level, bool takes_pictures = true) {
  return {.space = {3ULL << 30, 100ULL << 30}, .marks = {}, .level = level, .takes_pictures = takes_pictures};
}

TEST(ServerProblems, OfADiskThatFillsUp) {
  EXPECT_THAT(wrong_with_server(disk(store::SpaceLevel::plenty), {}, now), IsEmpty());
  const auto low = wrong_with_server(disk(store::SpaceLevel::low), {}, now);
  ASSERT_THAT(low, SizeIs(1));
  EXPECT_EQ(low[0].kind, AlertKind::storage);
  EXPECT_EQ(low[0].camera, std::nullopt);
  EXPECT_EQ(low[0].detail, "3.0 GiB of 100.0 GiB are left.");
  EXPECT_TRUE(low[0].certain);
  EXPECT_EQ(wrong_with_server(disk(store::SpaceLevel::reserve, false), {}, now)[0].detail,
            "3.0 GiB of 100.0 GiB are left. No picture is taken any more.");
  const auto unknown = wrong_with_server(std::nullopt, {}, now);
  ASSERT_THAT(unknown, SizeIs(1));
  EXPECT_FALSE(unknown[0].certain);
}

TEST(ServerProblems, OfACertificateThatNobodyRenews) {
  const auto plenty = disk(store::SpaceLevel::plenty);
  EXPECT_THAT(wrong_with_server(plenty, http::Certificate{now - days(60), now + days(30)}, now), IsEmpty());
  const auto overdue = wrong_with_server(plenty, http::Certificate{now - days(80), now + days(10)}, now);
  ASSERT_THAT(overdue, SizeIs(1));
  EXPECT_EQ(overdue[0].kind, AlertKind::certificate);
  EXPECT_EQ(overdue[0].detail, "It ends on 2026-12-02, and nobody has renewed it.");
}

}  // namespace
}  // namespace heliograph::app
