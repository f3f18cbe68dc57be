// Browsers that are told of alerts, and what each is still to be told.
#pragma once

#include "server/catalog/people.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace heliograph::catalog {

// What push services know this server by, as bytes: a secret of 32 and a point of 65.
struct PushKey {
  std::vector<std::uint8_t> secret;
  std::vector<std::uint8_t> point;

  friend bool operator==(const PushKey&, const PushKey&) = default;
};

struct PushSubscription {
  PushId id;
  PersonId person;
  std::string endpoint;              // a secret
  std::vector<std::uint8_t> p256dh;  // 65 bytes
  std::vector<std::uint8_t> auth;    // 16 bytes
  std::vector<std::string> kinds;    // of alerts that it is told of
  std::string origin;                // under what name its page reached this server
  Timestamp created_at;
  std::optional<Timestamp> told_at{};    // when its service last took a message
  std::optional<std::string> failing{};  // why it did not take the last one

  friend bool operator==(const PushSubscription&, const PushSubscription&) = default;
};

// What a browser is to be told.
struct PushMessage {
  PushMessageId id;
  PushId subscription;
  std::string topic;  // of one, only the newest waits
  std::string body;   // JSON
  bool urgent = false;
  Timestamp created_at;
  int attempts = 0;  // that were begun

  friend bool operator==(const PushMessage&, const PushMessage&) = default;
};

// Uses the connection of a Catalog: on its thread, and no longer than it lives. Errors as there.
class Push {
 public:
  explicit Push(Catalog& catalog) : db_(*catalog.db_) {}

  Result<std::optional<PushKey>> key();  // none: nobody has needed it yet
  // The one there is; `fresh`, where there is none.
  Result<PushKey> keep_key(const PushKey& fresh);

  // Of the same endpoint there is one: that of the same person gets new keys and kinds and is told (false),
  // that of somebody else goes. Its id. conflict: the person has `most` of them. not_found: the person.
  struct Added {
    PushId id;
    bool is_new = true;
  };
  Result<Added> add(const PushSubscription& subscription, std::size_t most);
  Result<std::vector<PushSubscription>> of(PersonId person);  // newest first
  Result<std::vector<PushSubscription>> all();                // by person
  Result<PushSubscription> one(PersonId person, PushId id);   // not_found: or not theirs
  Result<void> set_kinds(PersonId person, PushId id, std::span<const std::string> kinds);  // the same
  Result<void> remove(PersonId person, PushId id);                                         // the same
  // Its service does not know it any more. Fine when it is gone.
  Result<void> remove(PushId id);

  // In the place of what waits of its topic. Does nothing when the subscription is gone.
  Result<void> enqueue(const PushMessage& message);
  // Up to `limit` whose time has come, oldest first, with whom they are for; nobody else gets them before
  // `lease_until`.
  struct Due {
    PushMessage message;
    PushSubscription subscription;
  };
  Result<std::vector<Due>> claim(Timestamp now, Timestamp lease_until, int limit);
  // Its service has taken it; unless a newer one of its topic has come meanwhile, which stays.
  Result<void> finish(const PushMessage& message, Timestamp now);
  // It has not, for this reason. Again at `retry_at`; none: never.
  Result<void> fail(const PushMessage& message, const std::string& why, std::optional<Timestamp> retry_at);
  // What came of a message that nothing waits for: told, or why not.
  Result<void> note(PushId id, Timestamp now, const std::optional<std::string>& failing);

 private:
  Db& db_;
};

}  // namespace heliograph::catalog
