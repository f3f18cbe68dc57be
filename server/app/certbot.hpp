// What we know of certbot, the ACME client that fetches certificates: where it may be, which of it is new
// enough, where it keeps things, and what it is told. Decisions only; nothing here runs it.
#pragma once

#include "server/base/error.hpp"

#include <compare>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace heliograph::app {

struct CertbotVersion {
  int major = 0;
  int minor = 0;

  friend auto operator<=>(const CertbotVersion&, const CertbotVersion&) = default;
};
// The first that gets certificates of addresses over a webroot.
inline constexpr CertbotVersion oldest_certbot{5, 4};

// "certbot 5.8.0": 5.8. None for any other text.
std::optional<CertbotVersion> parse_certbot_version(std::string_view said);

// Where to look for it: PATH, as the environment has it, and where its makers have it installed.
std::vector<std::string> certbot_places(std::string_view path);

struct Certbot {
  std::string program;                    // its path
  std::optional<CertbotVersion> version;  // none: it does not say one
};
// The first that is new enough. Otherwise bad_request: which there are, and how to get a new one.
Result<std::string> choose_certbot(std::span<const Certbot> found);

// Everything that belongs to the certificate: below the data directory, and of its owner. Nothing else is
// needed to go on after a reinstall.
struct HttpsFolder {
  std::filesystem::path path;

  std::filesystem::path certificate() const { return path / "live/heliograph/fullchain.pem"; }
  std::filesystem::path key() const { return path / "live/heliograph/privkey.pem"; }
  std::filesystem::path webroot() const { return path / "webroot"; }
  // What certbot will renew the certificate with.
  std::filesystem::path renewal_settings() const { return path / "renewal/heliograph.conf"; }
};

inline constexpr std::string_view lets_encrypt = "https://acme-v02.api.letsencrypt.org/directory";
inline constexpr std::string_view lets_encrypt_staging =
    "https://acme-staging-v02.api.letsencrypt.org/directory";

struct CertificateOrder {
  std::vector<std::string> names;      // or
  std::vector<std::string> addresses;  // IPv4 or IPv6, without brackets
  std::string email;                   // empty: none is told
  std::string server{lets_encrypt};    // an ACME directory
  std::string profile;                 // empty: as the server likes
  std::filesystem::path webroot;
  bool replace = false;  // also one that need not be renewed
};

// Six days: the only ones that Let's Encrypt gives to addresses.
inline constexpr std::string_view shortlived = "shortlived";

// bad_request for an order without a name, and for what is no name of a host or no address.
Result<void> check_order(const CertificateOrder& order);

// Gets a certificate. What is there already for the same names is kept until it is due, so that a command
// that is given again costs nothing of the five a week that Let's Encrypt allows.
std::vector<std::string> obtain_command(const std::string& certbot, const HttpsFolder& folder,
                                        const CertificateOrder& order);
// Renews it if it is due. For a timer.
std::vector<std::string> renew_command(const std::string& certbot, const HttpsFolder& folder);

// The ACME directory that a certificate came from, by its renewal_settings(); "" when they do not say.
std::string server_of(std::string_view renewal_settings);

}  // namespace heliograph::app
