// What the catalog holds, and what its verbs are asked with: plain values. Times are UTC, sizes are bytes.
#pragma once

#include "protocol/telemetry.hpp"
#include "server/base/id.hpp"
#include "server/base/sha256.hpp"
#include "server/base/time.hpp"
#include "server/catalog/filter.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace heliograph::catalog {

// A share of a whole, as the database keeps it: parts per million.
inline constexpr std::int64_t whole_ppm = 1'000'000;

struct Camera {
  CameraId id;
  std::string name;    // what people call it; unique
  std::string folder;  // its directory below images/; unique, fixed for life, made from the first name
  Timestamp created_at;

  friend bool operator==(const Camera&, const Camera&) = default;
};

// How a sender names what it sends. Unique within a camera.
struct SenderName {
  std::string boot;
  std::int64_t sequence = 0;

  friend bool operator==(const SenderName&, const SenderName&) = default;
};

struct Image {
  ImageId id;
  CameraId camera;
  Timestamp captured_at;
  Timestamp received_at;
  std::optional<SenderName> sender;         // none: a sender that cannot name, or a file that was adopted
  Sha256Digest sha256{};                    // of the stored bytes
  std::int64_t size_bytes = 0;              // of the stored bytes
  int width = 0;                            // pixels
  int height = 0;                           // pixels
  bool starred = false;                     // its owner marked it: retention leaves it alone
  bool salvaged = false;                    // found inside of bytes that were no picture as a whole
  std::optional<Timestamp> trashed_at{};    // since when it is in the trash; then it has no star
  std::vector<std::uint8_t> placeholder{};  // a ThumbHash; empty until a thumbnail was made
  std::optional<std::int64_t>
      motion_ppm{};  // how much of it changed since the picture before, as far as known

  friend bool operator==(const Image&, const Image&) = default;
};

// An image with where it lives: `folder` is its camera's.
struct FiledImage {
  Image image;
  std::string folder;

  friend bool operator==(const FiledImage&, const FiledImage&) = default;
};

// What a camera's key may be used for.
struct KeyRules {
  bool plain_http = false;              // it may come without TLS, where everybody on the way can read it
  bool may_roam = false;                // it may be used in several places
  std::optional<Timestamp> suspect_at;  // when it was seen in two; then nothing that it sends is stored

  friend bool operator==(const KeyRules&, const KeyRules&) = default;
};

// A camera that is to be added.
struct KeyedCamera {
  Camera camera;
  Sha256Digest key_hash{};
  std::optional<GroupId> group;
};

struct CameraSummary {
  Camera camera;
  KeyRules rules;
  std::int64_t image_count = 0;
  std::int64_t image_bytes = 0;     // of their files
  std::optional<Image> last_image;  // newest by (captured_at, id)
};

struct NewImage {
  Image image;
  std::optional<protocol::Telemetry> telemetry;
};

// What became of a NewImage.
enum class Added {
  stored,     // it has a row now
  duplicate,  // the camera sent it before; `id` and `captured_at` are the first one's, nothing was written
  conflict    // the camera used this SenderName before, for other bytes; `id` is that one's, nothing was
              // written
};
struct AddResult {
  Added outcome = Added::stored;
  ImageId id;
  Timestamp captured_at;
};

// Where a page of images ends; the next one starts behind it.
struct PageKey {
  Timestamp captured_at;
  ImageId id;

  friend bool operator==(const PageKey&, const PageKey&) = default;
};
struct ImageQuery {
  std::optional<CameraId> camera{};
  std::optional<std::vector<CameraId>> among{};  // only of these; none: of every camera
  std::optional<Timestamp> from{};               // inclusive
  std::optional<Timestamp> to{};                 // exclusive
  std::optional<PageKey> after{};                // the last of the page before
  int limit = 100;                               // 1 … 500
  ImageFilter filter{};
};

struct HourCount {
  Timestamp hour;  // its beginning, UTC
  std::int64_t images = 0;
  std::int64_t bytes = 0;  // of their files

  friend bool operator==(const HourCount&, const HourCount&) = default;
};
// Jobs that have not been done.
struct JobCounts {
  std::int64_t waiting = 0;   // now, or for another try, or in somebody's hands
  std::int64_t given_up = 0;  // they stay until thumbnails are queued anew

  friend bool operator==(const JobCounts&, const JobCounts&) = default;
};

struct Job {
  JobId id;
  std::string kind;  // "thumbnail"
  ImageId image;
  int attempts = 0;  // including this one
};

// What some images add up to: two that are equal speak, as far as a check can be bothered, of the same
// images.
struct ImageSum {
  std::int64_t images = 0;
  std::int64_t bytes = 0;         // of their files
  std::int64_t times_of_day = 0;  // when they were taken, each in milliseconds after midnight UTC

  void add(const Image& image);
  friend bool operator==(const ImageSum&, const ImageSum&) = default;
};

// Counts that are not what the image rows say.
struct Miscounts {
  std::int64_t hours = 0;
  std::int64_t cameras = 0;
};

// A picture that comes in pieces.
struct Upload {
  UploadId id;
  CameraId camera;
  Timestamp created_at;
  Timestamp expires_at;          // then it is removed, however far it is
  std::int64_t size_bytes = 0;   // of the whole, as announced
  std::string about;             // what its sender told of the picture; ingest's own text
  std::optional<ImageId> image;  // what it has become; none: it is open

  friend bool operator==(const Upload&, const Upload&) = default;
};

// How long images are kept; what is missing sets no limit. See schema.sql.
struct RetentionRule {
  std::optional<std::int64_t> keep_days{};
  std::optional<std::int64_t> keep_bytes{};
  std::optional<std::int64_t> keep_images{};
  std::optional<std::int64_t> all_days{};     // thinning: every image for so many days …
  std::optional<std::int64_t> hourly_days{};  // … then one an hour until so many, then one a day

  friend bool operator==(const RetentionRule&, const RetentionRule&) = default;
};

// What a camera holds, and the rule it has of its own.
struct Holding {
  Camera camera;
  bool removed = false;  // its images are there all the same
  std::int64_t images = 0;
  std::int64_t bytes = 0;  // of their files
  std::optional<RetentionRule> rule{};
};

// What retention has to know of an image.
struct KeptImage {
  ImageId id;
  CameraId camera;
  Timestamp captured_at;
  Timestamp received_at;
  std::int64_t size_bytes = 0;
  bool starred = false;

  friend bool operator==(const KeptImage&, const KeptImage&) = default;
};

// Where retention looks: from the oldest image on, of one camera or of all.
struct KeptQuery {
  std::optional<CameraId> camera{};
  std::optional<PageKey> after{};     // the last of the page before
  std::optional<Timestamp> before{};  // by capture time, exclusive
  int limit = 100;                    // 1 … max_kept_page
};

// An image whose row is gone and whose files have to follow.
struct Removal {
  ImageId id;
  std::string folder;  // its camera's
  Timestamp captured_at;
  std::int64_t size_bytes = 0;  // 0 when it is read from the list

  friend bool operator==(const Removal&, const Removal&) = default;
};

// What a camera's images of a span of time take, by the hour of their capture.
struct Arrivals {
  CameraId camera;
  std::int64_t bytes = 0;

  friend bool operator==(const Arrivals&, const Arrivals&) = default;
};

// Bytes that were refused as a picture, and are kept for their camera's owner.
struct Quarantined {
  QuarantineId id;
  CameraId camera;
  Timestamp received_at;
  std::string reason;                // a sentence, as it was told to the sender
  std::optional<SenderName> sender;  // how the sender named it, if it could
  Sha256Digest sha256{};             // of the file
  std::int64_t size_bytes = 0;       // of the file
  std::vector<std::uint8_t> head;    // its first bytes, at most max_quarantine_head
  std::optional<ImageId> salvaged;   // the image that was found inside, which may be gone by now

  friend bool operator==(const Quarantined&, const Quarantined&) = default;
};

// Where they live: `folder` is their camera's.
struct FiledQuarantined {
  Quarantined bytes;
  std::string folder;

  friend bool operator==(const FiledQuarantined&, const FiledQuarantined&) = default;
};

// An upload that was refused.
struct Refusal {
  CameraId camera;
  Timestamp refused_at;
  std::string reason;
  std::optional<Quarantined> kept;  // none: there were no bytes, or they could not be kept
};

// Where a page of quarantine ends; the next one starts behind it.
struct QuarantineKey {
  Timestamp received_at;
  QuarantineId id;

  friend bool operator==(const QuarantineKey&, const QuarantineKey&) = default;
};

// What is kept of a camera's life as it happens.
struct CameraRecord {
  Camera camera;
  std::int64_t image_count = 0;          // that are stored now
  std::optional<Timestamp> accepted_at;  // its last picture, new or a repeat
  std::int64_t repeats = 0;
  std::optional<Timestamp> refused_at;  // its last refusal
  std::optional<std::string> refusal;   // and why
  std::int64_t refusals = 0;
  std::int64_t looks_alike = 0;  // pictures in a row before the newest that look exactly like it
};

// When a picture was taken and came, and how its sender named it.
struct Sighting {
  Timestamp captured_at;
  Timestamp received_at;
  std::optional<SenderName> sender;

  friend bool operator==(const Sighting&, const Sighting&) = default;
};

// How a camera's picture looks: the hash of its thumbnail, and what stands in for that.
struct Look {
  ImageId image;
  CameraId camera;
  Timestamp captured_at;
  Timestamp received_at;
  Sha256Digest hash{};
  std::vector<std::uint8_t> placeholder{};   // a ThumbHash
  std::optional<std::int64_t> motion_ppm{};  // against the picture before; none: not known
};

}  // namespace heliograph::catalog
