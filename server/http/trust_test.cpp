#include "server/http/trust.hpp"

#include "server/http/test_support.hpp"

#include <ctime>
#include <memory>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

namespace heliograph::http::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr long day_s = 86400;

using KeyOwner = std::shared_ptr<EVP_PKEY>;

// Somebody who signs: a name, and a key that may be known under several certificates.
struct Authority {
  explicit Authority(std::string called, std::string owner = "Test")
      : name(std::move(called)), organisation(std::move(owner)), key(EVP_EC_gen("P-256"), EVP_PKEY_free) {}

  std::string name;
  std::string organisation;
  KeyOwner key;
};

void set_name(X509_NAME* name, const Authority& who) {
  const auto add = [name](const char* part, const std::string& text) {
    X509_NAME_add_entry_by_txt(name, part, MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(text.c_str()), -1, -1, 0);
  };
  add("O", who.organisation);
  add("CN", who.name);
}

void add_extension(X509* certificate, int nid, const char* value) {
  const std::unique_ptr<X509_EXTENSION, decltype(&X509_EXTENSION_free)> extension(
      X509V3_EXT_conf_nid(nullptr, nullptr, nid, value), X509_EXTENSION_free);
  X509_add_ext(certificate, extension.get(), -1);
}

struct Wanted {
  const char* names = nullptr;  // of a server; none: it is an authority
  long begins_s = -60;          // from when the first was made
  long ends_s = 30 * day_s;
};

// One moment for all, or a slow machine would make a root that is younger than what it signed.
ASN1_TIME* set_from_now(ASN1_TIME* time, long offset_s) {
  static std::time_t now = std::time(nullptr);  // not const: as OpenSSL asks
  return X509_time_adj(time, offset_s, &now);
}

// PEM.
std::string certificate(const Authority& subject, const Authority& signer, const Wanted& wanted = {}) {
  const std::unique_ptr<X509, decltype(&X509_free)> made(X509_new(), X509_free);
  X509_set_version(made.get(), X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(made.get()), 1);
  set_from_now(X509_getm_notBefore(made.get()), wanted.begins_s);
  set_from_now(X509_getm_notAfter(made.get()), wanted.ends_s);
  X509_set_pubkey(made.get(), subject.key.get());
  set_name(X509_get_subject_name(made.get()), subject);
  set_name(X509_get_issuer_name(made.get()), signer);
  if (wanted.names) {
    add_extension(made.get(), NID_subject_alt_name, wanted.names);
  } else {
    add_extension(made.get(), NID_basic_constraints, "critical,CA:TRUE");
  }
  X509_sign(made.get(), signer.key.get(), EVP_sha256());
  const std::unique_ptr<BIO, decltype(&BIO_free)> bio(BIO_new(BIO_s_mem()), BIO_free);
  PEM_write_bio_X509(bio.get(), made.get());
  char* text = nullptr;
  const auto size = static_cast<std::size_t>(BIO_get_mem_data(bio.get(), &text));
  return {text, size};
}

class TrustTest : public ::testing::Test {
 protected:
  CertificateChain chain(const std::string& pem) const {
    return CertificateChain::read(directory_.write("chain.pem", pem)).value();
  }
  Result<TrustBundle> bundle(const std::string& pem) const {
    return TrustBundle::read(directory_.write("roots.pem", pem));
  }

  TemporaryDirectory directory_;
  // As Let's Encrypt has them: an old root that all know, one that it signed, and a new one that nobody knows
  // yet, signed by the second.
  Authority x1_{"ISRG Root X1", "Internet Security Research Group"};
  Authority x2_{"ISRG Root X2", "Internet Security Research Group"};
  Authority ye_{"Root YE", "ISRG"};
  Authority intermediate_{"YE1", "Let's Encrypt"};
  Authority server_{"photos.example.org"};
  Authority other_{"Other Root"};
  const Wanted names_{.names = "DNS:photos.example.org,IP:192.0.2.10,IP:2001:db8::1"};
  const std::string leaf_ = certificate(server_, intermediate_, names_);
  const std::string short_chain_ = leaf_ + certificate(intermediate_, ye_);
  const std::string whole_chain_ = short_chain_ + certificate(ye_, x2_) + certificate(x2_, x1_);
  const std::string all_roots_ = certificate(x1_, x1_) + certificate(x2_, x2_) + certificate(ye_, ye_);
};

TEST_F(TrustTest, AChainSaysWhomItIsForAndOnWhomItCounts) {
  const CertificateChain read = chain(whole_chain_);
  EXPECT_THAT(read.names(), ElementsAre("photos.example.org", "192.0.2.10", "2001:db8::1"));
  EXPECT_EQ(read.end(), "ISRG Root X1");
  EXPECT_EQ(read.life().ends - read.life().begins, std::chrono::seconds{30 * day_s + 60});
  EXPECT_EQ(chain(short_chain_).end(), "Root YE");
}

TEST_F(TrustTest, ARootVouchesWhenTheChainLeadsToIt) {
  const auto roots = bundle(certificate(other_, other_) + all_roots_);
  ASSERT_TRUE(roots) << roots.error().detail;
  EXPECT_THAT(roots->names(), ElementsAre("Other Root", "ISRG Root X1", "ISRG Root X2", "Root YE"));
  EXPECT_THAT(roots->vouching_for(chain(whole_chain_)),
              ElementsAre("ISRG Root X1", "ISRG Root X2", "Root YE"));
  EXPECT_THAT(roots->vouching_for(chain(short_chain_)), ElementsAre("Root YE"));
  EXPECT_THAT(roots->vouching_for(chain(leaf_)), IsEmpty()) << "the intermediate is missing";
  const Authority impostor("YE1", "Let's Encrypt");
  const std::string forged = certificate(server_, impostor, names_) + certificate(intermediate_, ye_);
  EXPECT_THAT(roots->vouching_for(chain(forged)), IsEmpty());
}

TEST_F(TrustTest, OneThatExpiredIsStillVouchedFor) {
  Wanted old = names_;
  old.begins_s = -20;
  old.ends_s = -10;
  const auto roots = bundle(all_roots_);
  const std::string expired = certificate(server_, intermediate_, old) + certificate(intermediate_, ye_);
  EXPECT_THAT(roots->vouching_for(chain(expired)), ElementsAre("Root YE"));
}

TEST_F(TrustTest, ACertificateSignedByItselfIsItsOwnRoot) {
  const std::string own = certificate(server_, server_, names_);
  const auto roots = bundle(own);
  ASSERT_TRUE(roots) << roots.error().detail;
  EXPECT_THAT(roots->vouching_for(chain(own)), ElementsAre("photos.example.org"));
}

TEST_F(TrustTest, ABundleIsPublishedAsPlainPem) {
  const auto roots = bundle("# our roots\n" + all_roots_ + "\nthat was all\n");
  ASSERT_TRUE(roots);
  EXPECT_EQ(roots->pem(), all_roots_);
  EXPECT_EQ(roots->etag().size(), 64U);
  EXPECT_NE(roots->etag(), bundle(certificate(x1_, x1_))->etag());
}

TEST_F(TrustTest, SaysWhatIsNoBundle) {
  std::string many;
  for (int i = 0; i < 50; ++i) many += all_roots_;
  const std::string broken = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
  const struct {
    std::string pem;
    const char* why;
  } rows[] = {
      {certificate(x1_, x1_) + certificate(intermediate_, ye_), "\"YE1\" in "},
      {certificate(x2_, x1_), "is no root: it is signed by another"},
      {"", "has no certificate in it"},
      {"hello", "has no certificate in it"},
      {certificate(x1_, x1_) + broken, "has a certificate that cannot be read"},
      {many, "a small camera takes"},
  };
  for (const auto& row : rows) {
    const auto roots = bundle(row.pem);
    ASSERT_FALSE(roots) << row.why;
    EXPECT_EQ(roots.error().kind, ErrorKind::bad_request);
    EXPECT_THAT(roots.error().detail, HasSubstr(row.why));
    EXPECT_THAT(roots.error().detail, HasSubstr("roots.pem"));
  }
  const auto missing = TrustBundle::read(directory_.path() / "nothing.pem");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().kind, ErrorKind::not_found);
  EXPECT_THAT(TrustBundle::read(directory_.path()).error().detail, HasSubstr("cannot read"));
}

TEST_F(TrustTest, TakesLetsEncryptsRootsFromTheSystems) {
  const auto debians = TrustBundle::of_lets_encrypt();
  ASSERT_TRUE(debians) << debians.error().detail;
  EXPECT_THAT(debians->names(), ::testing::IsSupersetOf({"ISRG Root X1", "ISRG Root X2"}));

  const std::string store = directory_.write("store.pem", certificate(other_, other_) + all_roots_);
  EXPECT_THAT(TrustBundle::of_lets_encrypt(store)->names(),
              ElementsAre("ISRG Root X1", "ISRG Root X2", "Root YE"));
  const std::string without = directory_.write("store.pem", certificate(other_, other_));
  EXPECT_EQ(TrustBundle::of_lets_encrypt(without).error().kind, ErrorKind::not_found);
}

}  // namespace
}  // namespace heliograph::http::testing
