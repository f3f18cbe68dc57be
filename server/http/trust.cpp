#include "server/http/trust.hpp"

#include "server/base/sha256.hpp"
#include "server/http/x509.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <fstream>
#include <netinet/in.h>
#include <sstream>
#include <string_view>

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

namespace heliograph::http {
namespace {

namespace fs = std::filesystem;

// All roots of a system are 220 KB.
constexpr std::uintmax_t max_pem_bytes = 4 * 1024 * 1024;
// An ESP32 reads them into its memory, beside a picture, and keeps them in its flash: a dozen roots.
constexpr std::size_t max_bundle_bytes = 24 * 1024;

template <class T, void (*free)(T*)>
struct Free {
  void operator()(T* that) const { free(that); }
};
using StoreOwner = std::unique_ptr<X509_STORE, Free<X509_STORE, X509_STORE_free>>;
using VerificationOwner = std::unique_ptr<X509_STORE_CTX, Free<X509_STORE_CTX, X509_STORE_CTX_free>>;
using AltNamesOwner = std::unique_ptr<GENERAL_NAMES, Free<GENERAL_NAMES, GENERAL_NAMES_free>>;
struct FreeStack {  // not what is in it
  void operator()(STACK_OF(X509) * stack) const { sk_X509_free(stack); }
};

Result<std::string> read_file(const fs::path& file) {
  std::error_code failed;
  const auto size = fs::file_size(file, failed);
  if (failed) {
    const auto kind =
        failed == std::errc::no_such_file_or_directory ? ErrorKind::not_found : ErrorKind::bad_request;
    return Error{kind, "cannot read " + file.string() + ": " + failed.message()};
  }
  if (size > max_pem_bytes) {
    return Error{ErrorKind::bad_request, file.string() + " is too long to be certificates"};
  }
  std::ifstream stream(file, std::ios::binary);
  if (!stream) {
    return Error{ErrorKind::bad_request,
                 "cannot read " + file.string() + ": " + std::generic_category().message(errno)};
  }
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

// All of a text of PEM; whatever stands between them is skipped.
Result<std::vector<X509Owner>> read_certificates(const fs::path& file) {
  const auto text = read_file(file);
  if (!text) return text.error();
  ERR_clear_error();
  const BioOwner bio(BIO_new_mem_buf(text->data(), static_cast<int>(text->size())), BIO_free);
  std::vector<X509Owner> certificates;
  while (X509* certificate = PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)) {
    certificates.emplace_back(certificate, X509_free);
  }
  const bool ended = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
  if (!ended) return openssl_error(file.string() + " has a certificate that cannot be read");
  ERR_clear_error();
  if (certificates.empty()) {
    return Error{ErrorKind::bad_request, file.string() + " has no certificate in it"};
  }
  return certificates;
}

std::string text_of(const ASN1_STRING* text) {
  return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
          static_cast<std::size_t>(ASN1_STRING_length(text))};
}

// "" when the name has no such part.
std::string part_of(const X509_NAME* name, int nid) {
  const int at = X509_NAME_get_index_by_NID(name, nid, -1);
  return at < 0 ? std::string() : text_of(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)));
}

// What people call it.
std::string called(const X509_NAME* name) {
  for (const int nid : {NID_commonName, NID_organizationalUnitName, NID_organizationName}) {
    if (std::string part = part_of(name, nid); !part.empty()) return part;
  }
  return "somebody without a name";
}

std::string address_text(const ASN1_STRING* address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const bool v4 = ASN1_STRING_length(address) == sizeof(in_addr);
  if (!v4 && ASN1_STRING_length(address) != sizeof(in6_addr)) return "an address that is none";
  ::inet_ntop(v4 ? AF_INET : AF_INET6, ASN1_STRING_get0_data(address), text.data(), text.size());
  return text.data();
}

std::vector<std::string> names_of(const X509* certificate) {
  const AltNamesOwner alternatives(
      static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
  std::vector<std::string> names;
  for (int i = 0; i < sk_GENERAL_NAME_num(alternatives.get()); ++i) {
    const GENERAL_NAME* name = sk_GENERAL_NAME_value(alternatives.get(), i);
    if (name->type == GEN_DNS) names.push_back(text_of(name->d.dNSName));
    if (name->type == GEN_IPADD) names.push_back(address_text(name->d.iPAddress));
  }
  return names;
}

bool is_of_lets_encrypt(const X509* root) {
  const std::string owner = part_of(X509_get_subject_name(root), NID_organizationName);
  // X1 and X2, and the roots that follow them.
  return owner == "Internet Security Research Group" || owner == "ISRG";
}

// Would somebody who trusts only this root, at that time, trust the first of the chain?
bool vouches(X509* root, const std::vector<X509Owner>& chain, std::time_t at) {
  const StoreOwner store(X509_STORE_new());
  const VerificationOwner verification(X509_STORE_CTX_new());
  const std::unique_ptr<STACK_OF(X509), FreeStack> others(sk_X509_new_null());
  for (const X509Owner& certificate : chain) sk_X509_push(others.get(), certificate.get());
  if (X509_STORE_add_cert(store.get(), root) != 1 ||
      X509_STORE_CTX_init(verification.get(), store.get(), chain.front().get(), others.get()) != 1) {
    return false;
  }
  X509_STORE_CTX_set_time(verification.get(), 0, at);
  X509_STORE_CTX_set_purpose(verification.get(), X509_PURPOSE_SSL_SERVER);
  const bool trusted = X509_verify_cert(verification.get()) == 1;
  ERR_clear_error();
  return trusted;
}

}  // namespace

Result<CertificateChain> CertificateChain::read(const fs::path& file) {
  auto certificates = read_certificates(file);
  if (!certificates) return certificates.error();
  const auto life = life_of(certificates->front().get());
  if (!life) return life.error();
  CertificateChain chain;
  chain.certificates_ = std::move(*certificates);
  chain.names_ = names_of(chain.certificates_.front().get());
  chain.life_ = *life;
  chain.end_ = called(X509_get_issuer_name(chain.certificates_.back().get()));
  return chain;
}

Result<TrustBundle> TrustBundle::read(const fs::path& file) {
  auto certificates = read_certificates(file);
  if (!certificates) return certificates.error();
  for (const X509Owner& certificate : *certificates) {
    if (X509_self_signed(certificate.get(), 1) == 1) continue;
    ERR_clear_error();
    return Error{ErrorKind::bad_request, "\"" + called(X509_get_subject_name(certificate.get())) + "\" in " +
                                             file.string() +
                                             " is no root: it is signed by another. Its authority may stop "
                                             "using it any day; cameras must trust the root"};
  }
  return of(std::move(*certificates), file.string());
}

Result<TrustBundle> TrustBundle::of_lets_encrypt(const fs::path& system_roots) {
  auto certificates = read_certificates(system_roots);
  if (!certificates) return certificates.error();
  std::erase_if(*certificates, [](const X509Owner& root) { return !is_of_lets_encrypt(root.get()); });
  if (certificates->empty()) {
    return Error{ErrorKind::not_found, system_roots.string() + " has no root of Let's Encrypt"};
  }
  return of(std::move(*certificates), system_roots.string());
}

Result<TrustBundle> TrustBundle::of(std::vector<X509Owner> roots, const std::string& source) {
  const BioOwner bio(BIO_new(BIO_s_mem()), BIO_free);
  TrustBundle bundle;
  for (const X509Owner& root : roots) {
    bundle.names_.push_back(called(X509_get_subject_name(root.get())));
    if (PEM_write_bio_X509(bio.get(), root.get()) != 1) return openssl_error("cannot write roots as PEM");
  }
  char* text = nullptr;
  const auto size = static_cast<std::size_t>(BIO_get_mem_data(bio.get(), &text));
  if (size > max_bundle_bytes) {
    return Error{ErrorKind::bad_request, source + " has " + std::to_string(size) +
                                             " bytes of roots; a small camera takes " +
                                             std::to_string(max_bundle_bytes)};
  }
  bundle.roots_ = std::move(roots);
  bundle.pem_.assign(text, size);
  bundle.etag_ = to_hex(sha256(bundle.pem_));
  return bundle;
}

std::vector<std::string> TrustBundle::vouching_for(const CertificateChain& chain) const {
  const std::time_t at = std::chrono::system_clock::to_time_t(chain.life_.begins);
  std::vector<std::string> names;
  for (std::size_t i = 0; i < roots_.size(); ++i) {
    if (vouches(roots_[i].get(), chain.certificates_, at)) names.push_back(names_[i]);
  }
  return names;
}

}  // namespace heliograph::http
