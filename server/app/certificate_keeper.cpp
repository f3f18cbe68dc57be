#include "server/app/certificate_keeper.hpp"

#include <chrono>
#include <sys/stat.h>
#include <utility>

#include <fmt/format.h>

namespace heliograph::app {
namespace {

constexpr int overdue_part = 5;  // of its life
constexpr std::chrono::hours warning_interval{24};

// Follows links: certbot's names stay, and point to other files. 0: there is none.
std::int64_t written_ns(const std::string& path) {
  struct stat facts{};
  if (::stat(path.c_str(), &facts) != 0) return 0;
  constexpr std::int64_t ns_per_s = 1'000'000'000;
  return facts.st_mtim.tv_sec * ns_per_s + facts.st_mtim.tv_nsec;
}

}  // namespace

bool is_overdue(const http::Certificate& certificate, Timestamp now) {
  return certificate.ends - now < (certificate.ends - certificate.begins) / overdue_part;
}

CertificateKeeper::CertificateKeeper(http::Server& server, http::TlsFiles files,
                                     const http::TrustBundle* trust, const Clock& clock, Log& log)
    : server_(server),
      files_(std::move(files)),
      trust_(trust),
      clock_(clock),
      log_(log),
      used_(state_of_files()) {
  judge();
  if (!files_.may_come_later || used_.certificate_ns != 0) return;
  log_.warning("there is no certificate yet; until there is, one is shown that nobody trusts",
               {{"file", files_.certificate}});
}

CertificateKeeper::State CertificateKeeper::state_of_files() const {
  return {written_ns(files_.certificate), written_ns(files_.key)};
}

void CertificateKeeper::look() {
  take_over();
  warn();
}

void CertificateKeeper::take_over() {
  const State state = state_of_files();  // before they are read: what is written meanwhile is seen next time
  if (state == used_) return;
  const auto reloaded = server_.reload_tls();
  if (reloaded) {
    used_ = state;
    refused_.reset();
    warned_at_.reset();
    log_.info("the certificate was renewed", {{"until", to_iso(reloaded->ends)}});
    judge();
  } else if (refused_ != state) {
    refused_ = state;
    log_.error("the new certificate cannot be used; the old one stays", {{"why", reloaded.error().detail}});
  }
}

void CertificateKeeper::judge() {
  if (trust_ == nullptr) return;
  const auto chain = http::CertificateChain::read(files_.certificate);
  published_ = chain && !trust_->vouching_for(*chain).empty();
  if (published_ || !chain) return;  // what cannot be read is told by whoever uses it
  log_.warning("cameras that trust only the roots of the trust bundle refuse the certificate",
               {{"file", files_.certificate},
                {"signed_by", chain->end()},
                {"roots", fmt::format("{}", fmt::join(trust_->names(), ", "))}});
}

void CertificateKeeper::warn() {
  const auto certificate = server_.certificate();
  if (!certificate || !is_overdue(*certificate, clock_.now())) return;
  if (warned_at_ && clock_.steady() - *warned_at_ < warning_interval) return;
  warned_at_ = clock_.steady();
  const bool over = certificate->ends <= clock_.now();
  log_.warning(
      over ? "the certificate has expired" : "nobody has renewed the certificate, which expires soon",
      {{"until", to_iso(certificate->ends)}, {"file", files_.certificate}});
}

}  // namespace heliograph::app
