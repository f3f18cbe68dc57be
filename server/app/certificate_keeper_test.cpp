#include "server/app/certificate_keeper.hpp"

#include <gtest/gtest.h>

namespace heliograph::app {
namespace {

using std::chrono::days;
using std::chrono::hours;

TEST(CertificateKeeper, WarnsWhenNobodyHasRenewed) {
  struct Row {
    hours life;
    hours left;
    bool overdue;
  };
  const Row rows[] = {
      {days{90}, days{90}, false},                                     // new
      {days{90}, days{29}, false},                                     // an ACME client is about to renew it
      {days{90}, days{17}, true},                                      // and has not
      {hours{160}, hours{50}, false},                                  // one of six days
      {hours{160}, hours{30}, true},  {days{3650}, days{800}, false},  // made by hand
      {days{90}, hours{-1}, true},                                     // over
  };
  const Timestamp now = from_ms(1'795'000'000'000);
  for (const Row& row : rows) {
    const http::Certificate certificate{now + row.left - row.life, now + row.left};
    EXPECT_EQ(is_overdue(certificate, now), row.overdue)
        << row.life.count() << " h, left " << row.left.count();
  }
}

}  // namespace
}  // namespace heliograph::app
