// Who signs in by an OpenID provider, as which person.
#pragma once

#include "server/catalog/people.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace heliograph::catalog {

struct Identity {
  IdentityId id;
  PersonId person;
  std::string issuer;
  std::string subject;
  std::string label;  // for people to recognise it by
  Timestamp created_at;

  friend bool operator==(const Identity&, const Identity&) = default;
};

// Uses the connection of a Catalog: on its thread, and no longer than it lives. Errors as there.
class Identities {
 public:
  explicit Identities(Catalog& catalog) : db_(*catalog.db_) {}

  Result<Identity> find(std::string_view issuer, std::string_view subject);  // not_found
  Result<std::vector<Identity>> of(PersonId person);                         // by issuer
  // conflict: it is somebody's, or the person has one at this issuer already. not_found: the person.
  Result<void> add(const Identity& identity);
  // The same, for whoever's link this is: uses it up instead of setting a password, and answers whose it was;
  // `identity.person` is not read. not_found: the link was used, is too old, or is of somebody who has come
  // before, and whose second factor it would pass by.
  Result<PersonId> add_by_link(const Sha256Digest& link_hash, Timestamp now, Identity identity);
  // conflict: it is their last way in, because they have no password and no other identity at
  // `issuer_in_use`. not_found: or not theirs.
  Result<void> remove(PersonId person, IdentityId id, std::string_view issuer_in_use);

 private:
  Result<void> insert(const Identity& identity);

  Db& db_;
};

}  // namespace heliograph::catalog
