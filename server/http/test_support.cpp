#include "server/http/test_support.hpp"

#include "server/http/text.hpp"

#include <arpa/inet.h>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <netinet/in.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

namespace heliograph::http::testing {
namespace {

constexpr timeval patience{10, 0};

template <class T>
T check(T result, const char* what) {
  if (!result) throw std::runtime_error(what);
  return result;
}

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

}  // namespace

TlsFiles make_certificate(const TemporaryDirectory& directory) {
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_EC_gen("P-256"), EVP_PKEY_free);
  const std::unique_ptr<X509, decltype(&X509_free)> certificate(X509_new(), X509_free);
  X509_set_version(certificate.get(), X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -60);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
  X509_set_pubkey(certificate.get(), key.get());
  X509_NAME* name = X509_get_subject_name(certificate.get());
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("127.0.0.1"),
                             -1, -1, 0);
  X509_set_issuer_name(certificate.get(), name);
  check(X509_sign(certificate.get(), key.get(), EVP_sha256()), "X509_sign");

  TlsFiles files{directory.path() / "certificate.pem", directory.path() / "key.pem"};
  const File certificate_file(check(std::fopen(files.certificate.c_str(), "w"), "fopen"));
  const File key_file(check(std::fopen(files.key.c_str(), "w"), "fopen"));
  PEM_write_X509(certificate_file.get(), certificate.get());
  PEM_write_PrivateKey(key_file.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  return files;
}

std::string Reply::header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (equals_ignoring_case(key, name)) return value;
  }
  return "";
}

Client::Socket::~Socket() {
  if (number >= 0) ::close(number);
}

void Client::FreeTls::operator()(ssl_st* tls) const {
  SSL_free(tls);
}
void Client::FreeTls::operator()(ssl_ctx_st* context) const {
  SSL_CTX_free(context);
}

Client::Client(std::uint16_t port, bool tls, int receive_buffer_bytes) {
  socket_.number = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  check(socket_.number >= 0, "socket");
  ::setsockopt(socket_.number, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  ::setsockopt(socket_.number, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  if (receive_buffer_bytes != 0) {
    ::setsockopt(socket_.number, SOL_SOCKET, SO_RCVBUF, &receive_buffer_bytes, sizeof receive_buffer_bytes);
  }
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  check(::connect(socket_.number, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0,
        "connect");
  if (tls) start_tls();
}

void Client::start_tls() {
  context_.reset(SSL_CTX_new(TLS_client_method()));
  tls_.reset(SSL_new(context_.get()));
  SSL_set_fd(tls_.get(), socket_.number);
  check(SSL_connect(tls_.get()) == 1, "SSL_connect");
}

bool Client::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = tls_ ? SSL_write(tls_.get(), bytes.data(), static_cast<int>(bytes.size()))
                           : ::send(socket_.number, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool Client::fill() {
  const std::string more = read_some();
  received_ += more;
  return !more.empty();
}

std::string Client::read_some() {
  std::string buffer(64 * 1024, '\0');
  errno = 0;
  const auto got = tls_ ? SSL_read(tls_.get(), buffer.data(), static_cast<int>(buffer.size()))
                        : ::recv(socket_.number, buffer.data(), buffer.size(), 0);
  if (got <= 0) {
    if (errno == EAGAIN) throw std::runtime_error("the server said nothing for ten seconds");
    reset_ = errno == ECONNRESET;
  }
  buffer.resize(static_cast<std::size_t>(std::max<decltype(got)>(got, 0)));
  return buffer;
}

std::string Client::read_all() {
  while (fill()) {
  }
  return std::exchange(received_, {});
}

std::string Client::take_line() {
  std::size_t end = 0;
  while ((end = received_.find("\r\n")) == std::string::npos) {
    if (!fill()) return "";
  }
  std::string line = received_.substr(0, end);
  received_.erase(0, end + 2);
  return line;
}

Reply Client::read_reply(bool to_head) {
  Reply reply;
  const std::string status_line = take_line();
  if (status_line.empty()) return reply;
  reply.status = std::stoi(status_line.substr(status_line.find(' ')));
  for (std::string line = take_line(); !line.empty(); line = take_line()) {
    const auto [name, value] = split_once(line, ':');
    reply.headers.emplace_back(name, trim(value));
  }
  const auto take = [&](std::size_t bytes) {
    while (received_.size() < bytes && fill()) {
    }
    const bool all = received_.size() >= bytes;
    reply.body += received_.substr(0, bytes);
    received_.erase(0, bytes);
    return all;
  };
  if (to_head || reply.status == 204 || reply.status == 304 || reply.status < 200) {
    reply.whole = true;
  } else if (reply.header("transfer-encoding") == "chunked") {
    for (std::size_t size = 1; size > 0;) {
      const std::string line = take_line();
      if (line.empty()) return reply;
      size = std::stoul(line, nullptr, 16);
      if (!take(size)) return reply;
      take_line();
    }
    reply.whole = true;
  } else if (const std::string length = reply.header("content-length"); !length.empty()) {
    reply.whole = take(std::stoul(length));
  } else {
    reply.body = read_all();
  }
  return reply;
}

Reply Client::ask(std::string_view bytes) {
  send(bytes);
  return read_reply();
}

void Client::half_close() {
  ::shutdown(socket_.number, SHUT_WR);
}

void Client::reset() {
  const linger at_once{1, 0};
  ::setsockopt(socket_.number, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  ::close(std::exchange(socket_.number, -1));
}

TestServer::TestServer(std::vector<Route> routes, Limits limits, std::optional<TlsFiles> tls,
                       std::vector<Network> trusted_proxies, bool proxy_protocol)
    : tls_(tls.has_value()),
      server({"127.0.0.1", 0, std::move(tls), limits, std::move(trusted_proxies), proxy_protocol},
             std::move(routes), clock_, log_) {
  port = server.start().value();
}

}  // namespace heliograph::http::testing
