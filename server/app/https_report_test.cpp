#include "server/app/https_report.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::app {
namespace {

using std::chrono::days;
using std::chrono::hours;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(HttpsReport, NamesWhatIsWrong) {
  const Timestamp now = from_ms(1'795'000'000'000);
  HttpsReport report;
  report.life = {now - days{1}, now + days{89}};
  report.signed_by = "ISRG Root X1";
  report.roots = {"ISRG Root X1", "ISRG Root X2"};
  report.trusted_by = {"ISRG Root X1"};
  EXPECT_THAT(report.faults(now), IsEmpty());

  const struct {
    http::Certificate life;
    const char* fault;
  } rows[] = {
      {{now - days{90}, now - hours{1}}, "it has expired"},
      {{now + hours{1}, now + days{90}}, "it is not valid yet"},
      {{now - days{5}, now + days{1}}, "it expires soon"},
  };
  for (const auto& row : rows) {
    HttpsReport other = report;
    other.life = row.life;
    EXPECT_THAT(other.faults(now), ElementsAre(HasSubstr(row.fault)));
  }
  report.signed_by = "Pretend Pear";
  report.trusted_by.clear();
  EXPECT_THAT(report.faults(now), ElementsAre(HasSubstr("it ends at \"Pretend Pear\", and cameras trust ISRG "
                                                        "Root X1, ISRG Root X2: they will refuse it")));
  report.roots.clear();
  EXPECT_THAT(report.faults(now), ElementsAre(HasSubstr("there are no roots here")));
}

TEST(HttpsReport, NeedsACertificate) {
  Config config;
  EXPECT_THAT(read_https_report(config).error().detail, HasSubstr("heliograph https setup"));
  config.tls = http::TlsFiles{"/nowhere/c.pem", "/nowhere/k.pem"};
  const auto report = read_https_report(config);
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().kind, ErrorKind::not_found);
}

}  // namespace
}  // namespace heliograph::app
