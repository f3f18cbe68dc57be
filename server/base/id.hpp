// Ids: 63-bit numbers that sort by the time they were made, written as 13 characters.
//
// 43 bits of milliseconds since 1970 (until the year 2248) above 20 random bits: no coordination, an index
// that grows at one end, and a text short enough for a file name. Two ids of one IdSource never collide;
// those of two machines meet with a chance of one in a million per shared millisecond, and then the catalog's
// primary key refuses the second.
#pragma once

#include "server/base/time.hpp"

#include <compare>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace heliograph {

// An id of one kind of thing; the tag keeps a camera's id from being taken for an image's.
template <class Tag>
struct Id {
  std::int64_t value = 0;

  friend auto operator<=>(const Id&, const Id&) = default;
};

using ImageId = Id<struct ImageTag>;
using CameraId = Id<struct CameraTag>;
using JobId = Id<struct JobTag>;
using UploadId = Id<struct UploadTag>;
using QuarantineId = Id<struct QuarantineTag>;
using PersonId = Id<struct PersonTag>;
using GroupId = Id<struct GroupTag>;
using SessionId = Id<struct SessionTag>;
using TokenId = Id<struct TokenTag>;
using AuditId = Id<struct AuditTag>;
using ClaimId = Id<struct ClaimTag>;
using ShareId = Id<struct ShareTag>;
using ReleaseId = Id<struct ReleaseTag>;
using RolloutId = Id<struct RolloutTag>;
using IdentityId = Id<struct IdentityTag>;
using AlertId = Id<struct AlertTag>;
using PushId = Id<struct PushTag>;  // of a browser that is told of alerts
using PushMessageId = Id<struct PushMessageTag>;
using CommandId = Id<struct CommandTag>;  // those of a person's who made none of their own

// 13 characters of Crockford's base 32 in lower case (no i, l, o, u). Sorts as the number does.
std::string id_text(std::int64_t value);

// The inverse; nullopt for any other text. Accepts lower case only, so that one id has one spelling.
std::optional<std::int64_t> id_value(std::string_view text);

template <class Tag>
std::string to_string(Id<Tag> id) {
  return id_text(id.value);
}

template <class AnyId>
std::optional<AnyId> parse_id(std::string_view text) {
  const auto value = id_value(text);
  if (!value) return std::nullopt;
  return AnyId{*value};
}

// Makes ids. Any thread. Ids of one source strictly increase, also when the wall clock goes back.
class IdSource {
 public:
  explicit IdSource(const Clock& clock) : clock_(clock) {}

  template <class AnyId>
  AnyId next() {
    return AnyId{next_value()};
  }

 private:
  std::int64_t next_value();

  const Clock& clock_;
  std::mutex mutex_;
  std::int64_t last_ = 0;  // guarded by mutex_
};

}  // namespace heliograph

template <class Tag>
struct std::hash<heliograph::Id<Tag>> {
  std::size_t operator()(heliograph::Id<Tag> id) const noexcept {
    return std::hash<std::int64_t>{}(id.value);
  }
};
