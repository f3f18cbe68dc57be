#include "server/catalog/push.hpp"

#include "server/catalog/db.hpp"

#include <algorithm>
#include <utility>

namespace heliograph::catalog {
namespace {

#define SUBSCRIPTION_COLUMNS                                                                   \
  "push_subscription.id, push_subscription.person_id, endpoint, p256dh, auth, kinds, origin, " \
  "push_subscription.created_at, told_at, failing"
#define SELECT_SUBSCRIPTIONS "SELECT " SUBSCRIPTION_COLUMNS " FROM push_subscription "
constexpr int subscription_columns = 10;
constexpr std::string_view set_told =
    "UPDATE push_subscription SET told_at = $2, failing = NULL WHERE id = $1";
constexpr std::string_view set_failing = "UPDATE push_subscription SET failing = $2 WHERE id = $1";

Error no_subscription() {
  return {ErrorKind::not_found, "there is no such browser among yours"};
}

std::vector<std::uint8_t> bytes(const Row& row, int column) {
  const auto read = row.bytes(column);
  return {read.begin(), read.end()};
}

std::string joined(std::span<const std::string> words) {
  std::string text;
  for (const std::string& word : words) text.append(text.empty() ? "" : " ").append(word);
  return text;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const auto end = text.find(' ');
    words.emplace_back(text.substr(0, end));
    text = end == std::string_view::npos ? "" : text.substr(end + 1);
  }
  return words;
}

PushSubscription read_subscription(const Row& row) {
  PushSubscription read{row.id<PushId>(0), row.id<PersonId>(1),   std::string(row.text(2)), bytes(row, 3),
                        bytes(row, 4),     words_of(row.text(5)), std::string(row.text(6)), row.time(7)};
  if (!row.is_null(8)) read.told_at = row.time(8);
  if (!row.is_null(9)) read.failing = std::string(row.text(9));
  return read;
}

Push::Due read_due(const Row& row) {
  constexpr int at = subscription_columns;
  PushSubscription subscription = read_subscription(row);
  PushMessage message{row.id<PushMessageId>(at),
                      subscription.id,
                      std::string(row.text(at + 1)),
                      std::string(row.text(at + 2)),
                      row.integer(at + 3) != 0,
                      row.time(at + 4),
                      static_cast<int>(row.integer(at + 5))};
  return {std::move(message), std::move(subscription)};
}

Result<void> execute(Db& db, std::string_view sql, Db::Values values) {
  return in_transaction(db, [&]() -> Result<void> {
    const auto done = db.execute(sql, values);
    if (!done) return done.error();
    return {};
  });
}

Result<void> execute_one(Db& db, std::string_view sql, Db::Values values) {
  return in_transaction(db, [&]() -> Result<void> {
    const auto done = db.execute(sql, values);
    if (!done) return done.error();
    if (*done == 0) return no_subscription();
    return {};
  });
}

}  // namespace

Result<std::optional<PushKey>> Push::key() {
  return first(db_, "SELECT secret, point FROM push_key", {},
               [](const Row& row) { return PushKey{bytes(row, 0), bytes(row, 1)}; });
}

Result<PushKey> Push::keep_key(const PushKey& fresh) {
  const auto kept =
      execute(db_, "INSERT INTO push_key (id, secret, point) VALUES (1, $1, $2) ON CONFLICT DO NOTHING",
              {Value::Bytes(fresh.secret), Value::Bytes(fresh.point)});
  if (!kept) return kept.error();
  auto known = key();  // somebody else may have been quicker
  if (!known) return known.error();
  return std::move(known->value());
}

Result<Push::Added> Push::add(const PushSubscription& subscription, std::size_t most) {
  const Value::Bytes p256dh(subscription.p256dh);
  const Value::Bytes auth(subscription.auth);
  const std::string kinds = joined(subscription.kinds);
  return in_transaction(db_, [&]() -> Result<Added> {
    const auto known =
        first(db_,
              "UPDATE push_subscription SET p256dh = $3, auth = $4, kinds = $5, origin = $6, "
              "failing = NULL WHERE endpoint = $1 AND person_id = $2 RETURNING id",
              {subscription.endpoint, subscription.person, p256dh, auth, kinds, subscription.origin},
              [](const Row& row) { return row.id<PushId>(0); });
    if (!known) return known.error();
    if (*known) return Added{**known, false};
    const auto others =
        db_.execute("DELETE FROM push_subscription WHERE endpoint = $1", {subscription.endpoint});
    if (!others) return others.error();
    const auto count = first(db_, "SELECT count(*) FROM push_subscription WHERE person_id = $1",
                             {subscription.person}, [](const Row& row) { return row.integer(0); });
    if (!count) return count.error();
    if (count->value_or(0) >= static_cast<std::int64_t>(most)) {
      return Error{ErrorKind::conflict,
                   "you have " + std::to_string(most) + " browsers that are told; remove one first"};
    }
    const auto added = db_.execute(
        "INSERT INTO push_subscription (id, person_id, endpoint, p256dh, auth, kinds, origin, created_at) "
        "SELECT $1, person.id, $3, $4, $5, $6, $7, $8 FROM person WHERE person.id = $2",
        {subscription.id, subscription.person, subscription.endpoint, p256dh, auth, kinds,
         subscription.origin, subscription.created_at});
    if (!added) return added.error();
    if (*added == 0) return Error{ErrorKind::not_found, "there is no such person"};
    return Added{subscription.id, true};
  });
}

Result<std::vector<PushSubscription>> Push::of(PersonId person) {
  return catalog::all(db_, SELECT_SUBSCRIPTIONS "WHERE person_id = $1 ORDER BY id DESC", {person},
                      read_subscription);
}

Result<std::vector<PushSubscription>> Push::all() {
  return catalog::all(db_, SELECT_SUBSCRIPTIONS "ORDER BY person_id, id", {}, read_subscription);
}

Result<PushSubscription> Push::one(PersonId person, PushId id) {
  auto found =
      first(db_, SELECT_SUBSCRIPTIONS "WHERE id = $1 AND person_id = $2", {id, person}, read_subscription);
  if (!found) return found.error();
  if (!*found) return no_subscription();
  return std::move(**found);
}

Result<void> Push::set_kinds(PersonId person, PushId id, std::span<const std::string> kinds) {
  return execute_one(db_, "UPDATE push_subscription SET kinds = $3 WHERE id = $1 AND person_id = $2",
                     {id, person, joined(kinds)});
}

Result<void> Push::remove(PersonId person, PushId id) {
  return execute_one(db_, "DELETE FROM push_subscription WHERE id = $1 AND person_id = $2", {id, person});
}

Result<void> Push::remove(PushId id) {
  return execute(db_, "DELETE FROM push_subscription WHERE id = $1", {id});
}

Result<void> Push::enqueue(const PushMessage& message) {
  return in_transaction(db_, [&]() -> Result<void> {
    const auto replaced = db_.execute("DELETE FROM push_message WHERE subscription_id = $1 AND topic = $2",
                                      {message.subscription, message.topic});
    if (!replaced) return replaced.error();
    const auto added = db_.execute(
        "INSERT INTO push_message (id, subscription_id, topic, body, urgent, created_at, due_at) "
        "SELECT $1, push_subscription.id, $3, $4, $5, $6, $6 FROM push_subscription WHERE id = $2",
        {message.id, message.subscription, message.topic, message.body, message.urgent, message.created_at});
    if (!added) return added.error();
    return {};
  });
}

Result<std::vector<Push::Due>> Push::claim(Timestamp now, Timestamp lease_until, int limit) {
  // As claim_jobs() does.
  const std::string take =
      "WITH due AS MATERIALIZED (SELECT id FROM push_message WHERE due_at <= $1 ORDER BY due_at, id LIMIT "
      "$3" +
      std::string(db_.skip_locked()) +
      ") UPDATE push_message SET attempts = attempts + 1, due_at = $2 WHERE id IN (SELECT id FROM due) "
      "RETURNING id";
  return in_transaction(db_, [&]() -> Result<std::vector<Due>> {
    auto taken = catalog::all(db_, take, {now, lease_until, limit},
                              [](const Row& row) { return row.id<PushMessageId>(0); });
    if (!taken) return taken.error();
    std::ranges::sort(*taken);  // RETURNING promises no order
    std::vector<Due> found;
    for (const PushMessageId id : *taken) {
      auto one = first(db_,
                       "SELECT " SUBSCRIPTION_COLUMNS
                       ", push_message.id, topic, body, urgent, push_message.created_at, attempts "
                       "FROM push_message JOIN push_subscription ON push_subscription.id = subscription_id "
                       "WHERE push_message.id = $1",
                       {id}, read_due);
      if (!one) return one.error();
      if (*one) found.push_back(std::move(**one));
    }
    return found;
  });
}

Result<void> Push::finish(const PushMessage& message, Timestamp now) {
  return in_transaction(db_, [&]() -> Result<void> {
    const auto gone = db_.execute("DELETE FROM push_message WHERE id = $1", {message.id});
    if (!gone) return gone.error();
    const auto noted = db_.execute(set_told, {message.subscription, now});
    if (!noted) return noted.error();
    return {};
  });
}

Result<void> Push::fail(const PushMessage& message, const std::string& why,
                        std::optional<Timestamp> retry_at) {
  return in_transaction(db_, [&]() -> Result<void> {
    const auto put_off =
        retry_at ? db_.execute("UPDATE push_message SET due_at = $2 WHERE id = $1", {message.id, *retry_at})
                 : db_.execute("DELETE FROM push_message WHERE id = $1", {message.id});
    if (!put_off) return put_off.error();
    const auto noted = db_.execute(set_failing, {message.subscription, why});
    if (!noted) return noted.error();
    return {};
  });
}

Result<void> Push::note(PushId id, Timestamp now, const std::optional<std::string>& failing) {
  return failing ? execute(db_, set_failing, {id, *failing}) : execute(db_, set_told, {id, now});
}

#undef SUBSCRIPTION_COLUMNS
#undef SELECT_SUBSCRIPTIONS

}  // namespace heliograph::catalog
