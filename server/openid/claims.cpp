#include "server/base/base64.hpp"
#include "server/base/sha256.hpp"
#include "server/base/utf8.hpp"
#include "server/openid/id_token.hpp"

#include <algorithm>
#include <optional>

#include <boost/json.hpp>

namespace heliograph::openid {
namespace {

namespace json = boost::json;

constexpr std::size_t max_subject_bytes = 255;  // of the standard, and the catalog's column
constexpr std::size_t max_label_bytes = 128;    // of the catalog's column

Error wrong(std::string_view why) {
  return {ErrorKind::unprocessable, "the provider's ID token " + std::string(why)};
}

std::string_view view(const json::string& text) {
  return {text.data(), text.size()};
}

std::optional<std::string_view> text_in(const json::object& claims, std::string_view name) {
  const auto* value = claims.if_contains({name.data(), name.size()});
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return view(value->get_string());
}

// Seconds since 1970; with a fraction too, as the standard allows. Years that no clock shows are none.
std::optional<Timestamp> time_in(const json::object& claims, std::string_view name) {
  constexpr double latest_s = 253'402'300'800;  // the year 10000
  const auto* value = claims.if_contains({name.data(), name.size()});
  if (value == nullptr || !value->is_number()) return std::nullopt;
  const double seconds = value->to_number<double>();
  if (seconds < 0 || seconds >= latest_s) return std::nullopt;
  return from_ms(static_cast<std::int64_t>(seconds * 1000));
}

bool is_for(const json::object& claims, std::string_view client_id) {
  const auto* audience = claims.if_contains("aud");
  if (audience == nullptr) return false;
  const auto azp = text_in(claims, "azp");
  if (azp && *azp != client_id) return false;
  if (audience->is_string()) return view(audience->get_string()) == client_id;
  if (!audience->is_array()) return false;
  const json::array& list = audience->get_array();
  const bool named = std::ranges::any_of(list, [client_id](const json::value& one) {
    return one.is_string() && view(one.get_string()) == client_id;
  });
  return named && (list.size() == 1 || azp);
}

Result<void> check_times(const json::object& claims, Timestamp now) {
  const auto ends = time_in(claims, "exp");
  const auto made = time_in(claims, "iat");
  if (!ends || !made) return wrong("does not say how long it holds");
  if (now >= *ends + clock_leeway) return wrong("has expired: are the clocks right?");
  if (*made > now + clock_leeway) return wrong("is of the future: are the clocks right?");
  if (!claims.contains("nbf")) return {};
  const auto begins = time_in(claims, "nbf");
  if (!begins || *begins > now + clock_leeway) return wrong("does not hold yet: are the clocks right?");
  return {};
}

bool is_well_formed(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = utf8_length(text);
    if (length == 0 || static_cast<unsigned char>(text.front()) < 0x20) return false;
    text.remove_prefix(length);
  }
  return true;
}

std::string label_in(const json::object& claims, std::string_view subject) {
  for (const std::string_view name : {"preferred_username", "email", "name"}) {
    const auto label = text_in(claims, name);
    if (label && !label->empty()) return printable(*label, max_label_bytes);
  }
  return printable(subject, max_label_bytes);
}

// Half of the hash: all our algorithms use SHA-256.
std::string at_hash(std::string_view access_token) {
  const Sha256Digest digest = sha256(access_token);
  return base64url(std::span(digest).first(digest.size() / 2));
}

}  // namespace

std::string sha256_text(std::string_view text) {
  const Sha256Digest digest = sha256(text);
  return base64url(digest);
}

Result<Identity> read_claims(std::string_view text, const Expected& expected) {
  boost::system::error_code failed;
  const json::value value = json::parse({text.data(), text.size()}, failed);
  if (failed || !value.is_object()) return wrong("holds no claims");
  const json::object& claims = value.get_object();
  if (text_in(claims, "iss") != expected.issuer) return wrong("is of another issuer");
  if (!is_for(claims, expected.client_id)) return wrong("is for another client");
  if (auto in_time = check_times(claims, expected.now); !in_time) return in_time.error();
  if (expected.nonce.empty() || text_in(claims, "nonce") != expected.nonce) {
    return wrong("is of another sign-in");
  }
  if (claims.contains("at_hash") && text_in(claims, "at_hash") != at_hash(expected.access_token)) {
    return wrong("came with another access token");
  }
  const auto subject = text_in(claims, "sub");
  if (!subject || subject->empty() || subject->size() > max_subject_bytes || !is_well_formed(*subject)) {
    return wrong("does not say whose it is");
  }
  return Identity{std::string(expected.issuer), std::string(*subject), label_in(claims, *subject)};
}

}  // namespace heliograph::openid
