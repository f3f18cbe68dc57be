#include "server/http/ticket_keys.hpp"

#include "server/http/test_support.hpp"
#include "server/http/tls.hpp"

#include <memory>

#include <gtest/gtest.h>
#include <openssl/ssl.h>

namespace heliograph::http::testing {
namespace {

using namespace std::chrono_literals;
using Session = std::unique_ptr<SSL_SESSION, decltype(&SSL_SESSION_free)>;
using Tls = std::unique_ptr<SSL, decltype(&SSL_free)>;

// A handshake in memory, and the ticket that came of it.
struct Visit {
  bool resumed = false;
  Session session{nullptr, SSL_SESSION_free};
};

Visit visit(const TlsContext& server_context, int version, SSL_SESSION* session = nullptr) {
  const TlsContext client_context(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
  SSL_CTX_set_max_proto_version(client_context.get(), version);
  const Tls client(SSL_new(client_context.get()), SSL_free);
  const Tls server(SSL_new(server_context.get()), SSL_free);
  BIO* ends[2];
  BIO_new_bio_pair(&ends[0], 0, &ends[1], 0);
  SSL_set_bio(client.get(), ends[0], ends[0]);
  SSL_set_bio(server.get(), ends[1], ends[1]);
  SSL_set_connect_state(client.get());
  SSL_set_accept_state(server.get());
  if (session != nullptr) SSL_set_session(client.get(), session);
  char byte = 0;
  for (int turn = 0; turn < 5;
       ++turn) {  // of each: as many as a handshake has, and one that takes the tickets in
    SSL_do_handshake(client.get());
    SSL_do_handshake(server.get());
    SSL_read(client.get(), &byte, 1);
  }
  EXPECT_TRUE(SSL_is_init_finished(client.get()) && SSL_is_init_finished(server.get()));
  EXPECT_EQ(SSL_version(client.get()), version);
  SSL_shutdown(client.get());  // or its session would be taken for broken
  return {SSL_session_reused(client.get()) == 1, Session(SSL_get1_session(client.get()), SSL_SESSION_free)};
}

class TicketKeysTest : public ::testing::TestWithParam<int> {
 protected:
  TlsContext load() { return load_tls(files_, keys_).value(); }
  void pass(std::chrono::minutes time) { keys_.rotate(now_ += time); }

  TemporaryDirectory directory_;
  TlsFiles files_ = make_certificate(directory_);
  SteadyTime now_{100h};
  TicketKeys keys_{now_};
  TlsContext context_ = load();
};

INSTANTIATE_TEST_SUITE_P(Versions, TicketKeysTest, ::testing::Values(TLS1_2_VERSION, TLS1_3_VERSION),
                         [](const auto& info) { return info.param == TLS1_2_VERSION ? "Tls12" : "Tls13"; });

TEST_P(TicketKeysTest, HoldOverOneRotationAndNotOverTwo) {
  const Visit first = visit(context_, GetParam());
  EXPECT_FALSE(first.resumed);
  pass(11h + 59min);
  EXPECT_TRUE(visit(context_, GetParam(), first.session.get()).resumed);
  pass(1min);
  EXPECT_TRUE(visit(context_, GetParam(), first.session.get()).resumed) << "the key before is still taken";
  pass(11h + 59min);
  EXPECT_TRUE(visit(context_, GetParam(), first.session.get()).resumed);
  pass(1min);
  EXPECT_FALSE(visit(context_, GetParam(), first.session.get()).resumed);
}

TEST_P(TicketKeysTest, HoldOverAChangeOfTheCertificate) {
  const Visit first = visit(context_, GetParam());
  make_certificate(directory_);
  const TlsContext renewed = load();
  EXPECT_TRUE(visit(renewed, GetParam(), first.session.get()).resumed);
  pass(12h);
  EXPECT_TRUE(visit(renewed, GetParam(), first.session.get()).resumed);
  EXPECT_TRUE(visit(context_, GetParam(), first.session.get()).resumed) << "for who shook hands meanwhile";
  pass(12h);
  EXPECT_FALSE(visit(renewed, GetParam(), first.session.get()).resumed);
}

TEST_P(TicketKeysTest, WhoComesBackInTimeGetsATicketOfTheNewKey) {
  Visit camera = visit(context_, GetParam());
  for (int i = 0; i < 4; ++i) {
    pass(12h);
    camera = visit(context_, GetParam(), camera.session.get());
    EXPECT_TRUE(camera.resumed) << i;
  }
}

TEST_P(TicketKeysTest, NobodyElsesAreTaken) {
  const Visit first = visit(context_, GetParam());
  TicketKeys others(now_);
  EXPECT_FALSE(visit(load_tls(files_, others).value(), GetParam(), first.session.get()).resumed);
}

TEST_P(TicketKeysTest, LastLongerThanATicketDoes) {
  EXPECT_LT(std::chrono::seconds(SSL_CTX_get_timeout(context_.get())), ticket_key_life);
}

TEST(TicketKeys, AreForgottenWhileNobodyComes) {
  SteadyTime now{100h};
  TicketKeys keys(now);
  const auto name = keys.current()->name;
  keys.rotate(now += 12h);
  EXPECT_NE(keys.current()->name, name);
  EXPECT_NE(keys.find(name), nullptr);
  keys.rotate(now += 12h);
  EXPECT_EQ(keys.find(name), nullptr);
  const auto later = keys.current()->name;
  keys.rotate(now += 24h);  // the machine slept
  EXPECT_EQ(keys.find(later), nullptr);
  EXPECT_NE(keys.current(), nullptr);
}

}  // namespace
}  // namespace heliograph::http::testing
