#include "server/catalog/claims.hpp"

#include "server/catalog/db.hpp"

namespace heliograph::catalog {
namespace {

#define SELECT_CLAIM "SELECT id, code, model, address, announced_at, expires_at FROM claim"

Claim read_claim(const Row& row) {
  return {row.id<ClaimId>(0),
          std::string(row.text(1)),
          std::string(row.text(2)),
          std::string(row.text(3)),
          row.time(4),
          row.time(5)};
}

}  // namespace

Result<void> Claims::add(const Claim& claim, const Sha256Digest& key_hash) {
  return in_transaction(db_, [&]() -> Result<void> {
    const auto added = db_.execute(
        "INSERT INTO claim (id, key_hash, code, model, address, announced_at, expires_at) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7)",
        {claim.id, key_hash, claim.code, claim.model, claim.address, claim.announced_at, claim.expires_at});
    if (!added) return added.error();
    return {};
  });
}

Result<Claim> Claims::by_key(const Sha256Digest& key_hash, Timestamp now) {
  auto claim =
      first(db_, SELECT_CLAIM " WHERE key_hash = $1 AND expires_at > $2", {key_hash, now}, read_claim);
  if (!claim) return claim.error();
  if (!*claim) return Error{ErrorKind::not_found, "nothing waits with this key"};
  return std::move(**claim);
}

Result<void> Claims::extend(ClaimId id, Timestamp expires_at) {
  return in_transaction(db_, [&]() -> Result<void> {
    const auto extended = db_.execute("UPDATE claim SET expires_at = $2 WHERE id = $1", {id, expires_at});
    if (!extended) return extended.error();
    if (*extended == 0) return Error{ErrorKind::not_found, "nothing waits as " + to_string(id)};
    return {};
  });
}

Result<std::vector<Claim>> Claims::waiting(Timestamp now) {
  return all(db_, SELECT_CLAIM " WHERE expires_at > $1 ORDER BY announced_at, id", {now}, read_claim);
}

Result<void> Claims::accept(const std::string& code, const Camera& camera, Timestamp now) {
  return in_transaction(db_, [&]() -> Result<void> {
    const auto key_hash = first(db_, "SELECT key_hash FROM claim WHERE code = $1 AND expires_at > $2",
                                {code, now}, [](const Row& row) { return row.digest(0); });
    if (!key_hash) return key_hash.error();
    if (!*key_hash) return Error{ErrorKind::not_found, "no camera shows the code " + code};
    const auto added =
        db_.execute("INSERT INTO camera (id, name, folder, created_at, key_hash) VALUES ($1, $2, $3, $4, $5)",
                    {camera.id, camera.name, camera.folder, camera.created_at, **key_hash});
    if (!added) return added.error();
    const auto removed = db_.execute("DELETE FROM claim WHERE code = $1", {code});
    if (!removed) return removed.error();
    return {};
  });
}

Result<void> Claims::remove_expired(Timestamp now) {
  return in_transaction(db_, [&]() -> Result<void> {
    const auto removed = db_.execute("DELETE FROM claim WHERE expires_at <= $1", {now});
    if (!removed) return removed.error();
    return {};
  });
}

#undef SELECT_CLAIM

}  // namespace heliograph::catalog
