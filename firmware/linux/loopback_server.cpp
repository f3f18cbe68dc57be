#include "firmware/linux/loopback_server.hpp"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <netinet/in.h>
#include <stdexcept>
#include <sys/socket.h>

#include <openssl/pem.h>
#include <openssl/x509v3.h>

namespace heliograph::firmware {

namespace {

void require(bool condition, const char* what) {
  if (!condition) throw std::runtime_error(std::string("loopback server: ") + what);
}

void add_extension(X509* certificate, int kind, const char* value) {
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, kind, value);
  require(extension != nullptr && X509_add_ext(certificate, extension, -1) == 1, "extension");
  X509_EXTENSION_free(extension);
}

}  // namespace

TestCertificate::TestCertificate(const std::string& names, const std::string& signer)
    : certificate(X509_new(), &X509_free), key(EVP_EC_gen("P-256"), &EVP_PKEY_free) {
  X509* made = certificate.get();
  X509_set_version(made, X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(made), 1);
  X509_gmtime_adj(X509_getm_notBefore(made), -60);
  X509_gmtime_adj(X509_getm_notAfter(made), 3'600);
  X509_NAME* name = X509_get_subject_name(made);
  const auto* common_name = reinterpret_cast<const unsigned char*>(signer.c_str());
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, common_name, -1, -1, 0);
  X509_set_issuer_name(made, name);
  add_extension(made, NID_subject_alt_name, names.c_str());
  add_extension(made, NID_basic_constraints, "critical,CA:TRUE");
  X509_set_pubkey(made, key.get());
  require(X509_sign(made, key.get(), EVP_sha256()) > 0, "signature");

  const std::unique_ptr<BIO, decltype(&BIO_free)> memory(BIO_new(BIO_s_mem()), &BIO_free);
  PEM_write_bio_X509(memory.get(), made);
  char* text = nullptr;
  const long size = BIO_get_mem_data(memory.get(), &text);
  pem.assign(text, static_cast<std::size_t>(size));
}

std::string response(const std::string& status, const std::string& body, const std::string& headers) {
  return "HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: " + std::to_string(body.size()) +
         "\r\n\r\n" + body;
}

std::string LoopbackServer::Request::header(const std::string& name) const {
  const std::size_t at = head.find("\r\n" + name + ": ");
  if (at == std::string::npos) return {};
  const std::size_t begin = at + 2 + name.size() + 2;
  return head.substr(begin, head.find("\r\n", begin) - begin);
}

// Bytes of one connection, plain or through TLS.
class LoopbackServer::Connection {
 public:
  Connection(int socket, SSL_CTX* context) : socket_(socket) {
    if (context == nullptr) return;
    tls_.reset(SSL_new(context));
    SSL_set_fd(tls_.get(), socket);
    open_ = SSL_accept(tls_.get()) == 1;
  }

  // 0 at the end of the connection.
  std::size_t read(char* out, std::size_t size) {
    if (!open_) return 0;
    const auto got = tls_ ? SSL_read(tls_.get(), out, static_cast<int>(size)) : ::recv(socket_, out, size, 0);
    return got > 0 ? static_cast<std::size_t>(got) : 0;
  }

  void write(const std::string& text) {
    for (std::size_t at = 0; at < text.size();) {
      const auto sent = tls_ ? SSL_write(tls_.get(), text.data() + at, static_cast<int>(text.size() - at))
                             : ::send(socket_, text.data() + at, text.size() - at, MSG_NOSIGNAL);
      if (sent <= 0) return;
      at += static_cast<std::size_t>(sent);
    }
  }

  void say_goodbye() {
    if (tls_ && open_) SSL_shutdown(tls_.get());
  }

 private:
  const int socket_;
  std::unique_ptr<SSL, decltype(&SSL_free)> tls_{nullptr, &SSL_free};
  bool open_ = true;
};

LoopbackServer::LoopbackServer(Handler handler, const TestCertificate* certificate, Cutter cutter)
    : handler_(std::move(handler)),
      cutter_(std::move(cutter)),
      listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  std::signal(SIGPIPE, SIG_IGN);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  require(::bind(listener_.get(), reinterpret_cast<sockaddr*>(&address), size) == 0, "bind");
  require(::listen(listener_.get(), 64) == 0, "listen");
  ::getsockname(listener_.get(), reinterpret_cast<sockaddr*>(&address), &size);
  port_ = ntohs(address.sin_port);
  if (certificate != nullptr) {
    tls_.reset(SSL_CTX_new(TLS_server_method()));
    SSL_CTX_use_certificate(tls_.get(), certificate->certificate.get());
    SSL_CTX_use_PrivateKey(tls_.get(), certificate->key.get());
  }
  acceptor_ = std::thread([this] { accept_all(); });
}

LoopbackServer::~LoopbackServer() {
  ::shutdown(listener_.get(), SHUT_RDWR);
  acceptor_.join();
  {
    const std::lock_guard lock(mutex_);
    for (const int socket : open_sockets_) ::shutdown(socket, SHUT_RDWR);
  }
  for (std::thread& worker : workers_) worker.join();
}

void LoopbackServer::accept_all() {
  for (;;) {
    FileDescriptor socket(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
    if (!socket) return;
    const int number = connections_++;
    {
      const std::lock_guard lock(mutex_);
      open_sockets_.push_back(socket.get());
    }
    workers_.emplace_back([this, number, fd = socket.release()] { serve(number, FileDescriptor(fd)); });
  }
}

void LoopbackServer::serve(int number, FileDescriptor socket) {
  Connection connection(socket.get(), tls_.get());
  const Cut cut = cutter_ ? cutter_(number) : Cut();
  std::size_t received = 0;
  std::string buffer;
  bool open = true;
  while (open) {
    const std::size_t head_end = buffer.find("\r\n\r\n");
    if (head_end != std::string::npos) {
      Request request{buffer.substr(0, head_end + 2), {}};
      const std::size_t body_size = std::stoul("0" + request.header("Content-Length"));
      if (buffer.size() >= head_end + 4 + body_size) {
        request.body = buffer.substr(head_end + 4, body_size);
        buffer.erase(0, head_end + 4 + body_size);
        const Reply reply = answer(request);
        std::this_thread::sleep_for(std::chrono::milliseconds(reply.delay_ms));
        connection.write(reply.text);
        open = !reply.hang_up;
        continue;
      }
    }
    char bytes[16'384];
    const std::size_t got = connection.read(bytes, std::min(sizeof bytes, cut.after_bytes - received));
    received += got;
    buffer.append(bytes, got);
    open = got > 0 && received < cut.after_bytes;
  }
  if (received == cut.after_bytes) connection.write(cut.last_words);
  connection.say_goodbye();
  const std::lock_guard lock(mutex_);
  open_sockets_[static_cast<std::size_t>(number)] = -1;
}

LoopbackServer::Reply LoopbackServer::answer(const Request& request) {
  int number = 0;
  {
    const std::lock_guard lock(mutex_);
    number = static_cast<int>(requests_.size());
    requests_.push_back(request);
  }
  return handler_ ? handler_(request, number) : store(request);
}

LoopbackServer::Reply LoopbackServer::store(const Request& request) {
  if (request.body.substr(0, 2) != "\xFF\xD8") {
    return {response("422 Unprocessable Entity",
                     R"({"status":422,"detail":"the picture does not start with FF D8"})")};
  }
  const std::lock_guard lock(mutex_);
  const std::string name = request.header("Heliograph-Boot") + "/" + request.header("Heliograph-Sequence");
  const bool added = pictures_.emplace(name, request.body).second;
  return {response("201 Created", R"({"id":"06fk2r8m0q3zt","filename":"a.jpg","duplicate":)" +
                                      std::string(added ? "false" : "true") + "}")};
}

std::vector<LoopbackServer::Request> LoopbackServer::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

std::map<std::string, std::string> LoopbackServer::pictures() const {
  const std::lock_guard lock(mutex_);
  return pictures_;
}

}  // namespace heliograph::firmware
