// What people sign in with, and what they then carry: sessions, tokens, links, the second factor. All secrets
// are hashes but that of the second factor, which must be read to be checked.
#pragma once

#include "server/catalog/people.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace heliograph::catalog {

struct Session {  // a browser that is signed in
  SessionId id;
  PersonId person;
  Timestamp created_at;
  Timestamp used_at;    // to the minute or so
  std::string address;  // for the person to recognise it by, as is
  std::string agent;    // the browser's own name for itself

  friend bool operator==(const Session&, const Session&) = default;
};

// What a token may do, of what its person may.
struct Scopes {
  bool read = false;
  bool control = false;
  bool ingest = false;  // send pictures of cameras

  friend bool operator==(const Scopes&, const Scopes&) = default;
};

struct ApiToken {  // a program that acts for a person
  TokenId id;
  PersonId person;
  std::string name;
  Scopes scopes;
  Timestamp created_at;
  std::optional<Timestamp> expires_at;  // none: never
  std::optional<Timestamp> used_at;     // to the minute or so; none: not yet

  friend bool operator==(const ApiToken&, const ApiToken&) = default;
};

// Whoever has a session or a token.
struct Visit {
  PersonId person;
  std::string name;
  std::vector<Grant> grants;
  // The cameras of the groups among `grants`, and the role there.
  std::vector<std::pair<CameraId, Role>> cameras;
};
struct SessionVisit {
  Session session;
  Visit visit;
};
struct TokenVisit {
  ApiToken token;
  Visit visit;
};

struct SecondFactor {
  std::vector<std::uint8_t> secret;
  bool in_use = false;         // they have shown that they hold it: it is asked for
  std::int64_t last_step = 0;  // of the last code that was taken

  friend bool operator==(const SecondFactor&, const SecondFactor&) = default;
};

// Uses the connection of a Catalog: on its thread, and no longer than it lives. Errors as there.
class SignIns {
 public:
  explicit SignIns(Catalog& catalog) : db_(*catalog.db_) {}

  // What a person may do, however they come. not_found.
  Result<Visit> visit(PersonId person);

  // --- sessions ---
  Result<void> add_session(const Session& session, const Sha256Digest& token_hash);
  Result<SessionVisit> session_by_token(const Sha256Digest& token_hash);  // not_found
  Result<std::vector<Session>> sessions(PersonId person);                 // last used first
  Result<void> touch_session(SessionId id, Timestamp now);                // does nothing when it is gone
  Result<void> remove_session(PersonId person, SessionId id);             // not_found: or not theirs
  Result<void> remove_sessions(PersonId person, SessionId except);
  Result<void> remove_sessions_before(Timestamp used_before, Timestamp created_before);

  // --- tokens ---
  Result<void> add_token(const ApiToken& token, const Sha256Digest& token_hash);
  Result<TokenVisit> token_by_hash(const Sha256Digest& token_hash);  // not_found
  Result<std::vector<ApiToken>> tokens(PersonId person);             // newest first
  Result<void> touch_token(TokenId id, Timestamp now);
  Result<void> remove_token(PersonId person, TokenId id);  // not_found: or not theirs

  // --- links that set a password ---
  // Takes the place of the one the person had. not_found: the person.
  Result<void> set_link(PersonId person, const Sha256Digest& token_hash, Timestamp expires_at);
  // Whose link this is. not_found: it is none, was used, or has expired.
  Result<PersonId> person_of_link(const Sha256Digest& token_hash, Timestamp now);

  // --- the second factor ---
  Result<std::optional<SecondFactor>> second_factor(PersonId person);  // not_found: the person
  // Replaces what there was. nullopt: there is none any more, nor are there recovery codes.
  Result<void> set_second_factor(PersonId person, const std::optional<SecondFactor>& factor);
  // Takes a code's step, once: false when it, or a later one, was taken already.
  Result<bool> take_step(PersonId person, std::int64_t step);
  Result<void> set_recovery_codes(PersonId person, std::span<const Sha256Digest> hashes);
  // Uses one up; false: it is none of theirs.
  Result<bool> take_recovery_code(PersonId person, const Sha256Digest& hash);
  Result<std::int64_t> recovery_codes_left(PersonId person);

 private:
  Db& db_;
};

}  // namespace heliograph::catalog
