// What there is to say of the certificate in the files, and what is wrong with it.
#pragma once

#include "server/app/config.hpp"
#include "server/base/error.hpp"
#include "server/base/time.hpp"

#include <string>
#include <vector>

namespace heliograph::app {

struct HttpsReport {
  std::string file;
  std::vector<std::string> names;
  http::Certificate life;
  std::string signed_by;                // the root that the chain counts on
  std::vector<std::string> roots;       // that cameras are given to trust
  std::vector<std::string> trusted_by;  // those of them that vouch for it
  bool timer = false;                   // systemd has one that renews it

  // A sentence for each thing that an owner should put right; empty when all is well.
  std::vector<std::string> faults(Timestamp now) const;
};

// bad_request, with what to do, for a configuration without TLS; not_found when there is no certificate yet.
Result<HttpsReport> read_https_report(const Config& config);

}  // namespace heliograph::app
