// accounts: people sign in, and may do what they were granted.
//
// Owns what a password must be and how it is kept, who is who behind a session or a token, how long those
// last, what a shared link shows (sharing.hpp), and the words of the audit log. Verbs on a Catalog: they run
// on the thread that owns it. Hashing a password takes a processor for 30 ms and 19 MiB: it has functions of
// its own (password.hpp), for a thread where nobody waits for it. What must not be in it: HTTP, cameras,
// pictures.
#pragma once

#include "server/accounts/visitor.hpp"
#include "server/base/base.hpp"
#include "server/catalog/audit.hpp"
#include "server/catalog/sign_ins.hpp"

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace heliograph::accounts {

// What verbs need beside a catalog. Both outlive every call.
struct Tools {
  IdSource& ids;
  const Clock& clock;
};

// Who does it, from where: for the audit log.
struct Actor {
  std::string name;
  std::string address;  // empty: at the machine itself
};

// --- people ---

// As it is kept: letters A to Z small. bad_request: empty, too long, with control characters or spaces.
Result<std::string> sign_in_name(std::string_view text);

// Somebody with a password, which was hashed before. conflict: the name is taken.
Result<catalog::Person> add_person(catalog::Catalog& catalog, Tools tools, const Actor& actor,
                                   std::string_view name, const std::string& password_hash,
                                   std::span<const catalog::Grant> grants);
// The first one, who administers everything. conflict: there is somebody already.
Result<catalog::Person> add_first_person(catalog::Catalog& catalog, Tools tools, const Actor& actor,
                                         std::string_view name, const std::string& password_hash);

// A secret for a link, shown once, that lets its holder set this person's password; the link before it ends.
struct Link {
  catalog::Person person;
  std::string token;
  Timestamp expires_at;
};
// Somebody new, without a password.
Result<Link> invite(catalog::Catalog& catalog, Tools tools, const Actor& actor, std::string_view name,
                    std::span<const catalog::Grant> grants);
Result<Link> reset_password(catalog::Catalog& catalog, Tools tools, const Actor& actor, PersonId id);
// Whose link this is. not_found.
Result<catalog::Person> person_of_link(catalog::Catalog& catalog, Tools tools, std::string_view token);
// Uses it up. The person's sessions end. not_found.
Result<catalog::Person> set_password_by_link(catalog::Catalog& catalog, Tools tools, const Actor& actor,
                                             std::string_view token, const std::string& password_hash);

// --- signing in ---

// Somebody who says they are `typed`. When there is nobody of that name, the hash is one that no password
// has, so that looking at it takes as long.
struct Candidate {
  std::optional<catalog::Person> person;
  std::string password_hash;
};
Result<Candidate> find_candidate(catalog::Catalog& catalog, std::string_view typed);

struct NewSession {
  catalog::Session session;
  std::string token;  // for the browser; only its hash is kept
};
// For somebody who has proven who they are. Their oldest sessions go when there are too many.
Result<NewSession> begin_session(catalog::Catalog& catalog, Tools tools, PersonId person, std::string address,
                                 std::string_view agent);

// --- who comes ---

// unauthorized: unknown, ended, or expired.
Result<Visitor> visitor_by_session(catalog::Catalog& catalog, const Clock& clock, std::string_view token);
Result<Visitor> visitor_by_token(catalog::Catalog& catalog, const Clock& clock, std::string_view token);

struct NewToken {
  catalog::ApiToken token;
  std::string secret;  // shown once
};
// bad_request: no name, no scope, or an end in the past. conflict: the person has enough of them.
Result<NewToken> add_token(catalog::Catalog& catalog, Tools tools, const Actor& actor, PersonId person,
                           std::string_view name, catalog::Scopes scopes,
                           std::optional<Timestamp> expires_at);

// --- the audit log ---

Result<void> note(catalog::Catalog& catalog, Tools tools, const Actor& actor, std::string_view action,
                  std::string_view subject, bool allowed = true);

// Removes what is too old: sessions, shares that have ended, and audit entries.
Result<void> sweep(catalog::Catalog& catalog, const Clock& clock);

// Bytes of UTF-8 of a person's, a group's or a token's name.
inline constexpr std::size_t max_name_length = 64;
// People that one server knows: the list is one page.
inline constexpr std::size_t max_people = 1000;
// A browser that was not used for so long has to sign in again; and in any case after the second.
inline constexpr std::chrono::days session_idle_time{14};
inline constexpr std::chrono::days session_life{90};
// Browsers that one person is signed in with. More are old ones that were never signed out.
inline constexpr std::size_t max_sessions = 30;
// Programs that act for one person.
inline constexpr std::size_t max_tokens = 50;
// Long enough for a mail to be read after a weekend.
inline constexpr std::chrono::days link_life{3};
// Longer than it takes to notice a break-in.
inline constexpr std::chrono::days audit_life{400};

}  // namespace heliograph::accounts
