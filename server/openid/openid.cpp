#include "server/openid/openid.hpp"

#include "server/base/base64.hpp"
#include "server/base/token.hpp"

#include <span>
#include <utility>

#include <boost/url/encode.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>

namespace heliograph::openid {
namespace {

using Fields = std::vector<std::pair<std::string_view, std::string_view>>;

std::string encode(std::string_view text) {
  return boost::urls::encode(text, boost::urls::unreserved_chars);
}

std::string form(const Fields& fields) {
  std::string text;
  for (const auto& [name, value] : fields) {
    if (!text.empty()) text += '&';
    text += encode(name) + '=' + encode(value);
  }
  return text;
}

// RFC 6749, 2.3.1: encoded before it becomes Basic's name and password.
std::string basic(const Client& client) {
  const std::string pair = encode(client.client_id) + ':' + encode(client.client_secret);
  return "Basic " + base64(std::span(reinterpret_cast<const std::uint8_t*>(pair.data()), pair.size()));
}

Error refused(const outbound::HttpAnswer& answer) {
  const std::string why = parse_refusal(answer.body);
  const std::string status = std::to_string(answer.status);
  if (answer.status >= 500) return {ErrorKind::unavailable, "the provider answers the code with " + status};
  if (why == "invalid_grant") return {ErrorKind::unauthorized, "the provider does not know the code"};
  return {ErrorKind::internal, "the provider refuses this server: " + (why.empty() ? status : why) +
                                   "; are client_id, the secret and the redirect URI as it knows them?"};
}

}  // namespace

Attempt make_attempt() {
  // A verifier has 43 characters or more.
  return {make_token(""), make_token(""), make_token("") + make_token("")};
}

Result<std::string> Provider::authorization_url(const Attempt& attempt, std::string_view redirect_uri) {
  const auto known = metadata();
  if (!known) return known.error();
  const std::string challenge = sha256_text(attempt.verifier);
  std::string url = known->authorization_endpoint;
  url += url.find('?') == std::string::npos ? '?' : '&';
  return url + form({{"response_type", "code"},
                     {"client_id", client_.client_id},
                     {"redirect_uri", redirect_uri},
                     {"scope", client_.scopes},
                     {"state", attempt.state},
                     {"nonce", attempt.nonce},
                     {"code_challenge", challenge},
                     {"code_challenge_method", "S256"}});
}

Result<Identity> Provider::identify(const Attempt& attempt, const Returned& returned,
                                    std::string_view redirect_uri) {
  const auto known = metadata();
  if (!known) return known.error();
  // Another provider may have mixed itself in: it would be sent our code (RFC 9207).
  if (returned.issuer ? *returned.issuer != client_.issuer : known->names_itself) {
    return Error{ErrorKind::unprocessable, "the code is of another provider"};
  }
  const auto tokens = exchange(*known, attempt, returned, redirect_uri);
  if (!tokens) return tokens.error();
  const auto claims = verified_claims(*known, tokens->id_token);
  if (!claims) return claims.error();
  auto identity = read_claims(
      *claims, {client_.issuer, client_.client_id, attempt.nonce, tokens->access_token, clock_.now()});
  if (!identity) return identity;
  if (auto first_time = take_nonce(attempt.nonce); !first_time) return first_time.error();
  return identity;
}

Result<Metadata> Provider::metadata() {
  const SteadyTime now = clock_.steady();
  const auto& kept = metadata_.answer;
  if (kept && now - metadata_.asked_at < (*kept ? std::chrono::seconds(kept_for) : rest_between_asking)) {
    return *kept;
  }
  const auto text = document(metadata_url(client_.issuer));
  metadata_ = {text ? parse_metadata(*text, client_.issuer) : Result<Metadata>(text.error()),
               clock_.steady()};
  return *metadata_.answer;
}

Result<std::vector<Key>> Provider::keys(const Metadata& metadata, bool anew) {
  const bool good = keys_.answer && *keys_.answer && !anew;
  if (keys_.answer &&
      clock_.steady() - keys_.asked_at < (good ? std::chrono::seconds(kept_for) : rest_between_asking)) {
    return *keys_.answer;
  }
  const auto text = document(metadata.jwks_uri);
  keys_ = {text ? parse_keys(*text) : Result<std::vector<Key>>(text.error()), clock_.steady()};
  return *keys_.answer;
}

Result<std::string> Provider::document(const std::string& url) {
  auto answer = send_({.url = url,
                       .headers = {{"Accept", "application/json"}},
                       .deadline = request_deadline,
                       .max_answer_bytes = max_answer_bytes});
  if (!answer) return answer.error();
  if (answer->status == 200) return std::move(answer->body);
  return Error{ErrorKind::unavailable, url + " answers with " + std::to_string(answer->status)};
}

Result<Tokens> Provider::exchange(const Metadata& metadata, const Attempt& attempt, const Returned& returned,
                                  std::string_view redirect_uri) {
  outbound::HttpRequest request{
      .method = "POST",
      .url = metadata.token_endpoint,
      .headers = {{"Accept", "application/json"}, {"Content-Type", "application/x-www-form-urlencoded"}},
      .deadline = request_deadline,
      .max_answer_bytes = max_answer_bytes};
  Fields fields{{"grant_type", "authorization_code"},
                {"code", returned.code},
                {"redirect_uri", redirect_uri},
                {"code_verifier", attempt.verifier}};
  const bool in_header = !client_.client_secret.empty() && metadata.secret_in_header;
  if (in_header) {
    request.headers.emplace_back("Authorization", basic(client_));
  } else {
    fields.emplace_back("client_id", client_.client_id);
    if (!client_.client_secret.empty()) fields.emplace_back("client_secret", client_.client_secret);
  }
  request.body = form(fields);
  const auto answer = send_(request);
  if (!answer) return answer.error();
  if (answer->status != 200) return refused(*answer);
  return parse_tokens(answer->body);
}

// A provider changes its keys at any time: one that is unknown makes us ask again, though not for each token.
Result<std::string> Provider::verified_claims(const Metadata& metadata, const std::string& id_token) {
  for (const bool anew : {false, true}) {
    const auto known = keys(metadata, anew);
    if (!known) return known.error();
    auto claims = verify_signature(id_token, *known);
    if (claims || claims.error().kind != ErrorKind::not_found) return claims;
  }
  return Error{ErrorKind::unprocessable,
               "the provider's ID token is signed with a key that it does not publish"};
}

// A provider gives a token for a code once; should it do so again, the token is taken once all the same.
Result<void> Provider::take_nonce(const std::string& nonce) {
  const Timestamp now = clock_.now();
  std::erase_if(used_nonces_, [now](const auto& used) { return now - used.second > attempt_life; });
  if (used_nonces_.emplace(nonce, now).second) return {};
  return Error{ErrorKind::unprocessable, "this sign-in was used already"};
}

}  // namespace heliograph::openid
