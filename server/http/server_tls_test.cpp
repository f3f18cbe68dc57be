// The server's TLS as clients of other makes meet it: versions, secrecy, tickets, and a certificate that is
// renewed.
#include "server/http/test_support.hpp"
#include "server/http/tls.hpp"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

namespace heliograph::http::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view ask_for_root = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

std::vector<Route> routes() {
  return {{Method::get, "/", 0, [](Request&) -> Task<Response> { co_return text_response(200, "hello"); }}};
}

// What a client offers; everything OpenSSL has unless said otherwise.
struct Offer {
  int highest_version = TLS1_3_VERSION;
  const char* ciphers = nullptr;  // of TLS 1.2
  SSL_SESSION* session = nullptr;
  const char* suites = nullptr;  // of TLS 1.3
  const char* groups = nullptr;
};

class TlsClient {
 public:
  explicit TlsClient(std::uint16_t port, const Offer& offer = {})
      : context_(SSL_CTX_new(TLS_client_method()), SSL_CTX_free) {
    SSL_CTX_set_security_level(context_.get(), 0);  // it shall be the server who refuses
    SSL_CTX_set_min_proto_version(context_.get(), TLS1_VERSION);
    SSL_CTX_set_max_proto_version(context_.get(), offer.highest_version);
    if (offer.ciphers) SSL_CTX_set_cipher_list(context_.get(), offer.ciphers);
    if (offer.suites) SSL_CTX_set_ciphersuites(context_.get(), offer.suites);
    if (offer.groups) SSL_CTX_set1_groups_list(context_.get(), offer.groups);
    tls_.reset(SSL_new(context_.get()));
    socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    SSL_set_fd(tls_.get(), socket_);
    if (offer.session) SSL_set_session(tls_.get(), offer.session);
    connected_ = SSL_connect(tls_.get()) == 1;
  }
  ~TlsClient() { ::close(socket_); }
  TlsClient(const TlsClient&) = delete;
  TlsClient& operator=(const TlsClient&) = delete;

  bool connected() const { return connected_; }
  bool resumed() const { return SSL_session_reused(tls_.get()) == 1; }
  std::string cipher() const { return SSL_get_cipher_name(tls_.get()); }
  int version() const { return SSL_version(tls_.get()); }
  // What the handshake agreed on, as OpenSSL tells it.
  SSL* tls() const { return tls_.get(); }

  // Also takes in the tickets of TLS 1.3, which come behind the handshake.
  std::string ask() {
    SSL_write(tls_.get(), ask_for_root.data(), static_cast<int>(ask_for_root.size()));
    std::string buffer(4096, '\0');
    const int got = SSL_read(tls_.get(), buffer.data(), static_cast<int>(buffer.size()));
    return buffer.substr(0, static_cast<std::size_t>(std::max(got, 0)));
  }

  std::vector<unsigned char> key_of_server() const {
    const std::unique_ptr<X509, decltype(&X509_free)> certificate(SSL_get1_peer_certificate(tls_.get()),
                                                                  X509_free);
    const ASN1_BIT_STRING* key = X509_get0_pubkey_bitstr(certificate.get());
    return {key->data, key->data + key->length};
  }

  using Session = std::unique_ptr<SSL_SESSION, decltype(&SSL_SESSION_free)>;
  Session session() const { return {SSL_get1_session(tls_.get()), SSL_SESSION_free}; }

 private:
  std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_;
  std::unique_ptr<SSL, decltype(&SSL_free)> tls_{nullptr, SSL_free};
  int socket_ = -1;
  bool connected_ = false;
};

class ServerTlsTest : public ::testing::Test {
 protected:
  TemporaryDirectory directory_;
  TlsFiles files_ = make_certificate(directory_);
  TestServer server_{routes(), {}, files_};
};

TEST_F(ServerTlsTest, SpeaksTls12And13AndNothingOlder) {
  EXPECT_EQ(TlsClient(server_.port).version(), TLS1_3_VERSION);
  const TlsClient older(server_.port, {.highest_version = TLS1_2_VERSION});
  EXPECT_TRUE(older.connected());
  EXPECT_EQ(older.version(), TLS1_2_VERSION);
  for (const int version : {TLS1_1_VERSION, TLS1_VERSION}) {
    EXPECT_FALSE(TlsClient(server_.port, {.highest_version = version}).connected()) << version;
  }
}

// Every cipher that OpenSSL knows is offered alone, one after the other.
TEST_F(ServerTlsTest, TakesTheseCiphersAndNoOthers) {
  const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> all(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
  SSL_CTX_set_security_level(all.get(), 0);
  SSL_CTX_set_cipher_list(all.get(), "ALL:COMPLEMENTOFALL");
  const auto* ciphers = SSL_CTX_get_ciphers(all.get());
  std::vector<std::string> taken;
  int offered = 0;
  for (int i = 0; i < sk_SSL_CIPHER_num(ciphers); ++i) {
    const SSL_CIPHER* cipher = sk_SSL_CIPHER_value(ciphers, i);
    const std::string name = SSL_CIPHER_get_name(cipher);
    if (name.starts_with("TLS_")) continue;  // of 1.3
    ++offered;
    const Offer offer{.highest_version = TLS1_2_VERSION, .ciphers = name.c_str()};
    if (TlsClient(server_.port, offer).connected()) taken.push_back(name);
  }
  EXPECT_GT(offered, 100);
  std::ranges::sort(taken);
  EXPECT_THAT(taken, ElementsAre("ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES256-GCM-SHA384",
                                 "ECDHE-ECDSA-CHACHA20-POLY1305"));

  std::vector<std::string> suites;
  for (const char* suite :
       {"TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256",
        "TLS_AES_128_CCM_SHA256", "TLS_AES_128_CCM_8_SHA256"}) {
    const TlsClient client(server_.port, {.suites = suite});
    if (client.connected() && client.version() == TLS1_3_VERSION) suites.emplace_back(suite);
  }
  EXPECT_THAT(suites, ElementsAre("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384",
                                  "TLS_CHACHA20_POLY1305_SHA256"));
}

TEST_F(ServerTlsTest, AgreesOnKeysOverTheseCurvesAndNoOthers) {
  const auto agreed = [this](int version, const std::string& groups) -> std::string {
    const TlsClient client(server_.port, {.highest_version = version, .groups = groups.c_str()});
    if (!client.connected()) return "none";
    const auto group = static_cast<int>(SSL_get_negotiated_group(client.tls()));
    return SSL_group_to_name(client.tls(), group);
  };
  for (const char* group : {"P-521", "X448", "secp256k1", "brainpoolP256r1", "ffdhe2048", "ffdhe8192"}) {
    EXPECT_EQ(agreed(TLS1_3_VERSION, group), "none") << group;
    // In 1.2 the list is also of the curves that a certificate may be on, so its own must be there.
    EXPECT_EQ(agreed(TLS1_2_VERSION, std::string(group) + ":P-256"), "secp256r1") << group;
  }
  EXPECT_EQ(agreed(TLS1_3_VERSION, "P-384"), "secp384r1");
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    EXPECT_EQ(agreed(version, "P-256"), "secp256r1");
    EXPECT_EQ(agreed(version, "X25519:P-256"), "x25519");
  }
}

// What made headlines: Heartbleed's neighbours, CRIME, renegotiation, triple handshakes, replayed early data.
TEST_F(ServerTlsTest, OffersNothingThatWasEverAttacked) {
  TlsClient older(server_.port, {.highest_version = TLS1_2_VERSION});
  ASSERT_TRUE(older.connected());
  EXPECT_EQ(SSL_get_current_compression(older.tls()), nullptr);
  EXPECT_EQ(SSL_get_extms_support(older.tls()), 1) << "the master secret is bound to its handshake";
  EXPECT_EQ(SSL_get_secure_renegotiation_support(older.tls()), 1);
  EXPECT_THAT(older.ask(), HasSubstr("200 OK"));
  SSL_renegotiate(older.tls());
  SSL_do_handshake(older.tls());
  EXPECT_THAT(older.ask(), Not(HasSubstr("200 OK"))) << "it shook hands anew";

  TlsClient newer(server_.port);
  EXPECT_THAT(newer.ask(), HasSubstr("200 OK"));
  const auto session = newer.session();
  EXPECT_EQ(SSL_SESSION_get_max_early_data(session.get()), 0U) << "early data can be sent again by anybody";
}

TEST_F(ServerTlsTest, KeepsThePastSecretFromWhoeverStealsTheKeyLater) {
  const TlsClient usual(server_.port, {.highest_version = TLS1_2_VERSION});
  EXPECT_THAT(usual.cipher(), HasSubstr("ECDHE"));
  EXPECT_THAT(usual.cipher(), ::testing::AnyOf(HasSubstr("GCM"), HasSubstr("CHACHA20")));
  for (const char* weak : {"kRSA", "ECDHE-ECDSA-AES128-SHA", "ECDHE-ECDSA-AES128-SHA256", "aNULL", "eNULL"}) {
    const Offer offer{.highest_version = TLS1_2_VERSION, .ciphers = weak};
    EXPECT_FALSE(TlsClient(server_.port, offer).connected()) << weak;
  }
}

TEST_F(ServerTlsTest, TakesUpWhereACameraLeftOff) {
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    TlsClient first(server_.port, {.highest_version = version});
    first.ask();
    EXPECT_FALSE(first.resumed());
    const auto session = first.session();
    TlsClient second(server_.port, {.highest_version = version, .session = session.get()});
    EXPECT_TRUE(second.resumed()) << version;
    EXPECT_THAT(second.ask(), HasSubstr("200 OK"));
    // In 1.3 new keys are agreed on all the same, and the ticket is for one use.
    if (version == TLS1_3_VERSION) {
      EXPECT_NE(SSL_get_negotiated_group(second.tls()), 0);
    }
    EXPECT_FALSE(TlsClient(TestServer(routes(), {}, files_).port, {.session = session.get()}).resumed())
        << "a ticket of one server is nothing to another";
  }
}

TEST_F(ServerTlsTest, ARenewedCertificateDropsNobody) {
  TlsClient before(server_.port);
  before.ask();
  const auto session = before.session();
  make_certificate(directory_);
  const auto renewed = server_.server.reload_tls();
  ASSERT_TRUE(renewed) << renewed.error().detail;

  EXPECT_THAT(before.ask(), HasSubstr("200 OK"));
  TlsClient after(server_.port);
  EXPECT_THAT(after.ask(), HasSubstr("200 OK"));
  EXPECT_NE(after.key_of_server(), before.key_of_server());
  EXPECT_TRUE(TlsClient(server_.port, {.session = session.get()}).resumed());
}

TEST_F(ServerTlsTest, ACertificateThatCannotBeUsedChangesNothing) {
  const auto key = TlsClient(server_.port).key_of_server();
  directory_.write("key.pem", "half of a key");
  const auto renewed = server_.server.reload_tls();
  ASSERT_FALSE(renewed);
  EXPECT_THAT(renewed.error().detail, HasSubstr("cannot use the key " + files_.key));
  TlsClient after(server_.port);
  EXPECT_THAT(after.ask(), HasSubstr("200 OK"));
  EXPECT_EQ(after.key_of_server(), key);
}

TEST(ServerTls, ShowsOneOfItsOwnUntilThereIsACertificateAndNeverAgain) {
  const TemporaryDirectory directory;
  TlsFiles files{directory.path() / "certificate.pem", directory.path() / "key.pem", /*may_come_later=*/true};
  TestServer server(routes(), {}, files);
  const auto own = TlsClient(server.port).key_of_server();
  make_certificate(directory);
  ASSERT_TRUE(server.server.reload_tls());
  const auto real = TlsClient(server.port).key_of_server();
  EXPECT_NE(real, own);
  std::filesystem::remove(files.certificate);  // as an ACME client does for a moment when it renews
  EXPECT_FALSE(server.server.reload_tls());
  EXPECT_EQ(TlsClient(server.port).key_of_server(), real);
}

TEST_F(ServerTlsTest, KnowsHowLongItsCertificateLasts) {
  const auto certificate = server_.server.certificate();
  ASSERT_TRUE(certificate);
  const auto life = certificate->ends - certificate->begins;
  EXPECT_EQ(life, std::chrono::seconds{3660});
  EXPECT_FALSE(TestServer(routes()).server.certificate());
}

TEST_F(ServerTlsTest, AsksBrowsersToComeBackThroughTls) {
  EXPECT_THAT(TlsClient(server_.port).ask(), HasSubstr("Strict-Transport-Security: max-age=31536000\r\n"));
  const TestServer plain(routes());
  EXPECT_EQ(plain.connect().ask(ask_for_root).header("strict-transport-security"), "");
}

}  // namespace
}  // namespace heliograph::http::testing
