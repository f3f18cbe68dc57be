#include "server/catalog/sign_ins.hpp"

#include "server/catalog/db.hpp"

namespace heliograph::catalog {
namespace {

#define SESSION_COLUMNS "session.id, session.person_id, session.created_at, session.used_at, address, agent"
#define TOKEN_COLUMNS                                                          \
  "api_token.id, api_token.person_id, api_token.name, may_read, may_control, " \
  "may_ingest, api_token.created_at, api_token.expires_at, api_token.used_at"
constexpr int session_columns = 6;
constexpr int token_columns = 9;

Session read_session(const Row& row) {
  return {row.id<SessionId>(0), row.id<PersonId>(1),      row.time(2),
          row.time(3),          std::string(row.text(4)), std::string(row.text(5))};
}

std::optional<Timestamp> optional_time(const Row& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return row.time(column);
}

ApiToken read_token(const Row& row) {
  return {.id = row.id<TokenId>(0),
          .person = row.id<PersonId>(1),
          .name = std::string(row.text(2)),
          .scopes = {row.integer(3) != 0, row.integer(4) != 0, row.integer(5) != 0},
          .created_at = row.time(6),
          .expires_at = optional_time(row, 7),
          .used_at = optional_time(row, 8)};
}

Result<Visit> read_visit(Db& db, PersonId person, std::string name) {
  Visit visit{person, std::move(name), {}, {}};
  const auto grants =
      db.query("SELECT group_id, role FROM person_grant WHERE person_id = $1 ORDER BY group_id", {person},
               [&visit](const Row& row) {
                 if (const auto role = parse_role(row.text(1))) {
                   visit.grants.push_back({row.id<GroupId>(0), *role});
                 }
               });
  if (!grants) return grants.error();
  const auto cameras = db.query(
      "SELECT camera.id, role FROM person_grant JOIN camera ON camera.group_id = person_grant.group_id "
      "WHERE person_id = $1 ORDER BY camera.id",
      {person}, [&visit](const Row& row) {
        if (const auto role = parse_role(row.text(1))) visit.cameras.emplace_back(row.id<CameraId>(0), *role);
      });
  if (!cameras) return cameras.error();
  return visit;
}

Result<void> execute(Db& db, std::string_view sql, Db::Values values) {
  return in_transaction(db, [&]() -> Result<void> {
    const auto done = db.execute(sql, values);
    if (!done) return done.error();
    return {};
  });
}

// A statement that must find what it changes.
Result<void> execute_one(Db& db, std::string_view sql, Db::Values values, std::string_view what) {
  return in_transaction(db, [&]() -> Result<void> {
    const auto done = db.execute(sql, values);
    if (!done) return done.error();
    if (*done == 0) return Error{ErrorKind::not_found, "there is no such " + std::string(what)};
    return {};
  });
}

// A statement that takes something once: did it?
Result<bool> take(Db& db, std::string_view sql, Db::Values values) {
  return in_transaction(db, [&]() -> Result<bool> {
    const auto done = db.execute(sql, values);
    if (!done) return done.error();
    return *done > 0;
  });
}

}  // namespace

Result<Visit> SignIns::visit(PersonId person) {
  auto name = first(db_, "SELECT name FROM person WHERE id = $1", {person},
                    [](const Row& row) { return std::string(row.text(0)); });
  if (!name) return name.error();
  if (!*name) return Error{ErrorKind::not_found, "there is no such person"};
  return read_visit(db_, person, std::move(**name));
}

Result<void> SignIns::add_session(const Session& session, const Sha256Digest& token_hash) {
  return execute(db_,
                 "INSERT INTO session (id, token_hash, person_id, created_at, used_at, address, agent) "
                 "VALUES ($1, $2, $3, $4, $5, $6, $7)",
                 {session.id, token_hash, session.person, session.created_at, session.used_at,
                  session.address, session.agent});
}

Result<SessionVisit> SignIns::session_by_token(const Sha256Digest& token_hash) {
  auto found = first(db_,
                     "SELECT " SESSION_COLUMNS
                     ", name FROM session JOIN person ON person.id = person_id WHERE token_hash = $1",
                     {token_hash}, [](const Row& row) {
                       return std::pair(read_session(row), std::string(row.text(session_columns)));
                     });
  if (!found) return found.error();
  if (!*found) return Error{ErrorKind::not_found, "there is no such session"};
  auto& [session, name] = **found;
  auto visit = read_visit(db_, session.person, std::move(name));
  if (!visit) return visit.error();
  return SessionVisit{std::move(session), std::move(*visit)};
}

Result<std::vector<Session>> SignIns::sessions(PersonId person) {
  return all(db_,
             "SELECT " SESSION_COLUMNS
             " FROM session WHERE person_id = $1 ORDER BY used_at DESC, session.id DESC",
             {person}, read_session);
}

Result<void> SignIns::touch_session(SessionId id, Timestamp now) {
  return execute(db_, "UPDATE session SET used_at = $2 WHERE id = $1", {id, now});
}

Result<void> SignIns::remove_session(PersonId person, SessionId id) {
  return execute_one(db_, "DELETE FROM session WHERE person_id = $1 AND id = $2", {person, id}, "session");
}

Result<void> SignIns::remove_sessions(PersonId person, SessionId except) {
  return execute(db_, "DELETE FROM session WHERE person_id = $1 AND id <> $2", {person, except});
}

Result<void> SignIns::remove_sessions_before(Timestamp used_before, Timestamp created_before) {
  return execute(db_, "DELETE FROM session WHERE used_at < $1 OR created_at < $2",
                 {used_before, created_before});
}

Result<void> SignIns::add_token(const ApiToken& token, const Sha256Digest& token_hash) {
  return execute(db_,
                 "INSERT INTO api_token (id, token_hash, person_id, name, may_read, may_control, "
                 "may_ingest, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                 {token.id, token_hash, token.person, token.name, token.scopes.read, token.scopes.control,
                  token.scopes.ingest, token.created_at, token.expires_at});
}

Result<TokenVisit> SignIns::token_by_hash(const Sha256Digest& token_hash) {
  auto found =
      first(db_,
            "SELECT " TOKEN_COLUMNS
            ", person.name FROM api_token JOIN person ON person.id = person_id WHERE token_hash = $1",
            {token_hash},
            [](const Row& row) { return std::pair(read_token(row), std::string(row.text(token_columns))); });
  if (!found) return found.error();
  if (!*found) return Error{ErrorKind::not_found, "there is no such token"};
  auto& [token, name] = **found;
  auto visit = read_visit(db_, token.person, std::move(name));
  if (!visit) return visit.error();
  return TokenVisit{std::move(token), std::move(*visit)};
}

Result<std::vector<ApiToken>> SignIns::tokens(PersonId person) {
  return all(db_, "SELECT " TOKEN_COLUMNS " FROM api_token WHERE person_id = $1 ORDER BY api_token.id DESC",
             {person}, read_token);
}

Result<void> SignIns::touch_token(TokenId id, Timestamp now) {
  return execute(db_, "UPDATE api_token SET used_at = $2 WHERE id = $1", {id, now});
}

Result<void> SignIns::remove_token(PersonId person, TokenId id) {
  return execute_one(db_, "DELETE FROM api_token WHERE person_id = $1 AND id = $2", {person, id}, "token");
}

Result<void> SignIns::set_link(PersonId person, const Sha256Digest& token_hash, Timestamp expires_at) {
  return in_transaction(db_, [&]() -> Result<void> {
    const auto gone = db_.execute("DELETE FROM password_link WHERE person_id = $1", {person});
    if (!gone) return gone.error();
    const auto set = db_.execute(
        "INSERT INTO password_link (token_hash, person_id, expires_at) SELECT $1, id, $3 FROM person WHERE "
        "id = $2",
        {token_hash, person, expires_at});
    if (!set) return set.error();
    if (*set == 0) return Error{ErrorKind::not_found, "there is no such person"};
    return {};
  });
}

Result<PersonId> SignIns::person_of_link(const Sha256Digest& token_hash, Timestamp now) {
  const auto person =
      first(db_, "SELECT person_id FROM password_link WHERE token_hash = $1 AND expires_at > $2",
            {token_hash, now}, [](const Row& row) { return row.id<PersonId>(0); });
  if (!person) return person.error();
  if (!*person) return Error{ErrorKind::not_found, "this link was used already, or is too old"};
  return **person;
}

Result<std::optional<SecondFactor>> SignIns::second_factor(PersonId person) {
  const auto found =
      first(db_, "SELECT totp_secret, totp_in_use, totp_step FROM person WHERE id = $1", {person},
            [](const Row& row) -> std::optional<SecondFactor> {
              if (row.is_null(0)) return std::nullopt;
              const auto secret = row.bytes(0);
              return SecondFactor{{secret.begin(), secret.end()}, row.integer(1) != 0, row.integer(2)};
            });
  if (!found) return found.error();
  if (!*found) return Error{ErrorKind::not_found, "there is no such person"};
  return **found;
}

Result<void> SignIns::set_second_factor(PersonId person, const std::optional<SecondFactor>& factor) {
  return in_transaction(db_, [&]() -> Result<void> {
    const std::optional<Value::Bytes> secret =
        factor ? std::optional(Value::Bytes(factor->secret)) : std::nullopt;
    const auto set =
        db_.execute("UPDATE person SET totp_secret = $2, totp_in_use = $3, totp_step = $4 WHERE id = $1",
                    {person, secret, factor && factor->in_use, factor ? factor->last_step : 0});
    if (!set) return set.error();
    if (*set == 0) return Error{ErrorKind::not_found, "there is no such person"};
    if (factor) return {};
    const auto gone = db_.execute("DELETE FROM recovery_code WHERE person_id = $1", {person});
    if (!gone) return gone.error();
    return {};
  });
}

Result<bool> SignIns::take_step(PersonId person, std::int64_t step) {
  return take(db_, "UPDATE person SET totp_step = $2 WHERE id = $1 AND totp_step < $2", {person, step});
}

Result<void> SignIns::set_recovery_codes(PersonId person, std::span<const Sha256Digest> hashes) {
  return in_transaction(db_, [&]() -> Result<void> {
    if (auto gone = db_.execute("DELETE FROM recovery_code WHERE person_id = $1", {person}); !gone) {
      return gone.error();
    }
    for (const Sha256Digest& hash : hashes) {
      const auto added =
          db_.execute("INSERT INTO recovery_code (person_id, code_hash) VALUES ($1, $2)", {person, hash});
      if (!added) return added.error();
    }
    return {};
  });
}

Result<bool> SignIns::take_recovery_code(PersonId person, const Sha256Digest& hash) {
  return take(db_, "DELETE FROM recovery_code WHERE person_id = $1 AND code_hash = $2", {person, hash});
}

Result<std::int64_t> SignIns::recovery_codes_left(PersonId person) {
  const auto left = first(db_, "SELECT count(*) FROM recovery_code WHERE person_id = $1", {person},
                          [](const Row& row) { return row.integer(0); });
  if (!left) return left.error();
  return **left;
}

#undef TOKEN_COLUMNS
#undef SESSION_COLUMNS

}  // namespace heliograph::catalog
