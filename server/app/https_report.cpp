#include "server/app/https_report.hpp"

#include "server/app/certificate_keeper.hpp"
#include "server/app/renewal_timer.hpp"

#include <filesystem>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace heliograph::app {

std::vector<std::string> HttpsReport::faults(Timestamp now) const {
  std::vector<std::string> found;
  if (life.ends <= now) {
    found.emplace_back("it has expired: cameras and browsers refuse it");
  } else if (life.begins > now) {
    found.emplace_back("it is not valid yet: is this machine's clock right?");
  } else if (is_overdue(life, now)) {
    found.emplace_back("it expires soon, and nobody has renewed it");
  }
  if (roots.empty()) {
    found.emplace_back(
        "there are no roots here to hold it against: install ca-certificates, or name those that your "
        "cameras trust ([tls] trust_bundle)");
  } else if (trusted_by.empty()) {
    found.push_back(fmt::format(
        "it ends at \"{}\", and cameras trust {}: they will refuse it. Use an authority that ends there, or "
        "give your cameras its root and name that in [tls] trust_bundle",
        signed_by, fmt::join(roots, ", ")));
  }
  return found;
}

Result<HttpsReport> read_https_report(const Config& config) {
  if (!config.tls) {
    return Error{ErrorKind::bad_request,
                 "the configuration has no [tls]; `heliograph https setup` tells what belongs there"};
  }
  const auto chain = http::CertificateChain::read(config.tls->certificate);
  if (!chain) return chain.error();
  HttpsReport report;
  report.file = config.tls->certificate;
  report.names = chain->names();
  report.life = chain->life();
  report.signed_by = chain->end();
  const auto trust = trust_of(config);
  if (!trust && !config.trust_bundle.empty()) return trust.error();
  if (trust) {
    report.roots = trust->names();
    report.trusted_by = trust->vouching_for(*chain);
  }
  std::error_code ignored;
  report.timer = std::filesystem::exists(std::filesystem::path(systemd_units) / renewal_timer, ignored);
  return report;
}

}  // namespace heliograph::app
