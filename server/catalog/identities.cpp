#include "server/catalog/identities.hpp"

#include "server/catalog/db.hpp"

namespace heliograph::catalog {
namespace {

#define SELECT_IDENTITY "SELECT id, person_id, issuer, subject, label, created_at FROM identity "

Identity read_identity(const Row& row) {
  return {row.id<IdentityId>(0),    row.id<PersonId>(1),      std::string(row.text(2)),
          std::string(row.text(3)), std::string(row.text(4)), row.time(5)};
}

}  // namespace

Result<Identity> Identities::find(std::string_view issuer, std::string_view subject) {
  auto found =
      first(db_, SELECT_IDENTITY "WHERE issuer = $1 AND subject = $2", {issuer, subject}, read_identity);
  if (!found) return found.error();
  if (!*found) return Error{ErrorKind::not_found, "nobody here is connected to this account"};
  return std::move(**found);
}

Result<std::vector<Identity>> Identities::of(PersonId person) {
  return all(db_, SELECT_IDENTITY "WHERE person_id = $1 ORDER BY issuer", {person}, read_identity);
}

Result<void> Identities::insert(const Identity& identity) {
  const auto added = db_.execute(
      "INSERT INTO identity (id, issuer, subject, label, person_id, created_at) "
      "SELECT $1, $2, $3, $4, person.id, $6 FROM person WHERE person.id = $5",
      {identity.id, identity.issuer, identity.subject, identity.label, identity.person, identity.created_at});
  if (!added && added.error().kind == ErrorKind::conflict) {
    return Error{ErrorKind::conflict, "this account is connected to somebody, or they to another one"};
  }
  if (!added) return added.error();
  if (*added == 0) return Error{ErrorKind::not_found, "there is no such person"};
  return {};
}

Result<void> Identities::add(const Identity& identity) {
  return in_transaction(db_, [&] { return insert(identity); });
}

Result<PersonId> Identities::add_by_link(const Sha256Digest& link_hash, Timestamp now, Identity identity) {
  return in_transaction(db_, [&]() -> Result<PersonId> {
    const auto person =
        first(db_,
              "SELECT person.id FROM password_link JOIN person ON person.id = person_id "
              "WHERE token_hash = $1 AND expires_at > $2 AND password_hash IS NULL AND totp_in_use = 0 "
              "AND NOT EXISTS (SELECT 1 FROM identity WHERE identity.person_id = person.id)",
              {link_hash, now}, [](const Row& row) { return row.id<PersonId>(0); });
    if (!person) return person.error();
    if (!*person) return Error{ErrorKind::not_found, "this link was used already, or is too old"};
    identity.person = **person;
    if (auto added = insert(identity); !added) return added.error();
    const auto used = db_.execute("DELETE FROM password_link WHERE token_hash = $1", {link_hash});
    if (!used) return used.error();
    return identity.person;
  });
}

Result<void> Identities::remove(PersonId person, IdentityId id, std::string_view issuer_in_use) {
  return in_transaction(db_, [&]() -> Result<void> {
    const auto gone = db_.execute("DELETE FROM identity WHERE id = $1 AND person_id = $2", {id, person});
    if (!gone) return gone.error();
    if (*gone == 0) return Error{ErrorKind::not_found, "there is no such connected account"};
    const auto way_in = first(db_,
                              "SELECT 1 FROM person WHERE id = $1 AND (password_hash IS NOT NULL OR EXISTS "
                              "(SELECT 1 FROM identity WHERE person_id = $1 AND issuer = $2))",
                              {person, issuer_in_use}, [](const Row& row) { return row.integer(0); });
    if (!way_in) return way_in.error();
    if (*way_in) return {};
    return Error{ErrorKind::conflict,
                 "this is your only way in: ask an administrator for a link to set a password first"};
  });
}

#undef SELECT_IDENTITY

}  // namespace heliograph::catalog
