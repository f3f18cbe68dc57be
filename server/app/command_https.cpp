#include "server/app/command.hpp"
#include "server/app/https_report.hpp"
#include "server/app/https_setup.hpp"
#include "server/http/json.hpp"

#include <cstdio>
#include <memory>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace heliograph::app {
namespace {

void print_json(const HttpsReport& report, const std::vector<std::string>& faults,
                const std::optional<RenewalInstalled>& renewal) {
  http::JsonWriter json;
  const auto list = [&json](std::string_view name, const std::vector<std::string>& texts) {
    json.key(name).array([&] {
      for (const std::string& text : texts) json.value(text);
    });
  };
  json.object([&] {
    json.field("certificate", report.file);
    list("names", report.names);
    json.field("begins_at", to_ms(report.life.begins));
    json.field("expires_at", to_ms(report.life.ends));
    json.field("signed_by", report.signed_by);
    list("trusted_by", report.trusted_by);
    json.field("timer", report.timer);
    if (renewal) {
      json.key("renewal").object([&] {
        json.field("units", renewal->units.string());
        json.field("started", renewal->started);
        json.field("cron", renewal->cron);
        json.field("user", renewal->user);
      });
    }
    list("faults", faults);
  });
  std::printf("%s\n", json.text().c_str());
}

std::string renewal_text(const RenewalInstalled& renewal) {
  if (renewal.started) return fmt::format("by {}, in {}", renewal_timer, renewal.units.string());
  if (!renewal.units.empty()) {
    return fmt::format("by {}, in {}; start it: systemctl enable --now {}", renewal_timer,
                       renewal.units.string(), renewal_timer);
  }
  return fmt::format("by nobody yet. Add this line to the crontab of {}:\n{}", renewal.user, renewal.cron);
}

void print_text(const HttpsReport& report, const std::vector<std::string>& faults,
                const std::optional<RenewalInstalled>& renewal) {
  const auto line = [](const char* what, const std::string& text) { fmt::print("{:<12} {}\n", what, text); };
  line("certificate", report.file);
  line("for", fmt::format("{}", fmt::join(report.names, ", ")));
  line("until", to_iso(report.life.ends));
  line("ends at", report.signed_by);
  line("trusted by", report.trusted_by.empty() ? "none of the roots that cameras have"
                                               : fmt::format("{}", fmt::join(report.trusted_by, ", ")));
  if (renewal) {
    line("renewed", renewal_text(*renewal));
  } else {
    line("renewed", report.timer ? fmt::format("by {}", renewal_timer)
                                 : "not by a timer of systemd's; by cron, perhaps");
  }
  for (const std::string& fault : faults) line("WARNING", fault);
}

Exit tell(const Globals& globals, const Config& config, const std::optional<RenewalInstalled>& renewal) {
  const auto report = read_https_report(config);
  if (!report) return fail(globals, report.error());
  const auto faults = report->faults(SystemClock().now());
  (globals.json ? print_json : print_text)(*report, faults, renewal);
  return faults.empty() ? Exit::ok : Exit::found_faults;
}

Exit check(const Globals& globals) {
  const auto config = load_config(globals);
  return config ? tell(globals, *config, std::nullopt) : fail(globals, config.error());
}

Exit setup(const Globals& globals, SetupOptions options) {
  const auto config = load_config(globals);
  if (!config) return fail(globals, config.error());
  options.config_file = globals.config_file;
  options.asking = [] {
    std::fputs(
        "Asking for a certificate. Its authority's terms hold; Let's Encrypt's are at "
        "https://letsencrypt.org/repository/\n",
        stderr);
  };
  const auto renewal = set_up_https(*config, std::move(options));
  return renewal ? tell(globals, *config, *renewal) : fail(globals, renewal.error());
}

Command setup_command(const Globals& globals) {
  const auto options = std::make_shared<SetupOptions>();
  const auto staging = std::make_shared<bool>(false);
  CertificateOrder& order = options->order;
  const auto run = [&globals, options, staging] {
    CertificateOrder& wanted = options->order;
    if (*staging) wanted.server = lets_encrypt_staging;
    if (wanted.profile.empty() && !wanted.addresses.empty()) wanted.profile = shortlived;
    return setup(globals, *options);
  };
  return {
      .name = "setup",
      .help = "Get a certificate, and have it renewed before it expires",
      .footer =
          "Needs certbot 5.4 or later, and the server running with the configuration that it names.\n"
          "Account, certificate and key are kept in https/ below the data directory. Safe to run again: what "
          "is there\nis kept until it is due.\n"
          "Exit status: 0 done, 1 done, but cameras will not trust it, 2 not done; says what to do.",
      .options =
          {
              {"--domain", &order.names, "A name that leads to this machine; may be given several times"},
              {"--ip",
               &order.addresses,
               "Instead: the address that leads to this machine, an Elastic IP for example. Its certificates "
               "last six days",
               {.excludes = "--domain"}},
              {"--email", &order.email, "Where the authority may reach you; default: nowhere"},
              {"--server", &order.server, "Another ACME authority's directory, https://…"},
              {"--staging",
               staging.get(),
               "Try with Let's Encrypt's test authority, which nobody trusts",
               {.excludes = "--server"}},
              {"--profile", &order.profile,
               "The kind of certificate (default: `shortlived` for addresses, the authority's own for "
               "names)"},
              {"--write-config", &options->write_config,
               "Add the section [tls] to the file named by --config if it has none"},
              {"--units", &options->units,
               "Write systemd's timer there, and do not start it: for an image of a machine"},
          },
      .run = run};
}

}  // namespace

Command https_command(const Globals& globals) {
  return {
      .name = "https",
      .help = "Get a certificate, and look at it",
      .commands = {setup_command(globals),
                   {.name = "check",
                    .help = "Tell whom the certificate is for, until when, and whether cameras trust it",
                    .footer = "Exit status: 0 all is well, 1 something is wrong with it, 2 there is none.",
                    .run = [&globals] { return check(globals); }}}};
}

}  // namespace heliograph::app
