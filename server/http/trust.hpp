// Who vouches for a certificate: the chain that a server shows, and the roots that cameras are given to
// trust. Values that do not change; any thread.
#pragma once

#include "server/base/error.hpp"
#include "server/http/server.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

struct x509_st;

namespace heliograph::http {

// A file of PEM as ACME clients write it: the server's own certificate first, then who signed it.
class CertificateChain {
 public:
  // not_found when there is no such file; bad_request, with the file and the reason, when it is none.
  static Result<CertificateChain> read(const std::filesystem::path& file);

  // Whom it is for: names, and addresses as text.
  const std::vector<std::string>& names() const { return names_; }
  const Certificate& life() const { return life_; }
  // Who signed the last of it: the root that it counts on.
  const std::string& end() const { return end_; }

 private:
  friend class TrustBundle;
  using X509Owner = std::shared_ptr<x509_st>;

  std::vector<X509Owner> certificates_;
  std::vector<std::string> names_;
  Certificate life_;
  std::string end_;
};

// Roots: each signed by itself. Never an intermediate, which its authority may retire any day.
class TrustBundle {
 public:
  // Those of a file of PEM. bad_request, with the file and the reason, for what is no root, for none, and for
  // more than a small board can hold.
  static Result<TrustBundle> read(const std::filesystem::path& file);
  // Those among the system's that Let's Encrypt's certificates end at. not_found when it has none.
  static Result<TrustBundle> of_lets_encrypt(const std::filesystem::path& system_roots = all_system_roots);

  // What Debian's package ca-certificates makes.
  static constexpr const char* all_system_roots = "/etc/ssl/certs/ca-certificates.crt";

  const std::string& pem() const { return pem_; }
  const std::string& etag() const { return etag_; }  // of the text; without quotes
  const std::vector<std::string>& names() const { return names_; }

  // The names of the roots of which each alone is enough to trust the chain. Judged at the moment when the
  // certificate begins: that it has expired is another fault.
  std::vector<std::string> vouching_for(const CertificateChain& chain) const;

 private:
  using X509Owner = std::shared_ptr<x509_st>;
  static Result<TrustBundle> of(std::vector<X509Owner> roots, const std::string& source);

  std::vector<X509Owner> roots_;
  std::vector<std::string> names_;
  std::string pem_;
  std::string etag_;
};

}  // namespace heliograph::http
