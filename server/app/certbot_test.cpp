#include "server/app/certbot.hpp"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::app {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsSupersetOf;
using ::testing::Not;

TEST(Certbot, SaysItsVersion) {
  const struct {
    const char* said;
    std::optional<CertbotVersion> version;
  } rows[] = {
      {"certbot 5.8.0\n", CertbotVersion{5, 8}},
      {"certbot 2.1.0", CertbotVersion{2, 1}},
      {"certbot 5.4.0.dev0", CertbotVersion{5, 4}},
      {"certbot 12.34", CertbotVersion{12, 34}},
      {"lego version 4.9.1", std::nullopt},
      {"certbot", std::nullopt},
      {"certbot x.y", std::nullopt},
      {"", std::nullopt},
  };
  for (const auto& row : rows) EXPECT_EQ(parse_certbot_version(row.said), row.version) << row.said;
}

TEST(Certbot, IsLookedForInPathAndWhereItsMakersPutIt) {
  EXPECT_THAT(certbot_places("/a:/usr/bin::.:relative:/a"),
              ElementsAre("/a/certbot", "/usr/bin/certbot", "/opt/certbot/bin/certbot",
                          "/usr/local/bin/certbot", "/snap/bin/certbot"));
}

TEST(Certbot, TheFirstThatIsNewEnoughIsTaken) {
  const std::vector<Certbot> all{{"/usr/bin/certbot", CertbotVersion{2, 1}},
                                 {"/broken/certbot", std::nullopt},
                                 {"/opt/certbot/bin/certbot", CertbotVersion{5, 4}},
                                 {"/snap/bin/certbot", CertbotVersion{6, 0}}};
  EXPECT_EQ(choose_certbot(all).value(), "/opt/certbot/bin/certbot");

  const auto old = choose_certbot(std::span(all).first(2));
  ASSERT_FALSE(old);
  EXPECT_THAT(old.error().detail, AllOf(HasSubstr("certbot 5.4 or later is needed; /usr/bin/certbot is 2.1, "
                                                  "/broken/certbot does not say which it is."),
                                        HasSubstr("pip install certbot")));
  const auto none = choose_certbot({});
  ASSERT_FALSE(none);
  EXPECT_THAT(none.error().detail, AllOf(HasSubstr("there is none here"), HasSubstr("pip install certbot")));
  EXPECT_FALSE(choose_certbot(std::vector<Certbot>{{"certbot", CertbotVersion{5, 3}}}));
}

TEST(CertificateOrder, IsForNamesOrForAddresses) {
  const struct {
    std::vector<std::string> names;
    std::vector<std::string> addresses;
    const char* why;  // it is refused; "": it is not
  } rows[] = {
      {{"photos.example.org", "www.photos.example.org"}, {}, ""},
      {{"xn--bcher-kva.example"}, {}, ""},
      {{}, {"192.0.2.10"}, ""},
      {{}, {"2001:db8::1"}, ""},
      {{}, {}, "either for names"},
      {{"a.org"}, {"192.0.2.10"}, "either for names"},
      {{"192.0.2.10"}, {}, "is an address: give it with --ip"},
      {{"localhost"}, {}, "is no name of a host"},
      {{"a..org"}, {}, "is no name of a host"},
      {{"a.org."}, {}, "is no name of a host"},
      {{"-a.org"}, {}, "is no name of a host"},
      {{"--config-dir.org"}, {}, "is no name of a host"},
      {{"*.example.org"}, {}, "is no name of a host"},
      {{"a b.org"}, {}, "is no name of a host"},
      {{std::string(64, 'a') + ".org"}, {}, "is no name of a host"},
      {{}, {"photos.example.org"}, "is no address"},
      {{}, {"[2001:db8::1]"}, "is no address"},
      {{}, {"192.0.2.256"}, "is no address"},
  };
  for (const auto& row : rows) {
    CertificateOrder order;
    order.names = row.names;
    order.addresses = row.addresses;
    const auto checked = check_order(order);
    const std::string said = checked ? "" : checked.error().detail;
    EXPECT_EQ(static_cast<bool>(checked), *row.why == '\0') << said;
    EXPECT_THAT(said, HasSubstr(row.why));
  }
  CertificateOrder order{.names = {"a.org"}, .server = "acme.example.org"};
  EXPECT_THAT(check_order(order).error().detail, HasSubstr("is no ACME directory"));
}

TEST(CertificateOrder, IsToldToCertbot) {
  const HttpsFolder folder{"/srv/h/https"};
  CertificateOrder order;
  order.names = {"a.example.org", "b.example.org"};
  order.webroot = folder.webroot();
  const auto plain = obtain_command("/opt/certbot/bin/certbot", folder, order);
  EXPECT_EQ(plain[0], "/opt/certbot/bin/certbot");
  EXPECT_EQ(plain[1], "certonly");
  EXPECT_THAT(plain,
              IsSupersetOf({"/srv/h/https", "/srv/h/https/work", "/srv/h/https/logs", "/srv/h/https/webroot",
                            "--register-unsafely-without-email", "--keep-until-expiring", "ecdsa"}));
  EXPECT_THAT(plain, Contains(std::string(lets_encrypt)));
  EXPECT_THAT(plain, Not(Contains("--preferred-profile")));
  EXPECT_EQ(std::vector(plain.end() - 4, plain.end()),
            (std::vector<std::string>{"--domain", "a.example.org", "--domain", "b.example.org"}));

  order = {.addresses = {"192.0.2.10"},
           .email = "me@example.org",
           .server = "https://acme.example.org/dir",
           .profile = std::string(shortlived),
           .webroot = "/srv/proofs",
           .replace = true};
  const auto other = obtain_command("certbot", folder, order);
  EXPECT_THAT(other, IsSupersetOf({"--ip-address", "192.0.2.10", "--email", "me@example.org", "--server",
                                   "https://acme.example.org/dir", "--preferred-profile", "shortlived",
                                   "--webroot-path", "/srv/proofs", "--force-renewal"}));
  EXPECT_THAT(other, Not(Contains("--register-unsafely-without-email")));
  EXPECT_THAT(other, Not(Contains("--keep-until-expiring")));
}

TEST(Certbot, RenewsFromWhereItKeepsThings) {
  EXPECT_THAT(
      renew_command("/c", {"/srv/h/https"}),
      ElementsAre("/c", "renew", "--quiet", "--no-random-sleep-on-renew", "--config-dir", "/srv/h/https",
                  "--work-dir", "/srv/h/https/work", "--logs-dir", "/srv/h/https/logs"));
}

TEST(Certbot, RemembersWhereACertificateCameFrom) {
  EXPECT_EQ(server_of("version = 5.8.0\n[renewalparams]\nserver = https://acme.example.org/dir\nx = y\n"),
            "https://acme.example.org/dir");
  EXPECT_EQ(server_of("[renewalparams]\n# server\nserver_name = x\nkey_type = ecdsa"), "");
  EXPECT_EQ(server_of(""), "");
}

}  // namespace
}  // namespace heliograph::app
