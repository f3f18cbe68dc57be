#include "server/app/renewal_timer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::app {
namespace {

using ::testing::HasSubstr;

TEST(RenewalTimer, SystemdRunsTheCommandAsTheOwner) {
  const std::string text =
      service_text({{"/opt/certbot/bin/certbot", "renew", "--config-dir", "/srv/h/https"},
                    "heliograph",
                    {{"REQUESTS_CA_BUNDLE", "/etc/my ca.pem"}}});
  EXPECT_THAT(text, HasSubstr("\nUser=heliograph\n"));
  EXPECT_THAT(text, HasSubstr("\nEnvironment=\"REQUESTS_CA_BUNDLE=/etc/my ca.pem\"\n"));
  EXPECT_THAT(text, HasSubstr("\nExecStart=\"/opt/certbot/bin/certbot\" \"renew\" \"--config-dir\" "
                              "\"/srv/h/https\"\n"));
  EXPECT_THAT(timer_text(), HasSubstr("\nOnCalendar=*-*-* 00/6:00:00\n"));
  EXPECT_THAT(timer_text(), HasSubstr("\nWantedBy=timers.target\n"));
}

TEST(RenewalTimer, QuotesWhatSystemdWouldTakeForItsOwn) {
  const std::string text = service_text({{R"(/a b/50%/$x/"q"/\)"}, "root", {{"X", "$1 50%"}}});
  EXPECT_THAT(text, HasSubstr("\nExecStart=\"/a b/50%%/$$x/\\\"q\\\"/\\\\\"\n"));
  EXPECT_THAT(text, HasSubstr("\nEnvironment=\"X=$1 50%%\"\n"));
}

TEST(RenewalTimer, QuotesWhatCronWouldTakeForItsOwn) {
  EXPECT_EQ(cron_line({{"/bin/certbot", "renew", "/a b/50%/it's"}, "root", {}}, 17),
            R"(17 */6 * * * '/bin/certbot' 'renew' '/a b/50'\%'/it'\''s')");
  EXPECT_EQ(cron_line({{"certbot"}, "root", {{"X", "a b"}}}, 0), "0 */6 * * * X='a b' 'certbot'");
}

TEST(RenewalTimer, SaysWhereItCannotWrite) {
  const auto written = write_units("/nowhere", {{"certbot"}, "root", {}});
  ASSERT_FALSE(written);
  EXPECT_THAT(written.error().detail, HasSubstr("/nowhere/heliograph-https.service"));
}

}  // namespace
}  // namespace heliograph::app
