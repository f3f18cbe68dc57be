#include "server/outbound/web_push.hpp"

#include "server/base/base64.hpp"
#include "server/base/sha256.hpp"
#include "server/base/utf8.hpp"

#include <algorithm>
#include <charconv>
#include <memory>
#include <span>

#include <boost/json.hpp>
#include <openssl/evp.h>
#include <openssl/rand.h>

namespace heliograph::outbound {
namespace {

constexpr std::size_t tag_bytes = 16;
// What a service answers is a word or two.
constexpr std::size_t max_answer_bytes = std::size_t{16} * 1024;
// What a person is shown of it.
constexpr std::size_t max_detail = 160;
// No wish of a service puts a message off for longer.
constexpr std::chrono::hours longest_wish{6};

template <class Bytes>
std::string_view view(const Bytes& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::span<const std::uint8_t> bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

// HKDF (RFC 5869) for outputs of one block, which all here are: two HMACs, as RFC 8291 writes them out too.
std::string derive(std::string_view salt, std::span<const std::uint8_t> secret, std::string info,
                   std::size_t length) {
  const Sha256Digest pseudorandom = hmac_sha256(bytes_of(salt), view(secret));
  const Sha256Digest block = hmac_sha256(pseudorandom, info.append(1, '\1'));
  return std::string(view(block).substr(0, length));
}

// AES-128-GCM: what it makes of `plain`, and the tag behind it.
Result<std::string> seal(std::string_view key, std::string_view nonce, std::string_view plain) {
  struct Free {
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
  };
  const std::unique_ptr<EVP_CIPHER_CTX, Free> context(EVP_CIPHER_CTX_new());
  std::string sealed(plain.size() + tag_bytes, '\0');
  auto* out = reinterpret_cast<unsigned char*>(sealed.data());
  int written = 0;
  int rest = 0;
  const bool done =
      context &&
      EVP_EncryptInit_ex(context.get(), EVP_aes_128_gcm(), nullptr, bytes_of(key).data(),
                         bytes_of(nonce).data()) == 1 &&
      EVP_EncryptUpdate(context.get(), out, &written, bytes_of(plain).data(),
                        static_cast<int>(plain.size())) == 1 &&
      EVP_EncryptFinal_ex(context.get(), out + written, &rest) == 1 &&
      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, tag_bytes, out + plain.size()) == 1;
  if (!done) return Error{ErrorKind::internal, "OpenSSL does not encrypt"};
  return sealed;
}

void append_big_endian(std::string& text, std::uint32_t number) {
  for (int shift = 24; shift >= 0; shift -= 8) text.push_back(static_cast<char>(number >> shift & 0xffU));
}

Result<PushChance> draw() {
  PushChance chance;
  auto key = make_p256_key();
  if (!key) return key.error();
  chance.key = *key;
  if (RAND_bytes(chance.salt.data(), static_cast<int>(chance.salt.size())) != 1) {
    return Error{ErrorKind::internal, "the system has no chance"};
  }
  return chance;
}

// The service sees which messages are about the same, and not what that is: 32 characters are what it takes.
std::string hidden(std::string_view topic, const PushSecret& secret) {
  return base64url(hmac_sha256(secret, topic)).substr(0, 32);
}

// In seconds; the other form, a date, is no wish that a service has been seen to have.
std::chrono::seconds wish_of(const HttpAnswer& answer) {
  for (const auto& [name, value] : answer.headers) {
    std::int64_t seconds = 0;
    const char* end = value.data() + value.size();
    if (name != "retry-after" || std::from_chars(value.data(), end, seconds).ptr != end) continue;
    return std::clamp<std::chrono::seconds>(std::chrono::seconds(seconds), std::chrono::seconds(0),
                                            longest_wish);
  }
  return std::chrono::seconds(0);
}

}  // namespace

Result<std::string> encrypt_push(const Subscriber& to, std::string_view text, const PushChance& chance,
                                 std::size_t padded_bytes) {
  const auto shared = p256_agree(chance.key, to.key);
  if (!shared) return shared.error();
  std::string key_info("WebPush: info\0", 14);
  key_info.append(view(to.key)).append(view(chance.key.point));
  const std::string input = derive(view(to.auth), *shared, std::move(key_info), 32);
  const auto from_input = [&](std::string_view info, std::size_t length) {
    return derive(view(chance.salt), bytes_of(input), std::string(info), length);
  };
  const std::string key = from_input(std::string_view("Content-Encoding: aes128gcm\0", 28), 16);
  const std::string nonce = from_input(std::string_view("Content-Encoding: nonce\0", 24), 12);

  std::string plain(text);
  plain.push_back('\2');  // of the last record, which is the first
  plain.resize(std::max(plain.size(), padded_bytes + 1), '\0');
  const auto sealed = seal(key, nonce, plain);
  if (!sealed) return sealed.error();

  std::string body(view(chance.salt));
  // One record may be shorter than this says; the vectors of RFC 8291 have the same.
  append_big_endian(body, 4096);
  body.push_back(static_cast<char>(chance.key.point.size()));
  return body.append(view(chance.key.point)).append(*sealed);
}

Result<std::string> vapid(const PushSender& from, std::string_view service, Timestamp now) {
  const auto part = [](const boost::json::object& object) {
    return base64url(bytes_of(boost::json::serialize(object)));
  };
  const auto ends = std::chrono::floor<std::chrono::seconds>(now + vapid_life).time_since_epoch().count();
  boost::json::object claims{{"aud", service}, {"exp", ends}};
  if (!from.contact.empty()) claims["sub"] = from.contact;
  const std::string said = part({{"typ", "JWT"}, {"alg", "ES256"}}) + "." + part(claims);
  const auto signature = p256_sign(from.key, said);
  if (!signature) return signature.error();
  return "vapid t=" + said + "." + base64url(*signature) + ", k=" + base64url(from.key.point);
}

Result<HttpRequest> push_request(const Subscriber& to, const PushSender& from, const PushMessage& message,
                                 Timestamp now) {
  if (message.text.size() > max_push_text) return Error{ErrorKind::internal, "a message is too long to push"};
  const auto chance = draw();
  if (!chance) return chance.error();
  auto body = encrypt_push(to, message.text, *chance, max_push_text);
  if (!body) return body.error();
  auto authorization = vapid(from, service_of(to.endpoint), now);
  if (!authorization) return authorization.error();
  return HttpRequest{.method = "POST",
                     .url = to.endpoint,
                     .headers = {{"Authorization", std::move(*authorization)},
                                 {"Content-Encoding", "aes128gcm"},
                                 {"Content-Type", "application/octet-stream"},
                                 {"TTL", std::to_string(message.life.count())},
                                 {"Urgency", message.urgent ? "high" : "normal"},
                                 {"Topic", hidden(message.topic, to.auth)}},
                     .body = std::move(*body),
                     .deadline = push_deadline,
                     .connect_deadline = push_deadline / 2,
                     .max_answer_bytes = max_answer_bytes};
}

std::string service_of(std::string_view endpoint) {
  const auto host = endpoint.find("://");
  if (host == std::string_view::npos) return "";
  return std::string(endpoint.substr(0, endpoint.find_first_of("/?#", host + 3)));
}

std::string service_host(std::string_view endpoint) {
  const std::string service = service_of(endpoint);
  const auto host = service.find("://");
  if (host == std::string::npos) return "";
  const std::string authority = service.substr(host + 3);
  // A colon in brackets is a part of an IPv6 address.
  const auto port = authority.find(':', authority.starts_with('[') ? authority.find(']') : 0);
  return authority.substr(0, port);
}

PushAnswer read_push_answer(const Result<HttpAnswer>& answer) {
  if (!answer) {
    // Its detail begins with the address, which is a secret.
    const bool slow = answer.error().kind == ErrorKind::timeout;
    return {PushOutcome::later,
            std::nullopt,
            slow ? "the push service did not answer in time" : "the push service could not be reached",
            {}};
  }
  const int status = answer->status;
  const std::string told = "the push service answered " + std::to_string(status);
  if (status >= 200 && status < 300) return {PushOutcome::taken, status, told, {}};
  if (status == 404 || status == 410)
    return {PushOutcome::gone, status, told + ": it does not know this browser any more", {}};
  const std::string why(answer->body.substr(0, answer->body.find_first_of("\r\n")));
  const std::string detail = why.empty() ? told : told + ": " + printable(why, max_detail);
  if (status == 408 || status == 429 || status >= 500)
    return {PushOutcome::later, status, detail, wish_of(*answer)};
  return {PushOutcome::refused, status, detail, {}};
}

}  // namespace heliograph::outbound
