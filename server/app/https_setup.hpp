// From a server that shows proofs to one with a certificate that is renewed by itself.
#pragma once

#include "server/app/certbot.hpp"
#include "server/app/config.hpp"
#include "server/app/renewal_timer.hpp"
#include "server/base/error.hpp"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace heliograph::app {

struct SetupOptions {
  CertificateOrder order;        // without its webroot, and `replace`
  std::string config_file;       // empty: there is none
  bool write_config = false;     // add what it lacks
  std::filesystem::path units;   // empty: where systemd looks, if it runs here and this is root
  std::function<void()> asking;  // called before the authority is asked, which takes a while
};

// What was done so that the certificate is renewed.
struct RenewalInstalled {
  std::filesystem::path units;  // the folder of the timer's files; empty: systemd has no part in it
  bool started = false;         // systemd runs the timer
  std::string cron;             // without a timer: the line for the crontab of `user`
  std::string user;
};

// Below the data directory, made absolute: what is written into configurations must not depend on who stands
// where.
HttpsFolder https_folder(const Config& config);

// The section of a configuration that goes with the folder, in TOML.
std::string tls_section(const HttpsFolder& folder);

// What keeps the configuration from using what certbot will put into the folder; empty: nothing.
std::optional<std::string> tls_fault(const Config& config, const HttpsFolder& folder);

// Runs through all of it; each step can be run again. Blocks for minutes at most. Errors say what to do, and
// then to run this again:
//   bad_request  the order, the data directory, certbot, or the configuration, which may just have been
//                completed: its server must then be started anew
//   unavailable  the server does not show proofs
//   internal     certbot failed; the detail is what it said
Result<RenewalInstalled> set_up_https(const Config& config, SetupOptions options);

}  // namespace heliograph::app
