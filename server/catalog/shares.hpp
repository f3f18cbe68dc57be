// Links that show something to whoever holds them.
#pragma once

#include "server/catalog/people.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace heliograph::catalog {

enum class ShareKind {
  image,   // one picture
  day,     // of one camera, what was captured from begins_at to before ends_at
  camera,  // all of its pictures
  live     // its newest, and what it sends now
};
std::string_view to_string(ShareKind kind);
std::optional<ShareKind> parse_share_kind(std::string_view text);

struct Share {
  ShareId id;
  std::string name;  // what people call it; may be empty
  ShareKind kind = ShareKind::image;
  CameraId camera;
  std::optional<ImageId> image{};        // of an image
  std::optional<Timestamp> begins_at{};  // of a day
  std::optional<Timestamp> ends_at{};    // of a day
  std::optional<std::string> password_hash{};
  bool metadata = false;             // pictures keep what their camera wrote besides the pixels
  std::optional<PersonId> person{};  // none: made on a server without a login
  Timestamp created_at;
  std::optional<Timestamp> expires_at{};  // none: never
  std::int64_t views = 0;
  std::optional<Timestamp> viewed_at{};  // none: not yet

  friend bool operator==(const Share&, const Share&) = default;
};

// A share with what it depends on, as that is now.
struct FiledShare {
  Share share;
  std::string camera_name;
  bool camera_removed = false;
  std::optional<std::string> person_name{};
  std::optional<Role> person_role{};  // its maker's, with its camera

  friend bool operator==(const FiledShare&, const FiledShare&) = default;
};

// Uses the connection of a Catalog: on its thread, and no longer than it lives. Errors as there.
class Shares {
 public:
  explicit Shares(Catalog& catalog) : db_(*catalog.db_) {}

  Result<void> add(const Share& share, const Sha256Digest& token_hash);
  Result<std::vector<FiledShare>> all();                        // newest first
  Result<FiledShare> by_id(ShareId id);                         // not_found
  Result<FiledShare> by_token(const Sha256Digest& token_hash);  // not_found
  Result<void> count_view(ShareId id, Timestamp now);           // does nothing when it is gone
  Result<void> remove(ShareId id);                              // not_found
  Result<void> remove_expired_before(Timestamp expired_before);

  // How many pictures a camera has in each hour of a span, counted to the millisecond: from <= captured < to.
  // In order of time; reads the span's index entries.
  Result<std::vector<HourCount>> hours(CameraId camera, Timestamp from, Timestamp to);

 private:
  Db& db_;
};

}  // namespace heliograph::catalog
