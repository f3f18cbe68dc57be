// openid: people who prove themselves at an OpenID Connect provider (OpenID Connect Core 1.0), by its
// authorisation code flow with PKCE.
//
// Owns what is asked of the provider and what of its answers is believed: its metadata and keys (which are
// kept for a while), the code, the ID token. It says who somebody is to the provider; who that is here, and
// what they may do, is accounts' to say. What must not be in it: HTTP as a server, cookies, the catalog.
#pragma once

#include "server/base/error.hpp"
#include "server/base/time.hpp"
#include "server/openid/id_token.hpp"
#include "server/openid/metadata.hpp"
#include "server/outbound/outbound.hpp"

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace heliograph::openid {

// As the provider knows this server.
struct Client {
  std::string issuer;
  std::string client_id;
  std::string client_secret;  // empty: a public client
  std::string scopes = "openid profile email";
};

// The secrets of one sign-in: `state` goes to the provider and comes back with the browser, `nonce` comes
// back inside the ID token, `verifier` proves that whoever brings the code is who began (RFC 7636).
struct Attempt {
  std::string state;
  std::string nonce;
  std::string verifier;

  friend bool operator==(const Attempt&, const Attempt&) = default;
};
Attempt make_attempt();

// What the browser brought back.
struct Returned {
  std::string code;
  std::optional<std::string> issuer;  // RFC 9207
};

// One thread: it asks the provider, and waits. No longer than `patience` in all for each call.
class Provider {
 public:
  using Send = std::function<Result<outbound::HttpAnswer>(const outbound::HttpRequest&)>;
  // `clock` outlives it.
  Provider(Client client, Send send, const Clock& clock)
      : client_(std::move(client)), send_(std::move(send)), clock_(clock) {}

  // Where the browser goes. unavailable, timeout: the provider is not there. unprocessable: it says what no
  // provider says, or is another than the configured one.
  Result<std::string> authorization_url(const Attempt& attempt, std::string_view redirect_uri);

  // Who came back. Errors as above; unprocessable also for a token that is not to be believed, or was used.
  // unauthorized: the provider does not know the code. internal: it does not know us, so the configuration
  // is wrong.
  Result<Identity> identify(const Attempt& attempt, const Returned& returned, std::string_view redirect_uri);

 private:
  template <class T>
  struct Kept {
    std::optional<Result<T>> answer;
    SteadyTime asked_at{};
  };

  Result<Metadata> metadata();
  Result<std::vector<Key>> keys(const Metadata& metadata, bool anew);
  Result<std::string> document(const std::string& url);
  Result<Tokens> exchange(const Metadata& metadata, const Attempt& attempt, const Returned& returned,
                          std::string_view redirect_uri);
  Result<std::string> verified_claims(const Metadata& metadata, const std::string& id_token);
  Result<void> take_nonce(const std::string& nonce);

  const Client client_;
  const Send send_;
  const Clock& clock_;
  Kept<Metadata> metadata_;
  Kept<std::vector<Key>> keys_;
  std::map<std::string, Timestamp, std::less<>> used_nonces_;  // of tokens that were believed, and when
};

// How long metadata and keys are believed: a provider that withdraws a key is heard within the hour.
inline constexpr std::chrono::hours kept_for{1};
// A provider that fails, or does not know a key that a token names, is asked again no sooner.
inline constexpr std::chrono::seconds rest_between_asking{5};
// For one request: a provider far away answers within a second.
inline constexpr std::chrono::seconds request_deadline{5};
// Metadata, the key, the keys anew: what identify() asks at most, one after the other.
inline constexpr std::chrono::seconds patience{20};
// Between setting out to the provider and coming back: somebody looks for their phone.
inline constexpr std::chrono::minutes attempt_life{10};
// Bytes of an answer. A set of keys with its certificates has 10 KB.
inline constexpr std::size_t max_answer_bytes = std::size_t{256} * 1024;

}  // namespace heliograph::openid
